"""A fault: the states of its life, from the report to the repair."""

from dataclasses import dataclass, replace
from datetime import date

from contracts.stations import (
    FaultConfirmed,
    FaultDismissed,
    FaultDropped,
    FaultDueMoved,
    FaultEvent,
    FaultOverdue,
    FaultRepaired,
    FaultReported,
)
from eventing.decision import StreamKind


@dataclass(frozen=True, slots=True)
class Unreported:
    """No report has that number."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Somebody saw it; the host hasn't looked yet."""

    report: FaultReported


@dataclass(frozen=True, slots=True)
class Confirmed:
    """It is so, and due to be repaired by the end of `due_on`."""

    report: FaultReported
    confirmed_on: date
    due_on: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Overdue:
    """It wasn't repaired by its day, as far as is known; the union next up has been told."""

    report: FaultReported
    confirmed_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Repaired:
    """It was repaired, in time or late."""

    report: FaultReported
    confirmed_on: date
    repaired_on: date


@dataclass(frozen=True, slots=True)
class Dismissed:
    """There was none, or it was known already."""

    report: FaultReported
    dismissed: FaultDismissed


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nobody repairs it: the equipment was taken away."""

    report: FaultReported
    confirmed_on: date
    dropped_on: date


Awaited = Confirmed | Overdue
Fault = Unreported | Reported | Awaited | Repaired | Dismissed | Dropped


def evolve(state: Fault, event: FaultEvent) -> Fault:
    match state, event:
        case Unreported(), FaultReported():
            return Reported(event)
        case Reported(report), FaultConfirmed():
            return Confirmed(report, event.confirmed_on, event.repair_due_on, event.provisional)
        case Reported(report), FaultDismissed():
            return Dismissed(report, event)
        case Confirmed(), FaultDueMoved():
            return replace(state, due_on=event.repair_due_on, provisional=event.provisional)
        case Confirmed(report, confirmed_on), FaultOverdue():
            return Overdue(report, confirmed_on, event.due_on)
        case Confirmed(report, confirmed_on) | Overdue(report, confirmed_on), FaultRepaired():
            return Repaired(report, confirmed_on, event.repaired_on)
        case Confirmed(report, confirmed_on) | Overdue(report, confirmed_on), FaultDropped():
            return Dropped(report, confirmed_on, event.dropped_on)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


FAULT: StreamKind[Fault] = StreamKind("fault", Unreported(), evolve)
