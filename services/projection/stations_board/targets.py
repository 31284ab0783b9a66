"""The targets for stations as they were set: a row for each setting, so that any past day can be asked about."""

from dataclasses import dataclass
from datetime import date

from contracts.stations import StationMetric, StationTargetSet
from eventing.fold import Fold


@dataclass(frozen=True, slots=True)
class StationTarget:
    """What a region strives for from `set_on` on. It is the region's own: a number of stations doesn't cascade."""

    key: str
    region: str
    metric: StationMetric
    number: int
    count: int
    due_on: date
    set_by: str
    set_on: date


def _key(event: StationTargetSet) -> str:
    return f"{event.region}-{event.metric}-{event.number}"


def _apply(_: StationTarget | None, event: StationTargetSet) -> StationTarget:
    return StationTarget(
        _key(event),
        event.region,
        event.metric,
        event.number,
        event.count,
        event.due_on,
        event.set_by,
        event.set_on,
    )


STATION_TARGETS = Fold(
    name="held_station_targets", row=StationTarget, events=(StationTargetSet,), key=_key, apply=_apply
)
