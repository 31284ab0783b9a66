"""What follows by itself: reactions to this service's own events, and clocks that run out."""

from collections.abc import Mapping

from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentStarted,
    EnterpriseUnionized,
    VisitHeld,
    Will,
    WillStated,
)
from contracts.event import Event
from eventing.deadlines import CalendarDays, Deadline, Start, WorkingDays
from eventing.policies import Policy
from services.enterprise.commands import BeginAccompaniment, EndAccompaniment, MarkVisitOverdue, ReleaseInstructor
from services.enterprise.decider.alongside import ALONGSIDE
from services.enterprise.decider.survey import VISIT_WITHIN


def _begin_accompaniment(event: EnterpriseUnionized) -> tuple[BeginAccompaniment, ...]:
    return (BeginAccompaniment(enterprise=event.enterprise, union=event.approved_by, approved_on=event.approved_on),)


def _release_instructor(event: AccompanimentEnded) -> tuple[ReleaseInstructor, ...]:
    if event.instructor is None:
        return ()
    return (ReleaseInstructor(enterprise=event.enterprise, instructor=event.instructor),)


POLICIES: Mapping[str, tuple[Policy, ...]] = {
    "enterprise": (
        Policy("begin-accompaniment", on=EnterpriseUnionized, then=_begin_accompaniment),
        Policy("release-instructor", on=AccompanimentEnded, then=_release_instructor),
    )
}


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


def _accompaniment_begun(event: Event) -> Start | None:
    return Start(event.enterprise, event.approved_on) if isinstance(event, AccompanimentStarted) else None


def _accompaniment_ended(event: Event) -> str | None:
    return event.enterprise if isinstance(event, AccompanimentEnded) else None


DEADLINES: tuple[Deadline, ...] = (
    Deadline(
        "visit",
        WorkingDays(VISIT_WITHIN),
        opens=_visit_awaited,
        closes=_visit_settled,
        then=lambda enterprise, due_on: MarkVisitOverdue(enterprise=enterprise, due_on=due_on),
    ),
    Deadline(
        "alongside",
        CalendarDays(ALONGSIDE),
        opens=_accompaniment_begun,
        closes=_accompaniment_ended,
        then=lambda enterprise, due_on: EndAccompaniment(enterprise=enterprise, ended_on=due_on),
    ),
)
