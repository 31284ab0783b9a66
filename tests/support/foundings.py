"""Enterprises on the full way to a union, after its end, and on the work list, as the events that led there."""

from datetime import date

from contracts.enterprise import (
    DissolutionReason,
    EnterpriseUnionized,
    FoundingApplied,
    FoundingMeetingHeld,
    MembersJoined,
    PlanAwaitsCheck,
    PlanLeaving,
    PlanLeft,
    PlanOpened,
    PlanReturned,
    PlanStep,
    PlanStepAgreed,
    PlanStruckOff,
    PreparatoryGroupFormed,
    SetUpApproved,
    UnionDissolved,
    WomenBody,
)
from contracts.event import Event
from tests.support.enterprises import (
    APPLIED,
    APPROVED,
    LI,
    MACHINES,
    SURVEYED,
    XIAN,
    XINCHENG,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    approval,
    visited,
)

FORMED = date(2025, 5, 12)
SET_UP = date(2025, 5, 16)
JOINED = date(2025, 5, 18)
MET = date(2025, 5, 19)
TERM_ENDS = date(2028, 5, 19)
APPROVAL_DUE = date(2025, 5, 21)
DISSOLVED = date(2025, 6, 10)
CHECKED = date(2025, 5, 27)
AGREED_FOR = date(2025, 5, 23)


def a_preparing_enterprise() -> tuple[Event, ...]:
    return (*a_willing_enterprise(), visited(), PreparatoryGroupFormed(enterprise=MACHINES, formed_on=FORMED))


def one_that_applied_in_full() -> tuple[Event, ...]:
    return (
        *a_preparing_enterprise(),
        FoundingApplied(enterprise=MACHINES, applied_on=APPLIED, simplified=False),
    )


def one_being_set_up() -> tuple[Event, ...]:
    return (
        *one_that_applied_in_full(),
        SetUpApproved(enterprise=MACHINES, approved_on=SET_UP, document="新工发〔2025〕11号"),
    )


def meeting(members: int = 86, committee: int = 7) -> FoundingMeetingHeld:
    return FoundingMeetingHeld(
        enterprise=MACHINES,
        held_on=MET,
        members=members,
        committee=committee,
        audit=3,
        women=WomenBody.COMMITTEE,
        term_years=3,
    )


def members_joined(members: int = 86, on: date = JOINED) -> MembersJoined:
    return MembersJoined(enterprise=MACHINES, joined_on=on, members=members, women=20, migrant=10, new_forms=1)


def one_with_members(members: int = 86) -> tuple[Event, ...]:
    return (*one_being_set_up(), members_joined(members))


def one_that_has_elected(members: int = 86, committee: int = 7) -> tuple[Event, ...]:
    return (*one_with_members(members), meeting(members, committee))


def one_that_elected_before_members_were_entered() -> tuple[Event, ...]:
    """As older logs hold it."""
    return (*one_being_set_up(), meeting())


def approved_in_full() -> EnterpriseUnionized:
    return approval().model_copy(update={"term_ends_on": TERM_ENDS})


def dissolved(on: date = DISSOLVED) -> UnionDissolved:
    return UnionDissolved(enterprise=MACHINES, reason=DissolutionReason.SHELL, dissolved_on=on)


def a_dissolved_enterprise() -> tuple[Event, ...]:
    return (*a_unionized_enterprise(), dissolved())


def opened(on: date = SURVEYED, headcount: int = 120, county: str = "610102", union: str = XINCHENG) -> PlanOpened:
    return PlanOpened(enterprise=MACHINES, county=county, union=union, labour_contracts=headcount, opened_on=on)


def agreed(step: PlanStep = PlanStep.TALK_WITH_WORKERS, officer: str = LI, due: date = AGREED_FOR) -> PlanStepAgreed:
    return PlanStepAgreed(enterprise=MACHINES, step=step, officer=officer, due_on=due)


def awaits(approved_on: date = APPROVED) -> PlanAwaitsCheck:
    return PlanAwaitsCheck(enterprise=MACHINES, approved_on=approved_on)


def struck_off(on: date = CHECKED, approved_on: date = APPROVED) -> PlanStruckOff:
    return PlanStruckOff(enterprise=MACHINES, approved_on=approved_on, checked_by=XIAN, checked_on=on)


def returned(on: date = CHECKED) -> PlanReturned:
    return PlanReturned(enterprise=MACHINES, checked_by=XIAN, checked_on=on)


def left(reason: PlanLeaving, on: date) -> PlanLeft:
    return PlanLeft(enterprise=MACHINES, reason=reason, left_on=on)


def one_on_the_list() -> tuple[Event, ...]:
    return (*a_surveyed_enterprise(), opened())


def one_awaiting_the_check() -> tuple[Event, ...]:
    return (*a_unionized_enterprise(), opened(), awaits())


def one_sent_back() -> tuple[Event, ...]:
    return (*one_awaiting_the_check(), returned())


def one_struck_off() -> tuple[Event, ...]:
    return (*one_awaiting_the_check(), struck_off())
