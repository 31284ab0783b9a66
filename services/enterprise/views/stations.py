"""The stations of each town, as the service of stations told them; and the unions that are told of a closed one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from contracts.enterprise import (
    EnterpriseMoved,
    NotedStationEvent,
    StationClosingEvent,
    StationClosingSeen,
    StationClosingTold,
    StationGone,
    StationNoted,
)
from eventing.fold import Fold, replace


@dataclass(frozen=True, slots=True)
class NotedStationRow:
    """One station, in the town that it serves or served last."""

    station: str
    town: str
    since: date
    until: date | None
    """From that day on it is there no more; null: it stays."""


def _apply(row: NotedStationRow | None, event: NotedStationEvent) -> NotedStationRow:
    match event:
        case StationNoted():
            return NotedStationRow(event.station, event.town, event.since, event.until)
        case StationGone():
            since = event.closed_on if row is None else row.since
            return NotedStationRow(event.station, event.town, since, event.closed_on)
        case _:
            raise ValueError(f"{event!r} is no station's")


NOTED_STATIONS = Fold(
    name="noted_stations",
    row=NotedStationRow,
    events=(StationNoted, StationGone),
    key=lambda event: event.station,
    apply=_apply,
    indexes=(("town",),),
)


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One enterprise's union, and the closed stations of its town that it was told of and nobody has seen yet."""

    enterprise: str
    union_id: str
    stations: tuple[str, ...]
    """In the order in which they were told."""
    closed: tuple[date, ...]
    """Since when each of them is closed."""
    first_closed_on: date | None
    """The earliest of those days; null: nothing is left to see."""


def _told(row: ClosingRow | None, event: StationClosingEvent | EnterpriseMoved) -> ClosingRow | None:
    unseen = {} if row is None else dict(zip(row.stations, row.closed, strict=True))
    match event, row:
        case StationClosingTold(), _:
            return _with(event.enterprise, event.union, unseen | {event.station: event.closed_on})
        case StationClosingSeen(), ClosingRow():
            del unseen[event.station]
            return _with(row.enterprise, row.union_id, unseen)
        case EnterpriseMoved(), ClosingRow():
            return replace(row, union_id=event.union)
        case _:
            return row


def _with(enterprise: str, union: str, unseen: Mapping[str, date]) -> ClosingRow:
    days = tuple(unseen.values())
    return ClosingRow(enterprise, union, tuple(unseen), days, min(days, default=None))


CLOSINGS = Fold(
    name="station_closings",
    row=ClosingRow,
    events=(StationClosingTold, StationClosingSeen, EnterpriseMoved),
    key=lambda event: event.enterprise,
    apply=_told,
    indexes=(("union_id", "enterprise"),),
)
