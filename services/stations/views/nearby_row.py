"""What is known of a station that somebody seeks, for every day: where it stands, its hours, what works, what is on."""

from datetime import date

from msgspec import Struct

from contracts.stations import Equipment, ServiceKind, StationKind
from services.stations.hours import Span


class Spell(Struct, frozen=True, array_like=True):
    """From a day on, up to the day before `until`."""

    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class Stay(Spell, frozen=True, array_like=True):
    """It stands there."""

    town: str
    lat: float
    lon: float


class Piece(Spell, frozen=True, array_like=True):
    """The station has it."""

    equipment: Equipment


class Fault(Spell, frozen=True, array_like=True):
    """It doesn't work."""

    equipment: Equipment
    fault: str


class Hours(Struct, frozen=True, array_like=True):
    """A time of opening in the hours that hold since that day; as `hours.Weekly` says it."""

    since: date
    days: int
    opens: int
    closes: int


class SingleDay(Struct, frozen=True, array_like=True):
    """One day on which other times hold, or, without times, none; in the hours that hold since that day."""

    since: date
    day: date
    opens: int | None
    closes: int | None

    @property
    def spans(self) -> tuple[Span, ...]:
        return () if self.opens is None or self.closes is None else ((self.opens, self.closes),)


class Offer(Struct, frozen=True, array_like=True):
    """A service of the day."""

    service: str
    kind: ServiceKind
    held_on: date
    starts: str
    ends: str
    provider: str


class Known(Struct, frozen=True):
    """What is known of a station for every day."""

    station: str
    kind: StationKind
    name: str
    stays: tuple[Stay, ...]
    """A room's only one goes on for ever."""
    opened_on: date | None = None
    closed_on: date | None = None
    pauses: tuple[Spell, ...] = ()
    hours_since: tuple[date, ...] = ()
    """Since when hours hold, each in place of those before."""
    hours: tuple[Hours, ...] = ()
    """In the order in which times of one day begin."""
    single: tuple[SingleDay, ...] = ()
    pieces: tuple[Piece, ...] = ()
    faults: tuple[Fault, ...] = ()
    offers: tuple[Offer, ...] = ()
    changes: tuple[date, ...] = ()
    """The days from which on what was said before may hold no more, in their order: nobody is told that it is open
    beyond. They follow from the other columns."""


class NearbyRow(Known, frozen=True):
    """One station, with what it is sought by: columns that follow from the others."""

    suspended: bool = False
    """By its last event, whichever day it holds from."""
    west: int | None = None
    """The box of all its places, on the plane."""
    south: int | None = None
    east: int | None = None
    north: int | None = None
    open_hours: tuple[int, ...] = ()
    """`open_hours.py`, of all hours that hold on some day; empty before it has been opened."""
    has: tuple[str, ...] = ()
    """What it has or had."""
    offered: tuple[str, ...] = ()
    """`2025-05-16 haircut`: what is on, and when."""


def offered(kind: ServiceKind, on: date) -> str:
    """As it stands in the column of that name."""
    return f"{on} {kind}"
