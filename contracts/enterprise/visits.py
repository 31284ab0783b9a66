"""The visit to a willing enterprise: its clock, and what came of it."""

from contracts.enterprise.registration import EnterpriseEvent
from contracts.enterprise.words import PauseReason
from contracts.vocabulary import Day, UnionId


class VisitHeld(EnterpriseEvent):
    """The deep talk was held (入企深谈)."""

    held_on: Day
    due_on: Day


class VisitOverdue(EnterpriseEvent):
    """Nobody came within 5 working days; the union next up is told."""

    due_on: Day
    told: UnionId


class VisitOverdueEscalated(EnterpriseEvent):
    """Nobody came within 5 more working days either; the union above that one is told."""

    due_on: Day
    escalated_after: Day
    told: UnionId


class VisitOverdueWithdrawn(EnterpriseEvent):
    """The visit had been held in time and was entered late."""

    held_on: Day
    due_on: Day


class VisitClockPaused(EnterpriseEvent):
    """The clock stands still from that day on (中止)."""

    reason: PauseReason
    paused_on: Day


class VisitClockResumed(EnterpriseEvent):
    """The clock goes on (恢复); the days before the pause count."""

    resumed_on: Day
    counted_from: Day
    """The day from which the 5 working days would be due on `visit_due_on` without a pause."""
    visit_due_on: Day
    provisional: bool


class VisitDueMoved(EnterpriseEvent):
    """The year's working-day arrangement has come out: it is due on another day, or on that day for certain."""

    visit_due_on: Day
    provisional: bool
