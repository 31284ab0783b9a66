"""What this service decides, as a table of each subject's own."""

from eventing.decision import Decision
from services.stations.decider import towns

DECISIONS: tuple[Decision, ...] = (*towns.DECISIONS,)
