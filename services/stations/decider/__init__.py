"""What this service decides, as a table of each subject's own."""

from eventing.decision import Decision
from eventing.vault import Erasure
from services.stations.decider import (
    equipment,
    faults,
    hosts,
    hours,
    inspections,
    placements,
    services,
    stations,
    suspensions,
    targets,
    titles,
    towns,
    visits,
)

DECISIONS: tuple[Decision, ...] = (
    *towns.DECISIONS,
    *stations.DECISIONS,
    *suspensions.DECISIONS,
    *hours.DECISIONS,
    *placements.DECISIONS,
    *hosts.DECISIONS,
    *services.DECISIONS,
    *equipment.DECISIONS,
    *faults.DECISIONS,
    *inspections.DECISIONS,
    *visits.DECISIONS,
    *titles.DECISIONS,
    *targets.DECISIONS,
)

ERASURES: tuple[Erasure, ...] = (*hosts.ERASURES, *services.ERASURES)
