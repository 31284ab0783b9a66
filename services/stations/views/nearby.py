"""Stations as somebody on the way seeks them: one row each, with all that holds on one day or another."""

from datetime import timedelta
from typing import Any

from contracts.stations import (
    CabinPlaced,
    CabinRemoved,
    EquipmentBroken,
    EquipmentInstalled,
    EquipmentRemoved,
    EquipmentRepaired,
    OpeningHoursSet,
    ServiceCancelled,
    ServiceEvent,
    ServiceHeld,
    ServicePlanned,
    StationClosed,
    StationDescribed,
    StationOpened,
    StationPlanned,
    StationResumed,
    StationSuspended,
)
from eventing.fold import Computed, Fold, replace
from services.stations.hours import single_days, week
from services.stations.views.nearby_row import (
    Fault,
    Hours,
    NearbyRow,
    Offer,
    Piece,
    SingleDay,
    Spell,
    Stay,
)
from services.stations.views.nearby_settled import settled

KEPT = timedelta(days=31)
"""How long a service of the day that was held stays on the row, by the day of a later one that was held: so far back
an answer is whole."""


def _key(event: Any) -> str:
    if isinstance(event, ServiceEvent):  # one that is cancelled names no station, but its id does
        return "s-" + "-".join(event.service.split("-")[1:3])
    station: str = event.station
    return station


def _apply(row: NearbyRow | None, event: Any) -> NearbyRow:
    if isinstance(event, StationPlanned):
        return NearbyRow(event.station, event.kind, event.name, _room(event))
    assert row is not None, "a station's first event plans it"
    match event:
        case StationDescribed():
            return replace(row, name=event.name)
        case StationOpened():
            return replace(row, opened_on=event.opened_on)
        case StationSuspended():
            before = row.pauses[:-1] if row.suspended else row.pauses  # entered anew: in place of the last one
            return replace(row, suspended=True, pauses=(*before, Spell(event.suspended_on, event.until)))
        case StationResumed():
            *others, last = row.pauses
            return replace(row, suspended=False, pauses=(*others, Spell(last.since, event.resumed_on)))
        case StationClosed():
            return replace(row, closed_on=event.closed_on)
        case OpeningHoursSet():
            return _with_hours(row, event)
        case CabinPlaced() | CabinRemoved():
            return replace(row, stays=_stays(row.stays, event))
        case EquipmentInstalled():
            return replace(row, pieces=_pieces(row.pieces, event))
        case EquipmentRemoved():
            return replace(row, pieces=_pieces(row.pieces, event), faults=_gone(row.faults, event))
        case EquipmentBroken() | EquipmentRepaired():
            return replace(row, faults=_faults(row.faults, event))
        case ServicePlanned():
            offer = Offer(event.service, event.kind, event.held_on, event.starts, event.ends, event.provider)
            rest = (each for each in row.offers if each.service != event.service)  # planned again: more places
            return replace(row, offers=(*rest, offer))
        case ServiceCancelled():
            return replace(row, offers=tuple(offer for offer in row.offers if offer.service != event.service))
        case ServiceHeld():
            return replace(row, offers=tuple(offer for offer in row.offers if offer.held_on >= event.held_on - KEPT))
        case _:
            raise AssertionError(type(event))


def _room(event: StationPlanned) -> tuple[Stay, ...]:
    if event.point is None or event.town is None:
        return ()  # a cabin
    return (Stay(event.planned_on, None, event.town, event.point.lat, event.point.lon),)


def _with_hours(row: NearbyRow, event: OpeningHoursSet) -> NearbyRow:
    since, other = event.since, single_days(event.exceptions)
    weekly = (Hours(since, each.days, each.opens, each.closes) for each in week(event.times))
    single = (SingleDay(since, day, *(spans[0] if spans else (None, None))) for day, spans in other.items())
    return replace(
        row,
        hours_since=tuple(sorted({*row.hours_since, since})),
        hours=(*(each for each in row.hours if each.since != since), *weekly),
        single=(*(each for each in row.single if each.since != since), *single),
    )


def _stays(stays: tuple[Stay, ...], event: CabinPlaced | CabinRemoved) -> tuple[Stay, ...]:
    if isinstance(event, CabinRemoved):
        return tuple(replace(stay, until=event.removed_on) if stay.since == event.placed_on else stay for stay in stays)
    others = (stay for stay in stays if stay.since != event.placed_on)
    return (*others, Stay(event.placed_on, event.until, event.town, event.point.lat, event.point.lon))


def _pieces(pieces: tuple[Piece, ...], event: EquipmentInstalled | EquipmentRemoved) -> tuple[Piece, ...]:
    if isinstance(event, EquipmentInstalled):
        return (*pieces, Piece(event.installed_on, None, event.equipment))
    return tuple(
        replace(piece, until=event.removed_on) if piece.equipment is event.equipment and piece.until is None else piece
        for piece in pieces
    )


def _gone(faults: tuple[Fault, ...], event: EquipmentRemoved) -> tuple[Fault, ...]:
    """What was wrong with it goes with it: its successor works."""
    return tuple(
        replace(fault, until=event.removed_on) if fault.equipment is event.equipment and fault.until is None else fault
        for fault in faults
    )


def _faults(faults: tuple[Fault, ...], event: EquipmentBroken | EquipmentRepaired) -> tuple[Fault, ...]:
    if isinstance(event, EquipmentBroken):
        return (*faults, Fault(event.broken_since, None, event.equipment, event.fault))
    return tuple(replace(fault, until=event.repaired_on) if fault.fault == event.fault else fault for fault in faults)


NEARBY = Fold(
    name="nearby",
    row=NearbyRow,
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
        EquipmentInstalled,
        EquipmentRemoved,
        EquipmentBroken,
        EquipmentRepaired,
        ServicePlanned,
        ServiceCancelled,
        ServiceHeld,
    ),
    key=_key,
    apply=_apply,
    settle=settled,
    computed=(Computed("places", "box", "box(point(west, south), point(east, north))"),),
    nearest=("places",),
    version=3,
)
