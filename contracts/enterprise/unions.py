"""The life of a union that was founded: its term, its chair, its members, the return visits, whether it is a shell."""

from typing import ClassVar

from contracts.enterprise.founding import TermYears
from contracts.enterprise.words import ShellSign, VacancyReason
from contracts.event import Event
from contracts.vocabulary import CreditCode, Day, Members, Month, UnionId


class UnionEvent(Event):
    """A fact about the own union of one enterprise."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "union-{enterprise}"

    enterprise: CreditCode


class UnionEstablished(UnionEvent):
    """It was approved, and return visits begin."""

    union: UnionId
    """The union next up."""
    approved_on: Day
    term_ends_on: Day | None


class TermRenewed(UnionEvent):
    """A new committee was elected (换届)."""

    elected_on: Day
    term_years: TermYears
    term_ends_on: Day


class TermOverrun(UnionEvent):
    """Its term has ended without an election (届满未换届)."""

    ended_on: Day
    told: UnionId


class ChairVacated(UnionEvent):
    """It has no chair (主席空缺)."""

    reason: VacancyReason
    vacant_on: Day


class ChairElected(UnionEvent):
    """It has a chair again (补选); who that is stays with the union."""

    elected_on: Day


class MembersReported(UnionEvent):
    """How many members it had at the end of that month (入会); the last three are among all."""

    month: Month
    members: Members
    women: Members
    migrant: Members
    new_forms: Members
    """In new forms of employment (新就业形态劳动者)."""


class ReturnVisitHeld(UnionEvent):
    """It was visited again (回访)."""

    held_on: Day
    next_due_on: Day


class ReturnVisitMissed(UnionEvent):
    """Nobody came by the due day; the union next up is told."""

    due_on: Day
    told: UnionId


class ShellFlagged(UnionEvent):
    """It looks like a shell (空壳工会): it is to be put right or dissolved."""

    signs: tuple[ShellSign, ...]
    flagged_on: Day


class ShellRectified(UnionEvent):
    """It was put right."""

    rectified_on: Day


class UnionEnded(UnionEvent):
    """It was dissolved: nothing is due any more."""

    ended_on: Day
