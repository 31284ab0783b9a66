"""What follows by itself: reactions to events, and clocks that run out."""

from collections.abc import Mapping

from eventing.deadlines import Deadline
from eventing.policies import Policy
from services.stations.policies import faults, services, stations

POLICIES: Mapping[str, tuple[Policy, ...]] = {"stations": (*faults.POLICIES,)}

DEADLINES: tuple[Deadline, ...] = (
    *stations.DEADLINES,
    *services.DEADLINES,
    *faults.DEADLINES,
)
