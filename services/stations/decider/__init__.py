"""What this service decides, as a table of each subject's own."""

from eventing.decision import Decision
from services.stations.decider import (
    equipment,
    faults,
    hours,
    inspections,
    placements,
    stations,
    titles,
    towns,
    visits,
)

DECISIONS: tuple[Decision, ...] = (
    *towns.DECISIONS,
    *stations.DECISIONS,
    *hours.DECISIONS,
    *placements.DECISIONS,
    *equipment.DECISIONS,
    *faults.DECISIONS,
    *inspections.DECISIONS,
    *visits.DECISIONS,
    *titles.DECISIONS,
)
