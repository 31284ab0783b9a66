"""The clock of a repair, by kind of equipment; what is taken away is repaired by nobody."""

from datetime import date

from contracts.event import Event
from contracts.stations import (
    Equipment,
    EquipmentRemoved,
    FaultConfirmed,
    FaultDropped,
    FaultRepaired,
    StationClosed,
)
from eventing.deadlines import Deadline, Start
from eventing.policies import Policy
from services.stations.commands import DropFault, MarkFaultOverdue, MoveRepairDue, RetireEquipment
from services.stations.rules import repair_within


def _retire(event: StationClosed) -> tuple[RetireEquipment, ...]:
    return (RetireEquipment(station=event.station, closed_on=event.closed_on),)


def _drop(event: EquipmentRemoved) -> tuple[DropFault, ...]:
    return tuple(DropFault(station=event.station, fault=fault, dropped_on=event.removed_on) for fault in event.faults)


POLICIES = (
    Policy("retire-equipment", on=StationClosed, then=_retire),
    Policy("drop-faults", on=EquipmentRemoved, then=_drop),
)


def _repair(equipment: Equipment) -> Deadline:
    """The subject names station and fault: `s-330110-001/f-7f3k9a2c`."""

    def confirmed(event: Event) -> Start | None:
        if not isinstance(event, FaultConfirmed) or event.equipment is not equipment:
            return None
        return Start(f"{event.station}/{event.fault}", event.confirmed_on)

    def settled(event: Event) -> str | None:
        if not isinstance(event, FaultRepaired | FaultDropped) or event.equipment is not equipment:
            return None
        return f"{event.station}/{event.fault}"

    return Deadline(
        f"repair-{equipment}",
        repair_within(equipment),
        opens=confirmed,
        closes=settled,
        then=_overdue,
        moved=_moved,
    )


def _overdue(subject: str, due_on: date) -> MarkFaultOverdue:
    station, fault = subject.split("/")
    return MarkFaultOverdue(station=station, fault=fault, due_on=due_on)


def _moved(subject: str, _: date) -> MoveRepairDue:
    station, fault = subject.split("/")
    return MoveRepairDue(station=station, fault=fault)


DEADLINES = tuple(_repair(equipment) for equipment in Equipment)
