"""What follows by itself: reactions to this service's own events, and clocks that run out."""

from collections.abc import Mapping

from eventing.deadlines import Deadline
from eventing.policies import Policy
from services.enterprise.policies import alongside, joint, officers, visits

POLICIES: Mapping[str, tuple[Policy, ...]] = {"enterprise": (*alongside.POLICIES, *joint.POLICIES, *officers.POLICIES)}

DEADLINES: tuple[Deadline, ...] = (*visits.DEADLINES, *alongside.DEADLINES)
