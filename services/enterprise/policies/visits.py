"""The clocks of the visit to a willing enterprise: until it is due, and until one more union is told."""

from contracts.enterprise import (
    EnterpriseClosed,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseUnionized,
    VisitClockPaused,
    VisitClockResumed,
    VisitHeld,
    VisitOverdue,
    Will,
    WillStated,
)
from contracts.event import Event
from eventing.deadlines import Deadline, Start
from services.enterprise.commands import EscalateVisit, MarkVisitOverdue, MoveVisitDue
from services.enterprise.rules import WorkingDaysOf


def _visit_awaited(event: Event) -> Start | None:
    match event:
        case WillStated(will=Will.WILLING):
            return Start(event.enterprise, event.stated_on)
        case VisitClockResumed():
            return Start(event.enterprise, event.counted_from)
        case _:
            return None


def _visit_not_awaited(event: Event) -> str | None:
    return event.enterprise if isinstance(event, VisitClockPaused) else _visit_settled(event)


def _visit_overdue(event: Event) -> Start | None:
    return Start(event.enterprise, event.due_on) if isinstance(event, VisitOverdue) else None


def _visit_settled(event: Event) -> str | None:
    """Held (in time after all, or late), or nobody waits for it any more."""
    match event:
        case VisitHeld() | WillStated(will=Will.HESITANT | Will.REFUSING) | EnterpriseUnionized():
            return event.enterprise
        case EnterpriseClosed() | EnterpriseMerged() | EnterpriseLeft():
            return event.enterprise
        case _:
            return None


DEADLINES = (
    Deadline(
        "visit",
        WorkingDaysOf("visit_within"),
        opens=_visit_awaited,
        closes=_visit_not_awaited,
        then=lambda enterprise, due_on: MarkVisitOverdue(enterprise=enterprise, due_on=due_on),
        moved=lambda enterprise, _: MoveVisitDue(enterprise=enterprise),
    ),
    Deadline(
        "escalation",
        WorkingDaysOf("escalate_within"),
        opens=_visit_overdue,
        closes=_visit_settled,
        then=lambda enterprise, due_on: EscalateVisit(enterprise=enterprise, escalated_after=due_on),
    ),
)
