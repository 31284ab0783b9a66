"""May an enterprise be a unit of a joint union, and until when is it one? (加入联合工会)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.enterprise import JointUnionJoined, JointUnionLeft, UnitEvent, UnitLeaving
from eventing.dates import must_have_happened
from eventing.decision import StreamKind
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise.commands import JoinJointUnion, LeaveJointUnion
from services.enterprise.decider.enterprise import (
    Applied,
    Enterprise,
    Gone,
    Listed,
    Reluctant,
    Surveyed,
    Unionized,
    Unknown,
    Willing,
    gone,
    responsible,
    unknown,
)
from services.enterprise.decider.entry import Entry
from services.enterprise.decider.joint import Dissolved, Formed, JointUnion, NotFormed, unknown_joint_union

FOLLOWS = frozenset({UnitLeaving.OWN_UNION, UnitLeaving.CLOSED, UnitLeaving.MOVED})
"""Reasons that lie in the enterprise's own life: given by policies, for any enterprise, unit or not."""


@dataclass(frozen=True, slots=True)
class NoUnit:
    """Of no joint union, ever."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Of one joint union, and of no other."""

    joined: JointUnionJoined


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """It left, and may join one again."""

    joined: JointUnionJoined
    left: JointUnionLeft


Membership = NoUnit | Unit | FormerUnit


def evolve(state: Membership, event: UnitEvent) -> Membership:
    match state, event:
        case NoUnit() | FormerUnit(), JointUnionJoined():
            return Unit(event)
        case Unit(joined), JointUnionLeft():
            return FormerUnit(joined, event)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


UNIT: StreamKind[Membership] = StreamKind("unit", NoUnit(), evolve)


def join(
    command: JoinJointUnion, state: Membership, enterprise: Enterprise, joint: JointUnion, moment: Moment
) -> Sequence[UnitEvent]:
    """Also reads the enterprise and the joint union: one union per enterprise, in its own county."""
    match state:
        case Unit(joined) if _is_same(command, joined):
            return []  # asked twice: nothing new happened
        case Unit(joined):
            raise Refused("unit_already", "union", union=joined.union, joined_on=joined.joined_on)
        case NoUnit():
            return _join(command, _may_join(command, enterprise), joint, moment)
        case FormerUnit(_, left):
            if command.joined_on < left.left_on:
                raise Refused("joined_before_left", "joined_on", union=left.union, left_on=left.left_on)
            return _join(command, _may_join(command, enterprise), joint, moment)


def leave(command: LeaveJointUnion, state: Membership, enterprise: Enterprise, moment: Moment) -> Sequence[UnitEvent]:
    match state:
        case Unit(joined) if command.reason is UnitLeaving.MOVED and _is_of_its_county(joined, enterprise):
            return []  # it has joined one where it is now
        case Unit(joined):
            return [_leave(command, joined, moment)]
        case FormerUnit(joined, left) if _leaving(command, joined) == left:
            return []
        case NoUnit() | FormerUnit() if command.reason in FOLLOWS:
            return []
        case NoUnit() | FormerUnit():
            raise Refused("not_a_unit", "enterprise", enterprise=command.enterprise)


def owner(
    command: JoinJointUnion | LeaveJointUnion, _: Membership, enterprise: Enterprise, *_others: object
) -> str | None:
    """The union that looks after the enterprise."""
    return responsible(command, enterprise)


def _may_join(command: JoinJointUnion, enterprise: Enterprise) -> Entry:
    match enterprise:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(enterprise)
        case Unionized():
            raise Refused("union_exists", approved_on=enterprise.approval.approved_on)
        case Listed() | Surveyed() | Reluctant() | Willing() | Applied():
            return enterprise.entry


def _join(command: JoinJointUnion, entry: Entry, joint: JointUnion, moment: Moment) -> Sequence[UnitEvent]:
    match joint:
        case NotFormed():
            raise unknown_joint_union(command.union)
        case Dissolved():
            on = joint.dissolution.dissolved_on
            raise Refused("joint_union_dissolved", "union", union=command.union, on=on)
        case Formed(formation):
            if entry.county != formation.county:
                raise Refused("other_county", "union", county=entry.county, of_union=formation.county)
            if command.joined_on < formation.formed_on:
                raise Refused("joined_before_formed", "joined_on", formed_on=formation.formed_on)
            must_have_happened(command.joined_on, "joined_on", moment)
            return [
                JointUnionJoined(
                    enterprise=command.enterprise,
                    union=command.union,
                    form=formation.form,
                    members=command.members,
                    joined_on=command.joined_on,
                )
            ]


def _is_same(command: JoinJointUnion, joined: JointUnionJoined) -> bool:
    asked = (command.union, command.members, command.joined_on)
    return asked == (joined.union, joined.members, joined.joined_on)


def _is_of_its_county(joined: JointUnionJoined, enterprise: Enterprise) -> bool:
    """A joint union's id begins with its county's code."""
    return not isinstance(enterprise, Unknown) and joined.union.startswith(f"u-{enterprise.entry.county}-")


def _leave(command: LeaveJointUnion, joined: JointUnionJoined, moment: Moment) -> JointUnionLeft:
    if command.reason not in FOLLOWS and command.left_on < joined.joined_on:
        raise Refused("left_before_joined", "left_on", joined_on=joined.joined_on)
    must_have_happened(command.left_on, "left_on", moment)
    return _leaving(command, joined)


def _leaving(command: LeaveJointUnion, joined: JointUnionJoined) -> JointUnionLeft:
    return JointUnionLeft(
        enterprise=command.enterprise,
        union=joined.union,
        reason=command.reason,
        left_on=_not_before(joined.joined_on, command.left_on),
    )


def _not_before(joined_on: date, left_on: date) -> date:
    """What ended before it began (its end was entered late) ends on the day on which it began."""
    return max(joined_on, left_on)
