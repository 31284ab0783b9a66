"""What follows by itself: reactions to events, and clocks that run out."""

from collections.abc import Mapping

from eventing.deadlines import Deadline
from eventing.policies import Policy

POLICIES: Mapping[str, tuple[Policy, ...]] = {}

DEADLINES: tuple[Deadline, ...] = ()
