"""What does somebody find who comes to a station at an instant?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from contracts.calendar import WorkingCalendar
from contracts.places import Point
from contracts.stations import Equipment, StationKind
from eventing.moment import CHINA
from services.stations.hours import open_until
from services.stations.views.nearby_row import NearbyRow, Offer


@dataclass(frozen=True, slots=True)
class Found:
    """An open station: where it stands then, and until when it is open."""

    row: NearbyRow
    town: str
    point: Point
    open_until: datetime
    at: datetime
    """By China's time."""

    @property
    def broken(self) -> tuple[Equipment, ...]:
        """What it has and doesn't work that day."""
        return tuple(sorted(_had(self.row, self._day) & _broken(self.row, self._day)))

    @property
    def works(self) -> tuple[Equipment, ...]:
        """What it has and works that day."""
        return tuple(sorted(_had(self.row, self._day) - _broken(self.row, self._day)))

    @property
    def on(self) -> tuple[Offer, ...]:
        """Services of that day that aren't over, by their time."""
        today = (offer for offer in self.row.offers if offer.held_on == self._day and f"{self.at:%H:%M}" < offer.ends)
        return tuple(sorted(today, key=lambda offer: (offer.starts, offer.service)))

    @property
    def _day(self) -> date:
        return self.at.date()


def find(row: NearbyRow, at: datetime, calendar: WorkingCalendar) -> Found | None:
    """The station as it is at that instant; None: it isn't open, or, a cabin, stands nowhere."""
    there = at.astimezone(CHINA)
    day = there.date()
    place = _place(row, day)
    if place is None or not _in_use(row, day):
        return None
    since = max((since for since in row.hours_since if since <= day), default=None)
    hours = [each for each in row.hours if each.since == since]
    weekly, single = [each for each in hours if each.day is None], [each for each in hours if each.day is not None]
    changes = min((each for each in _changes(row) if each > day), default=None)
    until = open_until(weekly, single, there, calendar, shut_from=changes)
    return None if until is None else Found(row, *place, until, there)


def _in_use(row: NearbyRow, day: date) -> bool:
    """Opened, and shut neither for a while nor for good."""
    if row.opened_on is None or day < row.opened_on or (row.closed_on is not None and row.closed_on <= day):
        return False
    return not any(pause.covers(day) for pause in row.pauses)


def _place(row: NearbyRow, day: date) -> tuple[str, Point] | None:
    if row.kind is StationKind.MOBILE:
        stays = (stay for stay in row.stays if stay.covers(day))
        return next(((stay.town, Point(lat=stay.lat, lon=stay.lon)) for stay in stays), None)
    assert row.town is not None, "a room is planned at a place"
    assert row.lat is not None, "a room is planned at a place"
    assert row.lon is not None, "a room is planned at a place"
    return row.town, Point(lat=row.lat, lon=row.lon)


def _changes(row: NearbyRow) -> Iterator[date]:
    """The days from which on what was said before may hold no more: nobody is told that it is open beyond."""
    yield from row.hours_since
    yield from (pause.since for pause in row.pauses)
    yield from (stay.until for stay in row.stays if stay.until is not None)
    if row.closed_on is not None:
        yield row.closed_on


def _had(row: NearbyRow, day: date) -> set[Equipment]:
    return {piece.equipment for piece in row.pieces if piece.covers(day)}


def _broken(row: NearbyRow, day: date) -> set[Equipment]:
    return {fault.equipment for fault in row.faults if fault.covers(day)}
