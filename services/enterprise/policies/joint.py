"""What ends by itself in joint unions and federations, when the enterprise or its own union begins or ends."""

from datetime import date

from contracts.enterprise import (
    EnterpriseClosed,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    EnterpriseUnionized,
    UnionDissolved,
    UnitLeaving,
)
from eventing.policies import Policy
from services.enterprise.commands import EnterpriseCommand, LeaveFederations, LeaveJointUnion


def _has_its_own(event: EnterpriseUnionized) -> tuple[LeaveJointUnion, ...]:
    left = LeaveJointUnion(enterprise=event.enterprise, reason=UnitLeaving.OWN_UNION, left_on=event.approved_on)
    return (left,)


def _has_moved(event: EnterpriseMoved) -> tuple[LeaveJointUnion, ...]:
    return (LeaveJointUnion(enterprise=event.enterprise, reason=UnitLeaving.MOVED, left_on=event.moved_on),)


def _has_ended(enterprise: str, on: date) -> tuple[EnterpriseCommand, ...]:
    return (
        LeaveJointUnion(enterprise=enterprise, reason=UnitLeaving.CLOSED, left_on=on),
        LeaveFederations(enterprise=enterprise, left_on=on),
    )


POLICIES = (
    Policy("unit-has-its-own-union", on=EnterpriseUnionized, then=_has_its_own),
    Policy("unit-moved", on=EnterpriseMoved, then=_has_moved),
    Policy("unit-closed", on=EnterpriseClosed, then=lambda event: _has_ended(event.enterprise, event.closed_on)),
    Policy("unit-merged", on=EnterpriseMerged, then=lambda event: _has_ended(event.enterprise, event.merged_on)),
    Policy("unit-left", on=EnterpriseLeft, then=lambda event: _has_ended(event.enterprise, event.left_on)),
    Policy(
        "member-dissolved",
        on=UnionDissolved,
        then=lambda event: (LeaveFederations(enterprise=event.enterprise, left_on=event.dissolved_on),),
    ),
)
