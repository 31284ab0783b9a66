"""What the board of stations counts: stations, towns, faults, services held, visits; each with its facts and days."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from contracts.stations import StationKind


class What(StrEnum):
    """What a row is, and which states it can be in."""

    STATION = "station"
    """`planned`, `open`, `suspended`, `closed`; none after the end of a plan that never opened."""
    TOWN = "town"
    """`listed`, or none."""
    FAULT = "fault"
    """`open`, `overdue`, or none."""
    SERVICE = "service"
    """`held`, on one day."""
    VISITS = "visits"
    """A month of a station: `counted`, on each day by itself."""


class Spell(Struct, frozen=True, array_like=True):
    """Something holds from `since` on, until the day before `until`; None: it goes on."""

    since: date
    until: date | None


class Stay(Struct, frozen=True, array_like=True):
    """A station stands in that town from `since` on, until the day before `until`; None: it stays."""

    town: str
    since: date
    until: date | None


class OfDay(Struct, frozen=True, array_like=True):
    """So many on that day."""

    day: date
    visits: int


class CountedRow(Struct, frozen=True):
    """One thing that counts. The facts of its kind are kept; those of other kinds stay empty.

    The last four columns follow from the facts (`days.py`). Board and drill-through both go by them, so they can't
    disagree on any day.
    """

    id: str
    """Of the station, town, fault or service; of visits, the station's and the month."""
    what: What
    district: str
    """As recorded: the district in its station's or town's id."""
    station: str | None = None
    name: str | None = None
    kind: StationKind | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    stays: tuple[Stay, ...] = ()
    """Where a station stands: a room from the day it was planned on, a cabin while it is placed. By `since`."""
    suspended: bool = False
    """The last of the next goes on, so that it may be entered anew."""
    paused: tuple[Spell, ...] = ()
    """When a station is shut for a while."""
    there: tuple[Spell, ...] = ()
    """When a town is on its district's list, a fault is open, a station is planned or more."""
    due_on: date | None = None
    """Of a confirmed fault: the last day for its repair."""
    counted: tuple[OfDay, ...] = ()
    """Visits by day, in the order of days; of a service, those of its day."""
    days: tuple[date, ...] = ()
    """From each of these days on it is something else; the next three have one entry each."""
    states: tuple[str, ...] = ()
    """Empty: it doesn't count."""
    towns: tuple[str, ...] = ()
    """Where a station stands; empty: nowhere."""
    numbers: tuple[int, ...] = ()
    """Visits; of anything else 1."""
