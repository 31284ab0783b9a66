"""The board of stations as a fold of the stations log: a row for each station, town, fault, service, month of visits.

What a row is comes from the event that changes it; each has one stream, so its facts come in the order of entry.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from contracts.event import Event
from contracts.stations import (
    CabinPlaced,
    CabinRemoved,
    FaultConfirmed,
    FaultDismissed,
    FaultDropped,
    FaultDueMoved,
    FaultEvent,
    FaultRepaired,
    FaultReported,
    ServiceHeld,
    StationClosed,
    StationDescribed,
    StationEvent,
    StationOpened,
    StationPlanned,
    StationResumed,
    StationSuspended,
    TownDelisted,
    TownListed,
    VisitsCounted,
)
from eventing.fold import Fold, replace
from services.projection.stations_board.days import settle
from services.projection.stations_board.row import CountedRow, OfDay, Spell, Stay, What


def key(event: Any) -> str:
    match event:
        case StationEvent():
            return event.station
        case FaultEvent():
            return event.fault
        case ServiceHeld():
            return event.service
        case VisitsCounted():
            return f"{event.station}-{event.month}"
        case _:
            town: str = event.town
            return town


def apply(row: CountedRow | None, event: Any) -> CountedRow:
    """Raises `ValueError` for an event about something that hasn't begun."""
    if row is None:
        begin = _BEGINS.get(type(event))
        if begin is None:
            raise ValueError(f"{event!r} can't begin anything")
        row = begin(event)
    return _CHANGES[type(event)](row, event)


def _station(event: StationPlanned) -> CountedRow:
    return CountedRow(
        event.station,
        What.STATION,
        _district(event.station),
        station=event.station,
        name=event.name,
        kind=event.kind,
        there=(Spell(event.planned_on, None),),
        stays=() if event.town is None else (Stay(event.town, event.planned_on, None),),
    )


def _suspended(row: CountedRow, event: StationSuspended) -> CountedRow:
    """Entered anew while it lasts: another day, another end."""
    before = row.paused[:-1] if row.suspended else row.paused
    return replace(row, suspended=True, paused=(*before, Spell(event.suspended_on, event.until)))


def _resumed(row: CountedRow, event: StationResumed) -> CountedRow:
    pause = replace(row.paused[-1], until=event.resumed_on)
    return replace(row, suspended=False, paused=(*row.paused[:-1], pause))


def _placed(row: CountedRow, event: CabinPlaced) -> CountedRow:
    return _standing(row, Stay(event.town, event.placed_on, event.until))


def _removed(row: CountedRow, event: CabinRemoved) -> CountedRow:
    return _standing(row, Stay(event.town, event.placed_on, event.removed_on))


def _standing(row: CountedRow, stay: Stay) -> CountedRow:
    """Entered anew for that day: this holds."""
    others = (one for one in row.stays if one.since != stay.since)
    return replace(row, stays=tuple(sorted((*others, stay), key=lambda one: one.since)))


def _town(event: TownListed) -> CountedRow:
    return CountedRow(event.town, What.TOWN, _district(event.town), name=event.name)


def _listed(row: CountedRow, event: TownListed) -> CountedRow:
    """On the list already, it was entered anew."""
    named = replace(row, name=event.name)
    goes_on = bool(row.there) and row.there[-1].until is None
    return named if goes_on else replace(named, there=(*row.there, Spell(event.listed_on, None)))


def _fault(event: FaultReported) -> CountedRow:
    return CountedRow(
        event.fault,
        What.FAULT,
        _district(event.station),
        station=event.station,
        there=(Spell(event.reported_on, None),),
    )


def _over(row: CountedRow, on: date) -> CountedRow:
    return replace(row, there=(*row.there[:-1], replace(row.there[-1], until=on)))


def _happening(event: ServiceHeld | VisitsCounted) -> CountedRow:
    what = What.SERVICE if isinstance(event, ServiceHeld) else What.VISITS
    return CountedRow(key(event), what, _district(event.station), station=event.station)


def _counted(row: CountedRow, counted: OfDay) -> CountedRow:
    """Of one day, what was told last."""
    others = (one for one in row.counted if one.day != counted.day)
    return replace(row, counted=tuple(sorted((*others, counted), key=lambda one: one.day)))


def _due(row: CountedRow, event: FaultConfirmed | FaultDueMoved) -> CountedRow:
    return replace(row, due_on=event.repair_due_on)


def _district(id: str) -> str:
    return id[2:8]


_BEGINS: Mapping[type[Event], Callable[[Any], CountedRow]] = {
    StationPlanned: _station,
    TownListed: _town,
    FaultReported: _fault,
    ServiceHeld: _happening,
    VisitsCounted: _happening,
}

_CHANGES: Mapping[type[Event], Callable[[CountedRow, Any], CountedRow]] = {
    StationPlanned: lambda row, _: row,
    StationDescribed: lambda row, event: replace(row, name=event.name),
    StationOpened: lambda row, event: replace(row, opened_on=event.opened_on),
    StationSuspended: _suspended,
    StationResumed: _resumed,
    StationClosed: lambda row, event: replace(row, closed_on=event.closed_on),
    CabinPlaced: _placed,
    CabinRemoved: _removed,
    TownListed: _listed,
    TownDelisted: lambda row, event: _over(row, event.delisted_on),
    FaultReported: lambda row, _: row,
    FaultConfirmed: _due,
    FaultDueMoved: _due,
    FaultDismissed: lambda row, event: _over(row, event.dismissed_on),
    FaultRepaired: lambda row, event: _over(row, event.repaired_on),
    FaultDropped: lambda row, event: _over(row, event.dropped_on),
    ServiceHeld: lambda row, event: _counted(row, OfDay(event.held_on, event.visits)),
    VisitsCounted: lambda row, event: _counted(row, OfDay(event.day, event.visits)),
}

STATIONS_BOARD = Fold(
    name="stations_board",
    row=CountedRow,
    events=tuple(_CHANGES),
    key=key,
    apply=apply,
    settle=settle,
    indexes=(("district", "what"),),
    version=2,
)
