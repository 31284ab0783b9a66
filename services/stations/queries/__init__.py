"""What the service's views answer: to everybody what is public, to officers what belongs to their union's subtree."""
