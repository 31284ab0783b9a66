"""May this target be set for the region, by this union? (docs/domain.md 2, 'Goal')

A target is set by the territorial union of its region or by one above it. What one above has set, the region can't
change: only that union may, or one above that [D].
"""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.stations import StationTargetSet
from eventing.decision import Decision, StreamKind, StreamRef
from eventing.goals import must_be_to_come, must_stand_as_high, union_of
from eventing.moment import Moment
from services.stations.commands import SetStationTarget


@dataclass(frozen=True, slots=True)
class NotSet:
    """Nobody has set one."""


@dataclass(frozen=True, slots=True)
class Set:
    """The last one that was set."""

    last: StationTargetSet


Target = NotSet | Set


def evolve(state: Target, event: StationTargetSet) -> Target:
    match state:
        case NotSet() if event.number == 1:
            return Set(event)
        case Set(last) if event.number == last.number + 1:
            return Set(event)
        case _:
            raise ValueError(f"{event!r} can't follow {state}")


TARGET: StreamKind[Target] = StreamKind("target", NotSet(), evolve)


def set_target(command: SetStationTarget, state: Target, moment: Moment) -> Sequence[StationTargetSet]:
    # Asked of every region: one without a union is refused as that, not as another union's.
    own = union_of(command.region, moment)
    by = moment.acting or own
    match state:
        case NotSet():
            number = 1
        case Set(last):
            must_stand_as_high(by, last.set_by, last.set_on, moment)
            if (last.count, last.due_on, last.set_by) == (command.count, command.due_on, by):
                return []
            number = last.number + 1
    must_be_to_come(command.due_on, moment)
    return [
        StationTargetSet(
            region=command.region,
            metric=command.metric,
            number=number,
            count=command.count,
            due_on=command.due_on,
            reason=command.reason,
            set_by=by,
            set_on=moment.today,
        )
    ]


def owner(command: SetStationTarget, _: Target) -> str:
    """The region's territorial union, whose matter it is; unions above it act within their subtree."""
    return f"u-{command.region}"


def _target(command: SetStationTarget) -> tuple[StreamRef, ...]:
    return (TARGET.of(f"{command.region}-{command.metric}"),)


DECISIONS = (Decision((SetStationTarget,), _target, set_target, owner),)
