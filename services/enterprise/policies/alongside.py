"""The 60 days alongside a new union: they begin by themselves, and they end, as their instructor's load does."""

from datetime import date

from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentExtended,
    AccompanimentStarted,
    EnterpriseUnionized,
    InstructorLeft,
    UnionEnded,
)
from contracts.event import Event
from eventing.deadlines import CalendarDays, Deadline, Start
from eventing.policies import Policy
from services.enterprise.commands import (
    BeginAccompaniment,
    BreakOffAccompaniment,
    EndAccompaniment,
    ReleaseInstructor,
)
from services.enterprise.rules import CalendarDaysOf


def _begin_accompaniment(event: EnterpriseUnionized) -> tuple[BeginAccompaniment, ...]:
    return (BeginAccompaniment(enterprise=event.enterprise, union=event.approved_by, approved_on=event.approved_on),)


def _break_off(event: UnionEnded) -> tuple[BreakOffAccompaniment, ...]:
    return (BreakOffAccompaniment(enterprise=event.enterprise, ended_on=event.ended_on),)


def _release_instructor(event: AccompanimentEnded | InstructorLeft) -> tuple[ReleaseInstructor, ...]:
    if event.instructor is None:
        return ()
    return (ReleaseInstructor(enterprise=event.enterprise, instructor=event.instructor),)


def _accompaniment_begun(event: Event) -> Start | None:
    return Start(event.enterprise, event.approved_on) if isinstance(event, AccompanimentStarted) else None


def _accompaniment_extended(event: Event) -> Start | None:
    return Start(event.enterprise, event.ends_on) if isinstance(event, AccompanimentExtended) else None


def _accompaniment_ended(event: Event) -> str | None:
    return event.enterprise if isinstance(event, AccompanimentEnded) else None


def _ended_or_extended(event: Event) -> str | None:
    return event.enterprise if isinstance(event, AccompanimentEnded | AccompanimentExtended) else None


def _end(enterprise: str, due_on: date) -> EndAccompaniment:
    return EndAccompaniment(enterprise=enterprise, ended_on=due_on)


POLICIES = (
    Policy("begin-accompaniment", on=EnterpriseUnionized, then=_begin_accompaniment),
    Policy("break-off-accompaniment", on=UnionEnded, then=_break_off),
    Policy("release-instructor", on=AccompanimentEnded, then=_release_instructor),
    Policy("release-instructor-who-left", on=InstructorLeft, then=_release_instructor),
)

DEADLINES = (
    Deadline(
        "alongside",
        CalendarDaysOf("alongside_days"),
        opens=_accompaniment_begun,
        closes=_ended_or_extended,
        then=_end,
    ),
    Deadline(
        "extension",
        CalendarDays(0),  # the day is known: it is the last of the extended time
        opens=_accompaniment_extended,
        closes=_accompaniment_ended,
        then=_end,
    ),
)
