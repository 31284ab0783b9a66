"""What is reported, confirmed, and repaired by when? (报修; docs/domain.md 2)"""

from collections.abc import Sequence

from contracts.event import Event
from contracts.stations import (
    EquipmentBroken,
    EquipmentRepaired,
    FaultConfirmed,
    FaultDismissed,
    FaultDropped,
    FaultDueMoved,
    FaultOverdue,
    FaultRepaired,
    FaultReported,
)
from eventing.dates import must_have_happened
from eventing.decision import Decision, StreamRef
from eventing.moment import Moment
from eventing.refusal import NotFound, Refused
from eventing.superiors import next_up
from services.stations.commands import (
    ConfirmFault,
    DismissFault,
    DropFault,
    FaultCommand,
    MarkFaultOverdue,
    MoveRepairDue,
    RepairFault,
    ReportFault,
)
from services.stations.decider.equipment import must_not_be_closed
from services.stations.decider.fault import (
    FAULT,
    Awaited,
    Confirmed,
    Dismissed,
    Dropped,
    Fault,
    Overdue,
    Repaired,
    Reported,
    Unreported,
)
from services.stations.decider.inventory import INVENTORY, Broken, Inventory, known, present
from services.stations.decider.station import STATION, Station, union_of
from services.stations.rules import repair_within


def report(
    command: ReportFault, state: Fault, inventory: Inventory, station: Station, moment: Moment
) -> Sequence[Event]:
    """Anybody may; what is confirmed already is told, so that nobody waits for a second repair."""
    if not isinstance(state, Unreported):
        told = state.report
        if (told.station, told.equipment, told.symptom) == (command.station, command.equipment, command.symptom):
            return []
        raise Refused("fault_number_taken", "fault", fault=command.fault)
    must_not_be_closed(command, station)
    piece = present(command.station, command.equipment, inventory)
    if (same := known(piece, command.symptom)) is not None:
        raise Refused("fault_known", "equipment", fault=same.fault, since=same.broken_since)
    return [
        FaultReported(
            fault=command.fault,
            station=command.station,
            equipment=command.equipment,
            symptom=command.symptom,
            reported_on=moment.today,
        )
    ]


def confirm(
    command: ConfirmFault, state: Fault, inventory: Inventory, station: Station, moment: Moment
) -> Sequence[Event]:
    match _of_the_station(command, state):
        case Dismissed(dismissed=dismissed):
            raise Refused("fault_dismissed", "fault", dismissed_on=dismissed.dismissed_on)
        case Reported(told):
            must_not_be_closed(command, station)
            must_have_happened(command.confirmed_on, "confirmed_on", moment)
            if command.confirmed_on < told.reported_on:
                raise Refused("looked_before_reported", "confirmed_on", reported_on=told.reported_on)
            piece = present(command.station, told.equipment, inventory)
            if (same := known(piece, told.symptom)) is not None:
                raise Refused("same_fault_confirmed", "fault", fault=same.fault)
            return _confirmed(command, told, moment)
        case after if after.confirmed_on == command.confirmed_on:
            return []
        case after:
            raise Refused("confirmed_already", "confirmed_on", confirmed_on=after.confirmed_on)


def dismiss(command: DismissFault, state: Fault, _: Inventory, __: Station, moment: Moment) -> Sequence[Event]:
    match _of_the_station(command, state):
        case Dismissed(dismissed=before) if (before.reason, before.dismissed_on) == (
            command.reason,
            command.dismissed_on,
        ):
            return []
        case Dismissed(dismissed=before):
            raise Refused("fault_dismissed", "fault", dismissed_on=before.dismissed_on)
        case Reported(told):
            must_have_happened(command.dismissed_on, "dismissed_on", moment)
            if command.dismissed_on < told.reported_on:
                raise Refused("looked_before_reported", "dismissed_on", reported_on=told.reported_on)
            return [
                FaultDismissed(
                    fault=command.fault,
                    station=command.station,
                    equipment=told.equipment,
                    reason=command.reason,
                    dismissed_on=command.dismissed_on,
                )
            ]
        case after:
            raise Refused("confirmed_already", "fault", confirmed_on=after.confirmed_on)


def repair(command: RepairFault, state: Fault, inventory: Inventory, _: Station, moment: Moment) -> Sequence[Event]:
    match _of_the_station(command, state):
        case Reported():
            raise Refused("not_confirmed", "fault", fault=command.fault)
        case Dismissed(dismissed=dismissed):
            raise Refused("fault_dismissed", "fault", dismissed_on=dismissed.dismissed_on)
        case Dropped(dropped_on=dropped_on):
            raise Refused("fault_dropped", "fault", dropped_on=dropped_on)
        case Repaired(repaired_on=repaired_on) if repaired_on == command.repaired_on:
            return []
        case Repaired(repaired_on=repaired_on):
            raise Refused("repaired_already", "repaired_on", repaired_on=repaired_on)
        case Confirmed() | Overdue() as awaited:
            must_have_happened(command.repaired_on, "repaired_on", moment)
            if command.repaired_on < awaited.report.reported_on:
                raise Refused("repaired_before_reported", "repaired_on", reported_on=awaited.report.reported_on)
            return _repaired(command, awaited, inventory)


def move_due(command: MoveRepairDue, state: Fault, _: Inventory, __: Station, moment: Moment) -> Sequence[Event]:
    match _of_the_station(command, state):
        case Confirmed(told, confirmed_on, due_on, provisional):
            due = repair_within(told.equipment).due(confirmed_on, moment.calendar)
            if (due.on, due.provisional) == (due_on, provisional):
                return []
            return [
                FaultDueMoved(
                    fault=command.fault,
                    station=command.station,
                    equipment=told.equipment,
                    repair_due_on=due.on,
                    provisional=due.provisional,
                )
            ]
        case _:
            return []  # repaired, dropped, or overdue by the day that held


def mark_overdue(
    command: MarkFaultOverdue, state: Fault, _: Inventory, station: Station, moment: Moment
) -> Sequence[Event]:
    match _of_the_station(command, state):
        case Confirmed(told):
            if command.due_on >= moment.today:
                raise Refused("not_due_yet", "due_on", due_on=command.due_on)
            return [
                FaultOverdue(
                    fault=command.fault,
                    station=command.station,
                    equipment=told.equipment,
                    due_on=command.due_on,
                    told=next_up(_union(station), moment),
                )
            ]
        case _:
            return []  # repaired, dropped, or told already


def drop(command: DropFault, state: Fault, _: Inventory, __: Station, ___: Moment) -> Sequence[Event]:
    match _of_the_station(command, state):
        case Confirmed(told) | Overdue(told):
            return [
                FaultDropped(
                    fault=command.fault,
                    station=command.station,
                    equipment=told.equipment,
                    dropped_on=command.dropped_on,
                )
            ]
        case _:
            return []  # repaired meanwhile


def owner(_: ReportFault | FaultCommand, __: Fault, ___: Inventory, station: Station) -> str | None:
    return union_of(station)


def _of_the_station(command: FaultCommand, state: Fault) -> Reported | Awaited | Repaired | Dismissed | Dropped:
    """Raises `NotFound` for a number that nobody has, or of another station."""
    if isinstance(state, Unreported) or state.report.station != command.station:
        raise NotFound("fault_unknown", "fault", fault=command.fault)
    return state


def _confirmed(command: ConfirmFault, told: FaultReported, moment: Moment) -> Sequence[Event]:
    due = repair_within(told.equipment).due(command.confirmed_on, moment.calendar)
    return [
        FaultConfirmed(
            fault=command.fault,
            station=command.station,
            equipment=told.equipment,
            confirmed_on=command.confirmed_on,
            repair_due_on=due.on,
            provisional=due.provisional,
        ),
        EquipmentBroken(
            station=command.station,
            equipment=told.equipment,
            fault=command.fault,
            symptom=told.symptom,
            broken_since=told.reported_on,
        ),
    ]


def _repaired(command: RepairFault, awaited: Awaited, inventory: Inventory) -> Sequence[Event]:
    equipment = awaited.report.equipment
    repaired = FaultRepaired(
        fault=command.fault,
        station=command.station,
        equipment=equipment,
        repaired_on=command.repaired_on,
        due_on=awaited.due_on,
    )
    piece = inventory.get(equipment)
    if not isinstance(piece, Broken) or all(each.fault != command.fault for each in piece.faults):
        return [repaired]  # taken away after the repair, which is entered late
    works = EquipmentRepaired(
        station=command.station, equipment=equipment, fault=command.fault, repaired_on=command.repaired_on
    )
    return [repaired, works]


def _union(station: Station) -> str:
    union = union_of(station)
    assert union is not None, "a fault is of a station that is known"
    return union


def _fault(command: ReportFault | FaultCommand) -> tuple[StreamRef, ...]:
    """The station's own stream is only read."""
    return FAULT.of(command.fault), INVENTORY.of(command.station), STATION.of(command.station)


DECISIONS = (
    Decision((ReportFault,), _fault, report, owner),
    Decision((ConfirmFault,), _fault, confirm, owner),
    Decision((DismissFault,), _fault, dismiss, owner),
    Decision((RepairFault,), _fault, repair, owner),
    Decision((MoveRepairDue,), _fault, move_due, owner),
    Decision((MarkFaultOverdue,), _fault, mark_overdue, owner),
    Decision((DropFault,), _fault, drop, owner),
)
