"""The stations (驿站名单): one row each, as it stands, with its hours and the place of a cabin."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.stations import (
    CabinPlaced,
    CabinRemoved,
    ClosingReason,
    OpeningHoursSet,
    OpenOn,
    StationClosed,
    StationDescribed,
    StationEvent,
    StationKind,
    StationOpened,
    StationPlanned,
    StationResumed,
    StationSuspended,
    SuspensionReason,
)
from eventing.fold import Fold, replace


class StationState(StrEnum):
    """Where it is in its life."""

    PLANNED = "planned"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A time of opening."""

    on: OpenOn
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One day on which other times hold, or none."""

    day: date
    opens: str | None
    closes: str | None


@dataclass(frozen=True, slots=True)
class StationRow:
    """One station. Of a cabin, `town`, `lat`, `lon`, `placed_on` and `placed_until` say where it was placed last."""

    station: str
    kind: StationKind
    name: str
    district: str
    union_id: str
    town: str | None
    lat: float | None
    """WGS-84."""
    lon: float | None
    area_m2: int
    host_body: str
    planned_on: date
    state: StationState = StationState.PLANNED
    opened_on: date | None = None
    suspended_on: date | None = None
    """The last time that it was shut for a while."""
    suspended_for: SuspensionReason | None = None
    open_again_on: date | None = None
    """Since when it is open again, or the day on which it will be by itself."""
    closed_on: date | None = None
    closed_for: ClosingReason | None = None
    placed_on: date | None = None
    placed_until: date | None = None
    """The first day on which it stands there no more."""
    hours_since: date | None = None
    times: tuple[TimeRow, ...] = ()
    """The opening hours of the latest day from which any hold."""
    exceptions: tuple[ExceptionRow, ...] = ()


def _apply(row: StationRow | None, event: StationEvent) -> StationRow:
    if isinstance(event, StationPlanned):
        return _planned(event)
    assert row is not None, "a station's first event plans it"
    match event:
        case StationDescribed():
            return replace(row, name=event.name, area_m2=event.area_m2, host_body=event.host_body)
        case StationOpened():
            return replace(row, state=StationState.OPEN, opened_on=event.opened_on)
        case StationSuspended():
            return replace(
                row,
                state=StationState.SUSPENDED,
                suspended_on=event.suspended_on,
                suspended_for=event.reason,
                open_again_on=event.until,
            )
        case StationResumed():
            return replace(row, state=StationState.OPEN, open_again_on=event.resumed_on)
        case StationClosed():
            return replace(row, state=StationState.CLOSED, closed_on=event.closed_on, closed_for=event.reason)
        case OpeningHoursSet() if row.hours_since is None or event.since >= row.hours_since:
            return _with_hours(row, event)
        case CabinPlaced() if row.placed_on is None or event.placed_on >= row.placed_on:
            return replace(
                row,
                town=event.town,
                lat=event.point.lat,
                lon=event.point.lon,
                placed_on=event.placed_on,
                placed_until=event.until,
            )
        case CabinRemoved() if event.placed_on == row.placed_on:
            return replace(row, placed_until=event.removed_on)
        case _:
            return row  # older hours, an earlier place, entered late


def _planned(event: StationPlanned) -> StationRow:
    return StationRow(
        event.station,
        event.kind,
        event.name,
        event.district,
        event.union,
        event.town,
        None if event.point is None else event.point.lat,
        None if event.point is None else event.point.lon,
        event.area_m2,
        event.host_body,
        event.planned_on,
    )


def _with_hours(row: StationRow, event: OpeningHoursSet) -> StationRow:
    return replace(
        row,
        hours_since=event.since,
        times=tuple(TimeRow(each.on, each.opens, each.closes) for each in event.times),
        exceptions=tuple(ExceptionRow(each.day, each.opens, each.closes) for each in event.exceptions),
    )


STATIONS = Fold(
    name="stations",
    row=StationRow,
    events=(
        StationPlanned,
        StationDescribed,
        StationOpened,
        StationSuspended,
        StationResumed,
        StationClosed,
        OpeningHoursSet,
        CabinPlaced,
        CabinRemoved,
    ),
    key=lambda event: event.station,
    apply=_apply,
    indexes=(("union_id", "station"), ("district", "town")),
)
