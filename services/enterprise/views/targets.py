"""The targets that were set (目标台账): a row for each setting, so that the history stays."""

from dataclasses import dataclass
from datetime import date

from contracts.enterprise import Metric, TargetReason, TargetSet
from eventing.fold import Fold


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One setting of a target; of one union and rate, the one with the highest number holds."""

    setting: str
    """Union (its id without `u-`, so that a region's begins with its code), rate and number."""
    region: str
    """Of that union, or its seat."""
    metric: Metric
    number: int
    percent: int
    due_on: date
    cascades: bool
    reason: TargetReason
    set_by: str
    set_on: date
    union_id: str
    """Whose target it is."""


def _key(event: TargetSet) -> str:
    return f"{event.holder.removeprefix('u-')}-{event.metric}-{event.number:05}"  # in the order of setting


def _apply(_: TargetRow | None, event: TargetSet) -> TargetRow:
    return TargetRow(
        setting=_key(event),
        region=event.region,
        metric=event.metric,
        number=event.number,
        percent=event.percent,
        due_on=event.due_on,
        cascades=event.cascades,
        reason=event.reason,
        set_by=event.set_by,
        set_on=event.set_on,
        union_id=event.holder,
    )


TARGETS = Fold(
    name="targets",
    row=TargetRow,
    events=(TargetSet,),
    key=_key,
    apply=_apply,
    indexes=(("union_id", "setting"),),
)
