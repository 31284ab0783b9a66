"""The clock of the visit that was promised: runs, stands still, has run out, or has been answered by the deep talk."""

from dataclasses import dataclass, replace
from datetime import date

from contracts.enterprise import (
    EnterpriseEvent,
    VisitClockPaused,
    VisitClockResumed,
    VisitDueMoved,
    VisitOverdue,
    VisitOverdueEscalated,
)


@dataclass(frozen=True, slots=True)
class Awaited:
    """The visit was promised on `stated_on` and is due by `due_on`, counted from `counted_from`."""

    stated_on: date
    due_on: date
    counted_from: date
    provisional: bool = False
    """The due day may move: the year's working-day arrangement isn't out yet."""
    resumed_on: date | None = None
    """When the clock last went on; None: it has never stood still."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock stands still; `due_on` is when the visit would have been due."""

    stated_on: date
    due_on: date
    counted_from: date
    pause: VisitClockPaused


@dataclass(frozen=True, slots=True)
class Overdue:
    """Nobody has come, as far as is known; the union next up has been told."""

    stated_on: date
    due_on: date
    told: str


@dataclass(frozen=True, slots=True)
class Escalated:
    """Nobody has come, and the union above the one next up has been told as well."""

    stated_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Held:
    """The deep talk has been held."""

    held_on: date


Visit = Awaited | Paused | Overdue | Escalated | Held


def evolve(visit: Visit, event: EnterpriseEvent) -> Visit:
    match visit, event:
        case Awaited(stated_on), VisitOverdue(due_on=due_on, told=told):
            return Overdue(stated_on, due_on, told)
        case Awaited(stated_on, due_on, counted_from), VisitClockPaused():
            return Paused(stated_on, due_on, counted_from, event)
        case Awaited(), VisitDueMoved():
            return replace(visit, due_on=event.visit_due_on, provisional=event.provisional)
        case Paused(stated_on), VisitClockResumed():
            return Awaited(stated_on, event.visit_due_on, event.counted_from, event.provisional, event.resumed_on)
        case Overdue(stated_on, due_on), VisitOverdueEscalated():
            return Escalated(stated_on, due_on)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(visit).__name__}")
