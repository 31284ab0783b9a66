"""May this target be set for the region, by this union? (docs/domain.md 2, 'Goal')

A target is set by the territorial union of its region or by one above it. What one above has set, the region can't
change: only that union may, or one above that [D].
"""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts import regions
from contracts.regions import UnknownRegion
from contracts.stations import StationTargetSet
from contracts.unions import UnknownUnion
from eventing.decision import Decision, StreamKind, StreamRef
from eventing.moment import Moment
from eventing.refusal import Forbidden, Invalid, Refused
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
    by = moment.acting or _union_of(command.region, moment)
    match state:
        case NotSet():
            number = 1
        case Set(last):
            _must_stand_as_high(by, last, moment)
            if (last.count, last.due_on, last.set_by) == (command.count, command.due_on, by):
                return []
            number = last.number + 1
    if command.due_on < moment.today:
        raise Refused("target_due_already", "due_on", due_on=command.due_on, today=moment.today)
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


def _union_of(region: str, moment: Moment) -> str:
    try:
        regions.check_region(region, moment.today)
        return moment.unions.of_region(region, moment.today)
    except UnknownRegion as ended:
        raise Invalid("region_not_standing", "region", region=region, successor=ended.successor) from ended
    except UnknownUnion as unknown:
        raise Invalid("region_without_union", "region", region=region) from unknown


def _must_stand_as_high(by: str, last: StationTargetSet, moment: Moment) -> None:
    # A union that is gone binds nobody any more.
    if moment.unions.knows(last.set_by, moment.today) and not moment.unions.is_within(last.set_by, by, moment.today):
        raise Forbidden("target_set_above", "region", set_by=last.set_by, set_on=last.set_on)


def _target(command: SetStationTarget) -> tuple[StreamRef, ...]:
    return (TARGET.of(f"{command.region}-{command.metric}"),)


DECISIONS = (Decision((SetStationTarget,), _target, set_target, owner),)
