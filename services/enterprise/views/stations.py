"""The stations of each town, as the service of stations told them; and the unions that are told of a closed one."""

from dataclasses import dataclass
from datetime import date

from contracts.enterprise import (
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
    """One union and one closed station of its town."""

    closing: str
    enterprise: str
    station: str
    town: str
    closed_on: date
    seen_on: date | None = None
    """Since when nothing is left to do."""


def _key(event: StationClosingEvent) -> str:
    return f"{event.enterprise}/{event.station}"


def _told(row: ClosingRow | None, event: StationClosingEvent) -> ClosingRow:
    match event, row:
        case StationClosingTold(), _:
            return ClosingRow(_key(event), event.enterprise, event.station, event.town, event.closed_on)
        case StationClosingSeen(), ClosingRow():
            return replace(row, seen_on=event.seen_on)
        case _:
            raise ValueError(f"{event!r} can't follow {row}")


CLOSINGS = Fold(
    name="station_closings",
    row=ClosingRow,
    events=(StationClosingTold, StationClosingSeen),
    key=_key,
    apply=_told,
    indexes=(("enterprise",),),
)
