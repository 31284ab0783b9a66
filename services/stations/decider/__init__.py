"""What this service decides, as a table of each subject's own."""

from eventing.decision import Decision
from eventing.vault import Erasure
from services.stations.decider import hosts, hours, placements, services, stations, targets, towns

DECISIONS: tuple[Decision, ...] = (
    *towns.DECISIONS,
    *stations.DECISIONS,
    *hours.DECISIONS,
    *placements.DECISIONS,
    *hosts.DECISIONS,
    *services.DECISIONS,
    *targets.DECISIONS,
)

ERASURES: tuple[Erasure, ...] = (*hosts.ERASURES, *services.ERASURES)
