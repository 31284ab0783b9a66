"""The clock of the visit to a willing enterprise."""

from contracts.enterprise import EnterpriseUnionized, VisitHeld, Will, WillStated
from contracts.event import Event
from eventing.deadlines import Deadline, Start, WorkingDays
from services.enterprise.commands import MarkVisitOverdue
from services.enterprise.decider.survey import VISIT_WITHIN


def _visit_awaited(event: Event) -> Start | None:
    match event:
        case WillStated(will=Will.WILLING):
            return Start(event.enterprise, event.stated_on)
        case _:
            return None


def _visit_settled(event: Event) -> str | None:
    match event:
        case VisitHeld() | WillStated(will=Will.HESITANT | Will.REFUSING) | EnterpriseUnionized():
            return event.enterprise
        case _:
            return None


DEADLINES = (
    Deadline(
        "visit",
        WorkingDays(VISIT_WITHIN),
        opens=_visit_awaited,
        closes=_visit_settled,
        then=lambda enterprise, due_on: MarkVisitOverdue(enterprise=enterprise, due_on=due_on),
    ),
)
