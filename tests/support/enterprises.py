"""Enterprises in each state of their life, as the events that led there; and the commands that led to them."""

from datetime import date, timedelta

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentStarted,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    FoundingApplied,
    InstructorAssigned,
    InstructorEngaged,
    InstructorReleased,
    Ownership,
    SizeClass,
    UnionEnded,
    UnionEstablished,
    UnionForm,
    VisitHeld,
    VisitOverdue,
    Will,
    WillStated,
)
from contracts.event import Event
from services.enterprise.decider import DECISIONS
from tests.support.given import Scenario

MACHINES = make_credit_code("91", "610102", 1)
BAKERY = make_credit_code("91", "610102", 2)
LI, WANG = "p-1l2i3a4b", "p-5w6a7n8g"
XINCHENG, XIAN = "u-610102", "u-610100"

TODAY = date(2025, 6, 30)
REGISTERED = date(2025, 5, 6)
SURVEYED = date(2025, 5, 7)
STATED = date(2025, 5, 8)  # a Thursday
DUE = date(2025, 5, 15)
VISITED = date(2025, 5, 13)
APPLIED = date(2025, 5, 14)
APPROVED = date(2025, 5, 20)
ENDS = date(2025, 7, 19)

given = Scenario(DECISIONS, TODAY).given


def a_listed_enterprise(
    enterprise: str = MACHINES, ownership: Ownership = Ownership.PRIVATE, union: str = XINCHENG
) -> tuple[Event, ...]:
    return (
        EnterpriseRegistered(
            enterprise=enterprise,
            name="西安示例机械有限公司",
            ownership=ownership,
            county="610102",
            union=union,
            registered_on=REGISTERED,
        ),
    )


def surveyed(
    enterprise: str = MACHINES, headcount: int = 120, on: date = SURVEYED, dispatched: int = 0
) -> EnterpriseSurveyed:
    return EnterpriseSurveyed(
        enterprise=enterprise,
        labour_contracts=headcount,
        dispatched=dispatched,
        size_class=SizeClass.MEDIUM,
        surveyed_on=on,
    )


def a_surveyed_enterprise(
    enterprise: str = MACHINES, ownership: Ownership = Ownership.PRIVATE, union: str = XINCHENG
) -> tuple[Event, ...]:
    return (*a_listed_enterprise(enterprise, ownership, union), surveyed(enterprise))


def willing(enterprise: str = MACHINES, on: date = STATED, due: date = DUE) -> WillStated:
    return WillStated(enterprise=enterprise, will=Will.WILLING, stated_on=on, visit_due_on=due, provisional=False)


def unwilling(will: Will = Will.REFUSING, enterprise: str = MACHINES, on: date = STATED) -> WillStated:
    return WillStated(enterprise=enterprise, will=will, stated_on=on, visit_due_on=None, provisional=False)


def a_refusing_enterprise(enterprise: str = MACHINES) -> tuple[Event, ...]:
    return (*a_surveyed_enterprise(enterprise), unwilling(enterprise=enterprise))


def a_willing_enterprise(
    enterprise: str = MACHINES, ownership: Ownership = Ownership.PRIVATE, union: str = XINCHENG
) -> tuple[Event, ...]:
    return (*a_surveyed_enterprise(enterprise, ownership, union), willing(enterprise))


def overdue(enterprise: str = MACHINES) -> VisitOverdue:
    return VisitOverdue(enterprise=enterprise, due_on=DUE, told=XIAN)


def visited(enterprise: str = MACHINES, on: date = VISITED) -> VisitHeld:
    return VisitHeld(enterprise=enterprise, held_on=on, due_on=DUE)


def an_applying_enterprise(enterprise: str = MACHINES) -> tuple[Event, ...]:
    return (
        *a_willing_enterprise(enterprise),
        visited(enterprise),
        FoundingApplied(enterprise=enterprise, applied_on=APPLIED),
    )


def approval(enterprise: str = MACHINES, members: int = 86, own_committee: bool = True) -> EnterpriseUnionized:
    return EnterpriseUnionized(
        enterprise=enterprise,
        form=UnionForm.OWN,
        members=members,
        own_committee=own_committee,
        approved_on=APPROVED,
        approved_by=XINCHENG,
        document="新工发〔2025〕12号",
    )


def a_unionized_enterprise(enterprise: str = MACHINES) -> tuple[Event, ...]:
    return (*an_applying_enterprise(enterprise), approval(enterprise))


def a_begun_accompaniment(enterprise: str = MACHINES) -> tuple[Event, ...]:
    return (AccompanimentStarted(enterprise=enterprise, union=XINCHENG, approved_on=APPROVED, ends_on=ENDS),)


def an_attended_accompaniment(enterprise: str = MACHINES, instructor: str = LI) -> tuple[Event, ...]:
    return (
        *a_begun_accompaniment(enterprise),
        InstructorAssigned(enterprise=enterprise, instructor=instructor, assigned_on=APPROVED + timedelta(days=1)),
        InstructorEngaged(enterprise=enterprise, instructor=instructor),
    )


def an_ended_accompaniment(enterprise: str = MACHINES, instructor: str = LI) -> tuple[Event, ...]:
    return (
        *an_attended_accompaniment(enterprise, instructor),
        AccompanimentEnded(enterprise=enterprise, instructor=instructor, ended_on=ENDS),
        InstructorReleased(enterprise=enterprise, instructor=instructor),
    )


TERM_ENDS = date(2028, 5, 20)
RETURN_DUE = date(2025, 8, 18)  # 90 days after the approval


def an_own_union(enterprise: str = MACHINES, term_ends_on: date | None = TERM_ENDS) -> tuple[Event, ...]:
    return (
        *a_unionized_enterprise(enterprise),
        UnionEstablished(enterprise=enterprise, union=XINCHENG, approved_on=APPROVED, term_ends_on=term_ends_on),
    )


def an_ended_union(enterprise: str = MACHINES) -> tuple[Event, ...]:
    """As far as the union's own stream says."""
    return (
        UnionEstablished(enterprise=enterprise, union=XINCHENG, approved_on=APPROVED, term_ends_on=TERM_ENDS),
        UnionEnded(enterprise=enterprise, ended_on=TODAY),
    )
