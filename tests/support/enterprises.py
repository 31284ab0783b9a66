"""Enterprises in each state of their life, as the events that led there; and the commands that led to them."""

from datetime import date, timedelta

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentStarted,
    BaselineEntered,
    ClosingReason,
    EnterpriseClosed,
    EnterpriseDescribed,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    FoundingApplied,
    InstructorAssigned,
    InstructorEngaged,
    InstructorReleased,
    LeavingReason,
    NameAdjudicated,
    NameEvidence,
    NameVerdict,
    Ownership,
    PauseReason,
    SizeClass,
    SurveyClosed,
    UnionEnded,
    UnionEstablished,
    UnionForm,
    VisitClockPaused,
    VisitClockResumed,
    VisitHeld,
    VisitOverdue,
    VisitOverdueEscalated,
    Will,
    WillStated,
)
from contracts.event import Event
from services.enterprise.decider import DECISIONS
from tests.support.given import Scenario

MACHINES = make_credit_code("91", "610102", 1)
BAKERY = make_credit_code("91", "610102", 2)
LI, WANG = "p-1l2i3a4b", "p-5w6a7n8g"
XINCHENG, XIAN, SHAANXI = "u-610102", "u-610100", "u-610000"

TODAY = date(2025, 6, 30)
REGISTERED = date(2025, 5, 6)
SURVEYED = date(2025, 5, 7)
STATED = date(2025, 5, 8)  # a Thursday
DUE = date(2025, 5, 15)
VISITED = date(2025, 5, 13)
ESCALATED_AFTER = date(2025, 5, 22)
PAUSED = date(2025, 5, 12)  # one working day used up
RESUMED = date(2025, 5, 20)
DUE_AFTER_PAUSE = date(2025, 5, 26)
APPLIED = date(2025, 5, 14)
APPROVED = date(2025, 5, 20)
ENDS = date(2025, 7, 19)
MOVED = date(2025, 6, 2)
GONE = date(2025, 6, 20)

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


def described(enterprise: str = MACHINES, on: date = TODAY, town: str | None = "t-610102-01") -> EnterpriseDescribed:
    return EnterpriseDescribed(
        enterprise=enterprise,
        name="西安示例精密机械有限公司",
        ownership=Ownership.FOREIGN,
        industry="C34",
        town=town,
        parent=None,
        described_on=on,
    )


def adjudicated(
    verdict: NameVerdict = NameVerdict.DIFFERENT, enterprise: str = MACHINES, other: str = BAKERY, on: date = GONE
) -> NameAdjudicated:
    return NameAdjudicated(
        enterprise=enterprise,
        other=other,
        verdict=verdict,
        evidence=NameEvidence.LICENCE,
        decided_by=WANG,
        decided_on=on,
    )


def moved(enterprise: str = MACHINES, county: str = "610103", on: date = MOVED) -> EnterpriseMoved:
    return EnterpriseMoved(enterprise=enterprise, county=county, union=f"u-{county}", moved_on=on)


def a_moved_enterprise(enterprise: str = MACHINES) -> tuple[Event, ...]:
    return (*a_willing_enterprise(enterprise), moved(enterprise))


def closed(
    enterprise: str = MACHINES, reason: ClosingReason = ClosingReason.DEREGISTERED, on: date = GONE
) -> EnterpriseClosed:
    return EnterpriseClosed(enterprise=enterprise, reason=reason, closed_on=on)


def merged(enterprise: str = MACHINES, into: str = BAKERY, on: date = GONE) -> EnterpriseMerged:
    return EnterpriseMerged(enterprise=enterprise, into=into, merged_on=on)


def left(enterprise: str = MACHINES, on: date = GONE) -> EnterpriseLeft:
    return EnterpriseLeft(enterprise=enterprise, province="510000", reason=LeavingReason.RELOCATED, left_on=on)


def survey_closed(*enterprises: str, on: date = TODAY, part: int = 1, parts: int = 1) -> SurveyClosed:
    return SurveyClosed(county="610102", union=XINCHENG, closed_on=on, enterprises=enterprises, part=part, parts=parts)


def on_baseline(enterprise: str = MACHINES, on: date = TODAY) -> BaselineEntered:
    return BaselineEntered(enterprise=enterprise, county="610102", closed_on=on)


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


def escalated(enterprise: str = MACHINES) -> VisitOverdueEscalated:
    return VisitOverdueEscalated(enterprise=enterprise, due_on=DUE, escalated_after=ESCALATED_AFTER, told=SHAANXI)


def paused(enterprise: str = MACHINES, on: date = PAUSED) -> VisitClockPaused:
    return VisitClockPaused(enterprise=enterprise, reason=PauseReason.STOPPAGE, paused_on=on)


def resumed(enterprise: str = MACHINES) -> VisitClockResumed:
    return VisitClockResumed(
        enterprise=enterprise,
        resumed_on=RESUMED,
        counted_from=RESUMED - timedelta(days=1),
        visit_due_on=DUE_AFTER_PAUSE,
        provisional=False,
    )


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
