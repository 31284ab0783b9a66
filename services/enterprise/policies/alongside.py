"""The 60 days alongside a new union: they begin by themselves, and they end."""

from contracts.enterprise import AccompanimentEnded, AccompanimentStarted, EnterpriseUnionized
from contracts.event import Event
from eventing.deadlines import CalendarDays, Deadline, Start
from eventing.policies import Policy
from services.enterprise.commands import BeginAccompaniment, EndAccompaniment, ReleaseInstructor
from services.enterprise.decider.alongside import ALONGSIDE


def _begin_accompaniment(event: EnterpriseUnionized) -> tuple[BeginAccompaniment, ...]:
    return (BeginAccompaniment(enterprise=event.enterprise, union=event.approved_by, approved_on=event.approved_on),)


def _release_instructor(event: AccompanimentEnded) -> tuple[ReleaseInstructor, ...]:
    if event.instructor is None:
        return ()
    return (ReleaseInstructor(enterprise=event.enterprise, instructor=event.instructor),)


def _accompaniment_begun(event: Event) -> Start | None:
    return Start(event.enterprise, event.approved_on) if isinstance(event, AccompanimentStarted) else None


def _accompaniment_ended(event: Event) -> str | None:
    return event.enterprise if isinstance(event, AccompanimentEnded) else None


POLICIES = (
    Policy("begin-accompaniment", on=EnterpriseUnionized, then=_begin_accompaniment),
    Policy("release-instructor", on=AccompanimentEnded, then=_release_instructor),
)

DEADLINES = (
    Deadline(
        "alongside",
        CalendarDays(ALONGSIDE),
        opens=_accompaniment_begun,
        closes=_accompaniment_ended,
        then=lambda enterprise, due_on: EndAccompaniment(enterprise=enterprise, ended_on=due_on),
    ),
)
