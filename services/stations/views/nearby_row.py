"""What is known of a station that somebody seeks, for every day: where it stands, its hours, what works, what is on."""

from dataclasses import dataclass
from datetime import date

from contracts.stations import Equipment, OpenOn, ServiceKind, StationKind


@dataclass(frozen=True, slots=True)
class Spell:
    """From a day on, up to the day before `until`."""

    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Stay(Spell):
    """A cabin stands there."""

    town: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Piece(Spell):
    """The station has it."""

    equipment: Equipment


@dataclass(frozen=True, slots=True)
class Fault(Spell):
    """It doesn't work."""

    equipment: Equipment
    fault: str


@dataclass(frozen=True, slots=True)
class Hours:
    """A time of opening, of a weekday or (`day`) of one day alone, in the hours that hold since that day. One day
    without times: none."""

    since: date
    on: OpenOn | None
    day: date | None
    opens: str | None
    closes: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A service of the day."""

    service: str
    kind: ServiceKind
    held_on: date
    starts: str
    ends: str
    provider: str


@dataclass(frozen=True, slots=True)
class NearbyRow:
    """One station. The columns from `west` on follow from the others, and are there to be sought by."""

    station: str
    union_id: str
    kind: StationKind
    name: str
    town: str | None
    """Of a room; a cabin's is where it stands."""
    lat: float | None
    """WGS-84."""
    lon: float | None
    opened_on: date | None = None
    closed_on: date | None = None
    suspended: bool = False
    """By its last event, whichever day it holds from."""
    pauses: tuple[Spell, ...] = ()
    stays: tuple[Stay, ...] = ()
    hours_since: tuple[date, ...] = ()
    """Since when hours hold, each in place of those before."""
    hours: tuple[Hours, ...] = ()
    pieces: tuple[Piece, ...] = ()
    faults: tuple[Fault, ...] = ()
    offers: tuple[Offer, ...] = ()
    west: int | None = None
    """The box of all its places, on the plane."""
    south: int | None = None
    east: int | None = None
    north: int | None = None
    hours_of_day: int = 0
    """Bit n is set if there is a day on which it is open at some time between n and n + 1 o'clock."""
    has: tuple[str, ...] = ()
    """What it has or had."""
    offered: tuple[str, ...] = ()
    """`2025-05-16 haircut`: what is on, and when."""


def offered(kind: ServiceKind, on: date) -> str:
    """As it stands in the column of that name."""
    return f"{on} {kind}"
