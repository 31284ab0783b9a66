"""The targets that were set (目标台账): a row for each setting, so that the history stays."""

from dataclasses import dataclass
from datetime import date

from contracts.stations import StationMetric, StationTargetReason, StationTargetSet
from eventing.fold import Fold


@dataclass(frozen=True, slots=True)
class StationTargetRow:
    """One setting of a target; of one region and metric, the one with the highest number holds."""

    setting: str
    """Region, metric and number."""
    region: str
    metric: StationMetric
    number: int
    count: int
    due_on: date
    reason: StationTargetReason
    set_by: str
    set_on: date
    union_id: str
    """The region's own union, whose matter it is."""


def _key(event: StationTargetSet) -> str:
    return f"{event.region}-{event.metric}-{event.number:05}"  # in the order of setting


def _apply(_: StationTargetRow | None, event: StationTargetSet) -> StationTargetRow:
    return StationTargetRow(
        setting=_key(event),
        region=event.region,
        metric=event.metric,
        number=event.number,
        count=event.count,
        due_on=event.due_on,
        reason=event.reason,
        set_by=event.set_by,
        set_on=event.set_on,
        union_id=f"u-{event.region}",
    )


STATION_TARGETS = Fold(
    name="station_targets",
    row=StationTargetRow,
    events=(StationTargetSet,),
    key=_key,
    apply=_apply,
    indexes=(("union_id", "setting"),),
)
