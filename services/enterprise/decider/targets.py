"""May this target be set for the union, by this one? (docs/domain.md 1, 'Targets')

A target belongs to a union, and is set by that one or by one above it; the province sets its own. What one above has
set, it can't change: only that union may, or one above that [D].
"""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.enterprise import TargetSet
from contracts.unions import UnknownUnion
from eventing.decision import StreamKind
from eventing.goals import must_be_to_come, must_stand_as_high, union_of
from eventing.moment import Moment
from eventing.refusal import Invalid
from services.enterprise.commands import SetTarget


@dataclass(frozen=True, slots=True)
class NotSet:
    """Nobody has set one here; one from above may hold."""


@dataclass(frozen=True, slots=True)
class Set:
    """The last one that was set."""

    last: TargetSet


Target = NotSet | Set


def evolve(state: Target, event: TargetSet) -> Target:
    match state:
        case NotSet() if event.number == 1:
            return Set(event)
        case Set(last) if event.number == last.number + 1:
            return Set(event)
        case _:
            raise ValueError(f"{event!r} can't follow {state}")


TARGET: StreamKind[Target] = StreamKind("target", NotSet(), evolve)


def set_target(command: SetTarget, state: Target, moment: Moment) -> Sequence[TargetSet]:
    region, union = _whose(command, moment)
    by = moment.acting or union
    match state:
        case NotSet():
            number = 1
        case Set(last):
            must_stand_as_high(by, last.set_by, last.set_on, moment)
            if (last.percent, last.due_on, last.cascades, last.set_by) == _said(command, by):
                return []
            number = last.number + 1
    must_be_to_come(command.due_on, moment)
    return [
        TargetSet(
            region=region,
            metric=command.metric,
            number=number,
            percent=command.percent,
            due_on=command.due_on,
            cascades=command.cascades,
            reason=command.reason,
            set_by=by,
            set_on=moment.today,
            union=None if union == f"u-{region}" else union,
        )
    ]


def owner(command: SetTarget, _: Target) -> str:
    """The union whose target it is; unions above it act within their subtree."""
    return holder(command)


def holder(command: SetTarget) -> str:
    """The id of the union whose target it is."""
    return command.union or f"u-{command.region}"


def _said(command: SetTarget, by: str) -> tuple[object, ...]:
    return command.percent, command.due_on, command.cascades, by


def _whose(command: SetTarget, moment: Moment) -> tuple[str, str]:
    """The region and the union. Raises `Invalid`."""
    if command.union is None:
        if command.region is None:
            raise Invalid("target_of_nobody", "union")
        return command.region, union_of(command.region, moment)
    try:
        union = moment.unions.get(command.union, moment.today)
    except UnknownUnion as unknown:
        raise Invalid("union_unknown", "union", union=command.union, on=moment.today) from unknown
    region = union.area or union.seat
    if command.region not in (None, region):
        raise Invalid("target_of_another_region", "region", region=command.region, union=union.id, own=region)
    return region, union.id
