"""A station: the states of its life, its particulars and hours, and the places at which a cabin has stood."""

from dataclasses import dataclass, replace
from datetime import date

from contracts.places import Point
from contracts.stations import (
    CabinPlaced,
    CabinRemoved,
    ClosingReason,
    HostNamed,
    OpeningHoursSet,
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
from eventing.decision import StreamKind, StreamRef
from eventing.refusal import NotFound, Refused
from services.stations.commands import StationCommand


@dataclass(frozen=True, slots=True)
class Stay:
    """A cabin stands there from `since` up to the day before `until`."""

    town: str
    point: Point
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Pause:
    """It is shut from `since` up to the day before `until`, whether or not that has been entered yet."""

    reason: SuspensionReason
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a station in every state of its life."""

    planned: StationPlanned
    described: StationDescribed | None = None
    host: HostNamed | None = None
    hours: tuple[OpeningHoursSet, ...] = ()
    """By `since`, one for a day."""
    stays: tuple[Stay, ...] = ()
    """By `since`, one for a day, no two of them at once."""
    pauses: tuple[Pause, ...] = ()

    @property
    def name(self) -> str:
        return (self.described or self.planned).name

    def stay(self, day: date) -> Stay | None:
        return next((stay for stay in self.stays if stay.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Unknown:
    """No station has that id."""


@dataclass(frozen=True, slots=True)
class Planned:
    """It is to come."""

    record: Record


@dataclass(frozen=True, slots=True)
class Open:
    """It is in use; a cabin, while it stands somewhere."""

    record: Record
    opened_on: date


@dataclass(frozen=True, slots=True)
class Suspended:
    """It is shut for a while: the last of its pauses."""

    record: Record
    opened_on: date

    @property
    def pause(self) -> Pause:
        return self.record.pauses[-1]


@dataclass(frozen=True, slots=True)
class Closed:
    """It is closed for good."""

    record: Record
    opened_on: date | None
    """None: it never opened."""
    reason: ClosingReason
    closed_on: date


Standing = Planned | Open | Suspended
Station = Unknown | Standing | Closed


def evolve(state: Station, event: StationEvent) -> Station:
    match state, event:
        case Unknown(), StationPlanned():
            return Planned(Record(event))
        case Planned(record), StationOpened():
            return Open(record, event.opened_on)
        case Open(record, opened_on), StationSuspended():
            return Suspended(_pausing(record, record.pauses, event), opened_on)
        case Suspended(record, opened_on), StationSuspended():  # entered anew: another reason, another end
            return Suspended(_pausing(record, record.pauses[:-1], event), opened_on)
        case Suspended(record, opened_on), StationResumed():
            ended = replace(record.pauses[-1], until=event.resumed_on)
            return Open(replace(record, pauses=(*record.pauses[:-1], ended)), opened_on)
        case Planned(record), StationClosed():
            return Closed(record, None, event.reason, event.closed_on)
        case Open(record, opened_on) | Suspended(record, opened_on), StationClosed():
            return Closed(record, opened_on, event.reason, event.closed_on)
        case Planned() | Open() | Suspended(), _:
            return replace(state, record=_entered(state.record, event))
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


STATION: StreamKind[Station] = StreamKind("station", Unknown(), evolve)


def stands(state: Station, on: date) -> tuple[str, Point] | None:
    """The town and point at which it stands that day: a room always, a cabin where it was placed; None: nowhere."""
    if isinstance(state, Unknown):
        return None
    planned = state.record.planned
    if planned.kind is StationKind.MOBILE:
        stay = state.record.stay(on)
        return None if stay is None else (stay.town, stay.point)
    assert planned.town is not None, "a room is planned at a place"
    assert planned.point is not None, "a room is planned at a place"
    return planned.town, planned.point


def is_open_on(state: Station, day: date) -> bool:
    """Whether it is in use that day, whatever its hours: opened, neither shut for a while nor for good, and, of a
    cabin, placed."""
    if isinstance(state, Unknown | Planned) or state.opened_on is None or day < state.opened_on:
        return False
    if isinstance(state, Closed) and state.closed_on <= day:
        return False
    return stands(state, day) is not None and not any(pause.covers(day) for pause in state.record.pauses)


def hours_on(state: Station, day: date) -> OpeningHoursSet | None:
    """The opening hours that hold that day; None: none were set."""
    if isinstance(state, Unknown):
        return None
    return next((each for each in reversed(state.record.hours) if each.since <= day), None)


def union_of(state: Station) -> str | None:
    """The union that looks after it, and owns its matters."""
    return None if isinstance(state, Unknown) else state.record.planned.union


def responsible(command: StationCommand, state: Station) -> str | None:
    """The union that looks after it."""
    return union_of(state)


def only_station(command: StationCommand) -> tuple[StreamRef, ...]:
    """The stream of a decision about one station that needs no other."""
    return (STATION.of(command.station),)


def unknown(station: str) -> NotFound:
    return NotFound("station_unknown", "station", station=station)


def closed(state: Closed) -> Refused:
    return Refused("station_closed", "station", station=state.record.planned.station, closed_on=state.closed_on)


def _pausing(record: Record, before: tuple[Pause, ...], event: StationSuspended) -> Record:
    return replace(record, pauses=(*before, Pause(event.reason, event.suspended_on, event.until)))


def _entered(record: Record, event: StationEvent) -> Record:
    match event:
        case StationDescribed():
            return replace(record, described=event)
        case HostNamed():
            return replace(record, host=event)
        case OpeningHoursSet():
            others = (each for each in record.hours if each.since != event.since)
            return replace(record, hours=tuple(sorted((*others, event), key=lambda each: each.since)))
        case CabinPlaced():
            return _with(record, Stay(event.town, event.point, event.placed_on, event.until))
        case CabinRemoved():
            (stay,) = (each for each in record.stays if each.since == event.placed_on)
            return _with(record, replace(stay, until=event.removed_on))
        case _:
            raise ValueError(f"{type(event).__name__} can't follow")


def _with(record: Record, stay: Stay) -> Record:
    others = (each for each in record.stays if each.since != stay.since)
    return replace(record, stays=tuple(sorted((*others, stay), key=lambda each: each.since)))
