"""Equipment and faults of a room in each state, as the events that led there. 16 May 2025 is a Friday."""

from datetime import date, timedelta

from contracts.event import Event
from contracts.stations import (
    DismissalReason,
    Equipment,
    EquipmentBroken,
    EquipmentInstalled,
    EquipmentRemoved,
    EquipmentRepaired,
    FaultConfirmed,
    FaultDismissed,
    FaultDropped,
    FaultOverdue,
    FaultRepaired,
    FaultReported,
    Symptom,
)
from tests.support.stations import HANGZHOU, OPENED, ROOM, an_open_room

WATER = Equipment.DRINKING_WATER
FAULT, OTHER_FAULT = "f-7f3k9a2c", "f-1l2i3a4b"
A_DAY = timedelta(days=1)
REPORTED, CONFIRMED, DUE = date(2025, 5, 15), date(2025, 5, 16), date(2025, 5, 19)
REMOVED = date(2025, 6, 16)


def installed(equipment: Equipment = WATER, on: date = OPENED) -> EquipmentInstalled:
    return EquipmentInstalled(station=ROOM, equipment=equipment, installed_on=on)


def an_equipped_room() -> tuple[Event, ...]:
    return (*an_open_room(), installed())


def reported(fault: str = FAULT, symptom: Symptom = Symptom.EMPTY, on: date = REPORTED) -> FaultReported:
    return FaultReported(fault=fault, station=ROOM, equipment=WATER, symptom=symptom, reported_on=on)


def a_reported_fault() -> tuple[Event, ...]:
    return (*an_equipped_room(), reported())


def confirmed(fault: str = FAULT, on: date = CONFIRMED, due: date = DUE, provisional: bool = False) -> FaultConfirmed:
    return FaultConfirmed(
        fault=fault, station=ROOM, equipment=WATER, confirmed_on=on, repair_due_on=due, provisional=provisional
    )


def broken(fault: str = FAULT, symptom: Symptom = Symptom.EMPTY, since: date = REPORTED) -> EquipmentBroken:
    return EquipmentBroken(station=ROOM, equipment=WATER, fault=fault, symptom=symptom, broken_since=since)


def a_confirmed_fault() -> tuple[Event, ...]:
    return (*a_reported_fault(), confirmed(), broken())


def overdue() -> FaultOverdue:
    return FaultOverdue(fault=FAULT, station=ROOM, equipment=WATER, due_on=DUE, told=HANGZHOU)


def repaired(on: date = DUE) -> FaultRepaired:
    return FaultRepaired(fault=FAULT, station=ROOM, equipment=WATER, repaired_on=on, due_on=DUE)


def works(fault: str = FAULT, on: date = DUE) -> EquipmentRepaired:
    return EquipmentRepaired(station=ROOM, equipment=WATER, fault=fault, repaired_on=on)


def a_repaired_fault() -> tuple[Event, ...]:
    return (*a_confirmed_fault(), repaired(), works())


def dismissed() -> FaultDismissed:
    return FaultDismissed(
        fault=FAULT, station=ROOM, equipment=WATER, reason=DismissalReason.WORKS, dismissed_on=CONFIRMED
    )


def taken_away(*faults: str, on: date = REMOVED) -> EquipmentRemoved:
    return EquipmentRemoved(station=ROOM, equipment=WATER, removed_on=on, faults=faults)


def dropped() -> FaultDropped:
    return FaultDropped(fault=FAULT, station=ROOM, equipment=WATER, dropped_on=REMOVED)
