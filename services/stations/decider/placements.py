"""May a cabin stand there, from then on? (移动驿站投放; docs/domain.md 2)"""

from collections.abc import Sequence
from datetime import date

from contracts.stations import CabinPlaced, CabinRemoved, StationEvent, StationKind
from eventing.dates import must_have_happened
from eventing.decision import Decision, StreamRef
from eventing.moment import Moment
from eventing.places import must_be_in
from eventing.refusal import Invalid, Refused
from services.stations.commands import PlaceCabin, RemoveCabin
from services.stations.decider.places import must_lie_in
from services.stations.decider.station import (
    STATION,
    Closed,
    Record,
    Station,
    Stay,
    Unknown,
    closed,
    only_station,
    responsible,
    union_of,
    unknown,
)
from services.stations.decider.town import TOWN, Town


def place(command: PlaceCabin, state: Station, town: Town, moment: Moment) -> Sequence[StationEvent]:
    """Entered anew for the same town and day: another point, another end."""
    stay = Stay(command.town, command.point, command.placed_on, command.until)
    match state:
        case Unknown():
            raise unknown(command.station)
        case _ if stay in state.record.stays:
            return []
        case Closed():
            raise closed(state)
        case _:
            _must_be_a_cabin(state.record)
            must_be_in(command.district, command.town)
            _must_be_a_time(stay, state.record, moment)
            _must_stand_nowhere_else(stay, state.record)
            must_lie_in(command.town, town, command.point, command.placed_on)
            return [
                CabinPlaced(
                    station=command.station,
                    town=command.town,
                    point=command.point,
                    placed_on=command.placed_on,
                    until=command.until,
                )
            ]


def remove(command: RemoveCabin, state: Station, moment: Moment) -> Sequence[StationEvent]:
    match state:
        case Unknown():
            raise unknown(command.station)
        case _ if any(_asked(command, stay) and stay.until == command.removed_on for stay in state.record.stays):
            return []
        case Closed():
            raise closed(state)
        case _:
            _must_be_a_cabin(state.record)
            must_have_happened(command.removed_on, "removed_on", moment)
            stay = state.record.stay(command.removed_on)
            if stay is None:
                raise Refused("cabin_nowhere", "removed_on", day=command.removed_on)
            if not _asked(command, stay):
                raise Refused("cabin_in_another_town", "town", town=stay.town, day=command.removed_on)
            return [
                CabinRemoved(
                    station=command.station, town=stay.town, placed_on=stay.since, removed_on=command.removed_on
                )
            ]


def placer(command: PlaceCabin, state: Station, _: Town) -> str | None:
    """The union that looks after it."""
    return union_of(state)


def _must_be_a_cabin(record: Record) -> None:
    if record.planned.kind is not StationKind.MOBILE:
        raise Refused("room_stays", "station", station=record.planned.station)


def _must_be_a_time(stay: Stay, record: Record, moment: Moment) -> None:
    must_have_happened(stay.since, "placed_on", moment)
    if stay.since < record.planned.planned_on:
        raise Refused("placed_before_planned", "placed_on", planned_on=record.planned.planned_on)
    if stay.until is not None and stay.until <= stay.since:
        raise Invalid("until_not_after", "until", since=stay.since)


def _must_stand_nowhere_else(stay: Stay, record: Record) -> None:
    for other in record.stays:
        if (other.town, other.since) != (stay.town, stay.since) and _at_once(stay, other):
            raise Refused("cabin_elsewhere", "placed_on", town=other.town, since=other.since)


def _asked(command: RemoveCabin, stay: Stay) -> bool:
    """Without a town, wherever it stands: on the day of a move, the place that it left."""
    return command.town in (None, stay.town)


def _at_once(one: Stay, other: Stay) -> bool:
    """Whether they share a day; of one that was taken away on the day it came, none."""
    ends = one.until or date.max, other.until or date.max
    return max(one.since, other.since) < min(ends)


def _station_and_town(command: PlaceCabin) -> tuple[StreamRef, ...]:
    return STATION.of(command.station), TOWN.of(command.town)


DECISIONS = (
    Decision((PlaceCabin,), _station_and_town, place, placer),
    Decision((RemoveCabin,), only_station, remove, responsible),
)
