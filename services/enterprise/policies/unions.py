"""An own union's life follows its approval and its end; its term ends, and return visits fall due."""

from contracts.enterprise import (
    EnterpriseClosed,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseUnionized,
    ReturnVisitHeld,
    TermRenewed,
    UnionDissolved,
    UnionEnded,
    UnionEstablished,
    UnionForm,
)
from contracts.event import Event
from eventing.deadlines import CalendarDays, Deadline, Start
from eventing.policies import Policy
from services.enterprise.commands import EndUnion, EstablishUnion, MarkReturnVisitMissed, MarkTermOverrun
from services.enterprise.rules import CalendarDaysOf


def _establish(event: EnterpriseUnionized) -> tuple[EstablishUnion, ...]:
    return (
        EstablishUnion(
            enterprise=event.enterprise,
            union=event.approved_by,
            approved_on=event.approved_on,
            term_ends_on=event.term_ends_on,
        ),
    )


def _is_own(event: EnterpriseUnionized) -> bool:
    return event.form is UnionForm.OWN


def _term_runs(event: Event) -> Start | None:
    match event:
        case UnionEstablished() | TermRenewed() if event.term_ends_on is not None:
            return Start(event.enterprise, event.term_ends_on)
        case _:
            return None


def _return_visit_awaited(event: Event) -> Start | None:
    match event:
        case UnionEstablished():
            return Start(event.enterprise, event.approved_on)
        case ReturnVisitHeld():
            return Start(event.enterprise, event.held_on)
        case _:
            return None


def _union_ended(event: Event) -> str | None:
    return event.enterprise if isinstance(event, UnionEnded) else None


POLICIES = (
    Policy("establish-union", on=EnterpriseUnionized, then=_establish, when=_is_own),
    Policy(
        "end-dissolved-union",
        on=UnionDissolved,
        then=lambda event: (EndUnion(enterprise=event.enterprise, ended_on=event.dissolved_on),),
    ),
    Policy(
        "end-union-of-closed",
        on=EnterpriseClosed,
        then=lambda event: (EndUnion(enterprise=event.enterprise, ended_on=event.closed_on),),
    ),
    Policy(
        "end-union-of-merged",
        on=EnterpriseMerged,
        then=lambda event: (EndUnion(enterprise=event.enterprise, ended_on=event.merged_on),),
    ),
    Policy(
        "end-union-of-left",
        on=EnterpriseLeft,
        then=lambda event: (EndUnion(enterprise=event.enterprise, ended_on=event.left_on),),
    ),
)

DEADLINES = (
    Deadline(
        "term",
        CalendarDays(0),  # the day is known: it is the last of the term
        opens=_term_runs,
        closes=_union_ended,
        then=lambda enterprise, due_on: MarkTermOverrun(enterprise=enterprise, ended_on=due_on),
    ),
    Deadline(
        "return-visit",
        CalendarDaysOf("return_visit_every"),
        opens=_return_visit_awaited,
        closes=_union_ended,
        then=lambda enterprise, due_on: MarkReturnVisitMissed(enterprise=enterprise, due_on=due_on),
    ),
)
