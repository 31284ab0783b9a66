"""The faults that were reported (报修台账): one row each, from report to repair."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.stations import (
    DismissalReason,
    Equipment,
    FaultConfirmed,
    FaultDismissed,
    FaultDropped,
    FaultDueMoved,
    FaultEvent,
    FaultOverdue,
    FaultRepaired,
    FaultReported,
    Symptom,
)
from eventing.fold import Fold, replace


class FaultState(StrEnum):
    """Where it is in its life."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    REPAIRED = "repaired"
    DROPPED = "dropped"
    """The equipment was taken away."""


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One fault."""

    fault: str
    station: str
    equipment: Equipment
    symptom: Symptom
    reported_on: date
    state: FaultState = FaultState.REPORTED
    confirmed_on: date | None = None
    due_on: date | None = None
    """To be repaired by the end of that day."""
    provisional: bool = False
    """The due day hangs on a year's working days that aren't arranged yet."""
    overdue: bool = False
    """It waits for its repair, and its day is over."""
    told: str | None = None
    """The union next up, which was told so."""
    repaired_on: date | None = None
    late: bool | None = None
    """Whether it was repaired after its day; null: not repaired."""
    dismissed_on: date | None = None
    dismissed_for: DismissalReason | None = None
    dropped_on: date | None = None


def _apply(row: FaultRow | None, event: FaultEvent) -> FaultRow:
    if isinstance(event, FaultReported):
        return FaultRow(event.fault, event.station, event.equipment, event.symptom, event.reported_on)
    assert row is not None, "a fault's first event reports it"
    match event:
        case FaultConfirmed():
            return replace(
                row,
                state=FaultState.CONFIRMED,
                confirmed_on=event.confirmed_on,
                due_on=event.repair_due_on,
                provisional=event.provisional,
            )
        case FaultDismissed():
            return replace(row, state=FaultState.DISMISSED, dismissed_on=event.dismissed_on, dismissed_for=event.reason)
        case FaultDueMoved():
            return replace(row, due_on=event.repair_due_on, provisional=event.provisional)
        case FaultOverdue():
            return replace(row, due_on=event.due_on, provisional=False, overdue=True, told=event.told)
        case FaultRepaired():
            return replace(
                row,
                state=FaultState.REPAIRED,
                overdue=False,
                repaired_on=event.repaired_on,
                late=event.repaired_on > event.due_on,
            )
        case FaultDropped():
            return replace(row, state=FaultState.DROPPED, overdue=False, dropped_on=event.dropped_on)
        case _:
            raise AssertionError(type(event))


FAULTS = Fold(
    name="faults",
    row=FaultRow,
    events=(
        FaultReported,
        FaultConfirmed,
        FaultDismissed,
        FaultDueMoved,
        FaultOverdue,
        FaultRepaired,
        FaultDropped,
    ),
    key=lambda event: event.fault,
    apply=_apply,
    indexes=(("station", "state"), ("state", "fault")),
)
