"""What the service's views answer, to whom it belongs: an officer sees their union and those below it."""
