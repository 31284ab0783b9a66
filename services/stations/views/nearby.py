"""Stations as somebody on the way seeks them: one row each, with all that holds on one day or another."""

from datetime import timedelta
from typing import Any

from contracts.places import Point
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
from services.stations.plane import on_plane
from services.stations.views.nearby_row import Fault, Hours, NearbyRow, Offer, Piece, Spell, Stay, offered

KEPT = timedelta(days=31)
"""How long a service of the day that was held stays on the row, by the day of a later one that was held: so far back
an answer is whole."""
_DAY = 24 * 60


def _key(event: Any) -> str:
    if isinstance(event, ServiceEvent):  # one that is cancelled names no station, but its id does
        return "s-" + "-".join(event.service.split("-")[1:3])
    station: str = event.station
    return station


def _apply(row: NearbyRow | None, event: Any) -> NearbyRow:
    if isinstance(event, StationPlanned):
        point = event.point
        where = (None, None) if point is None else (point.lat, point.lon)
        return NearbyRow(event.station, event.union, event.kind, event.name, event.town, *where)
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


def _with_hours(row: NearbyRow, event: OpeningHoursSet) -> NearbyRow:
    weekly = (Hours(event.since, time.on, None, time.opens, time.closes) for time in event.times)
    single = (Hours(event.since, None, one.day, one.opens, one.closes) for one in event.exceptions)
    others = (each for each in row.hours if each.since != event.since)
    return replace(row, hours_since=tuple(sorted({*row.hours_since, event.since})), hours=(*others, *weekly, *single))


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


def _settle(row: NearbyRow) -> NearbyRow:
    places = [(stay.lat, stay.lon) for stay in row.stays]
    if row.lat is not None and row.lon is not None:
        places.append((row.lat, row.lon))
    across, up = zip(*(on_plane(Point(lat=lat, lon=lon)) for lat, lon in places), strict=True) if places else ((), ())
    return replace(
        row,
        west=min(across, default=None),
        south=min(up, default=None),
        east=max(across, default=None),
        north=max(up, default=None),
        hours_of_day=_hours_of_day(row.hours),
        has=tuple(sorted({piece.equipment.value for piece in row.pieces})),
        offered=tuple(offered(offer.kind, offer.held_on) for offer in row.offers),
    )


def _hours_of_day(hours: tuple[Hours, ...]) -> int:
    bits = 0
    for each in hours:
        if each.opens is None or each.closes is None:
            continue
        opens, closes = _minutes(each.opens), _minutes(each.closes)
        last = closes - 1 if closes > opens else closes - 1 + _DAY
        for hour in range(opens // 60, last // 60 + 1):
            bits |= 1 << hour % 24
    return bits


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


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
    settle=_settle,
    computed=(Computed("places", "box", "box(point(west, south), point(east, north))"),),
    nearest=("places",),
    version=2,
)
