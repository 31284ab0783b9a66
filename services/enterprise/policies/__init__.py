"""What follows by itself: reactions to events, and clocks that run out."""

from collections.abc import Mapping

from eventing.deadlines import Deadline
from eventing.policies import Policy
from services.enterprise.policies import (
    alongside,
    baseline,
    check_ins,
    joint,
    officers,
    plans,
    stations,
    supervision,
    unions,
    visits,
)

POLICIES: Mapping[str, tuple[Policy, ...]] = {
    "enterprise": (
        *baseline.POLICIES,
        *supervision.POLICIES,
        *alongside.POLICIES,
        *plans.POLICIES,
        *unions.POLICIES,
        *joint.POLICIES,
        *officers.POLICIES,
        *stations.POLICIES,
    ),
    "stations": stations.OF_STATIONS,
}

DEADLINES: tuple[Deadline, ...] = (
    *visits.DEADLINES,
    *alongside.DEADLINES,
    *check_ins.DEADLINES,
    *unions.DEADLINES,
)
