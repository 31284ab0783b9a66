"""The ledger of own unions (基层工会台账): one row for each enterprise that has one."""

from dataclasses import dataclass
from datetime import date

from contracts.calendar import calendar_days
from contracts.enterprise import (
    ChairElected,
    ChairVacated,
    EnterpriseMoved,
    ReturnVisitHeld,
    ReturnVisitMissed,
    ShellFlagged,
    ShellRectified,
    TermOverrun,
    TermRenewed,
    UnionEnded,
    UnionEstablished,
    UnionEvent,
)
from eventing.fold import Fold, replace
from services.enterprise import rules


@dataclass(frozen=True, slots=True)
class UnionRow:
    """Where one union stands."""

    enterprise: str
    union_id: str
    """The union next up."""
    approved_on: date
    return_visit_due_on: date
    return_visit_missed: bool = False
    """Nobody had come when it was due, and nobody has since."""
    visited_on: date | None = None
    term_ends_on: date | None = None
    term_overrun: bool = False
    """It has ended without an election (届满未换届)."""
    chair_vacant_since: date | None = None
    shell_since: date | None = None
    """Flagged as a shell and not put right."""
    shell_signs: str | None = None
    """Their codes, with a blank between."""


def _apply(row: UnionRow | None, event: UnionEvent | EnterpriseMoved) -> UnionRow | None:
    if isinstance(event, UnionEstablished):
        return UnionRow(
            event.enterprise,
            event.union,
            event.approved_on,
            calendar_days(event.approved_on, rules.on(event.approved_on).return_visit_every),
            term_ends_on=event.term_ends_on,
        )
    return None if row is None else _change(row, event)


def _change(row: UnionRow, event: UnionEvent | EnterpriseMoved) -> UnionRow | None:
    match event:
        case TermRenewed():
            return replace(row, term_ends_on=event.term_ends_on, term_overrun=False)
        case TermOverrun():
            return replace(row, term_overrun=True)
        case ChairVacated():
            return replace(row, chair_vacant_since=event.vacant_on)
        case ChairElected():
            return replace(row, chair_vacant_since=None)
        case ReturnVisitHeld():
            return replace(
                row, visited_on=event.held_on, return_visit_due_on=event.next_due_on, return_visit_missed=False
            )
        case ReturnVisitMissed():
            return replace(row, return_visit_missed=True)
        case ShellFlagged():
            return replace(row, shell_since=event.flagged_on, shell_signs=" ".join(event.signs))
        case ShellRectified():
            return replace(row, shell_since=None, shell_signs=None)
        case EnterpriseMoved():
            return replace(row, union_id=event.union)
        case UnionEnded():
            return None
        case _:
            raise ValueError(f"{type(event).__name__} is not in this ledger")


UNIONS = Fold(
    name="unions",
    row=UnionRow,
    events=(
        UnionEstablished,
        TermRenewed,
        TermOverrun,
        ChairVacated,
        ChairElected,
        ReturnVisitHeld,
        ReturnVisitMissed,
        ShellFlagged,
        ShellRectified,
        UnionEnded,
        EnterpriseMoved,
    ),
    key=lambda event: event.enterprise,
    apply=_apply,
    indexes=(("union_id", "enterprise"),),
)
