from datetime import date

import pytest

from contracts import calendar
from contracts.enterprise import AccompanimentEnded, Will
from contracts.event import Event
from eventing.deadlines import Deadline, Start
from eventing.decision import Command
from services.enterprise.commands import (
    BeginAccompaniment,
    EndAccompaniment,
    MarkVisitOverdue,
    ReleaseInstructor,
    ReviewPlan,
)
from services.enterprise.decider import DECISIONS
from services.enterprise.policies import DEADLINES, POLICIES
from tests.support.enterprises import (
    APPROVED,
    DUE,
    ENDS,
    LI,
    MACHINES,
    STATED,
    XINCHENG,
    a_begun_accompaniment,
    a_listed_enterprise,
    a_unionized_enterprise,
    an_ended_accompaniment,
    approval,
    overdue,
    surveyed,
    unwilling,
    visited,
    willing,
)

CLOCKS = {deadline.name: deadline for deadline in DEADLINES}
VISIT, ALONGSIDE = CLOCKS["visit"], CLOCKS["alongside"]


def reactions(event: Event) -> list[Command]:
    return [
        command
        for policy in POLICIES["enterprise"]
        if isinstance(event, policy.on) and policy.when(event)
        for command in policy.then(event)
    ]


def test_an_approval_begins_the_60_days_under_the_union_that_approved() -> None:
    begin = BeginAccompaniment(enterprise=MACHINES, union=XINCHENG, approved_on=APPROVED)
    assert begin in reactions(approval())


def test_the_end_of_the_60_days_releases_the_instructor() -> None:
    ended = AccompanimentEnded(enterprise=MACHINES, instructor=LI, ended_on=ENDS)
    assert reactions(ended) == [ReleaseInstructor(enterprise=MACHINES, instructor=LI)]


def test_where_nobody_walked_along_nobody_is_released() -> None:
    assert reactions(AccompanimentEnded(enterprise=MACHINES, instructor=None, ended_on=ENDS)) == []


def test_a_willing_enterprise_starts_the_clock_of_the_visit_on_the_day_it_said_so() -> None:
    assert VISIT.opens(willing()) == Start(MACHINES, STATED)


@pytest.mark.parametrize("will", [Will.HESITANT, Will.REFUSING])
def test_one_that_is_not_willing_stops_it(will: Will) -> None:
    assert VISIT.opens(unwilling(will)) is None
    assert VISIT.closes(unwilling(will)) == MACHINES


@pytest.mark.parametrize("event", [visited(), approval()])
def test_a_visit_or_a_founded_union_stops_it(event: Event) -> None:
    assert VISIT.closes(event) == MACHINES


@pytest.mark.parametrize("event", [*a_listed_enterprise(), surveyed(), willing(), overdue()])
def test_nothing_else_does(event: Event) -> None:
    assert VISIT.closes(event) is None


def test_when_it_runs_out_the_visit_is_overdue() -> None:
    assert VISIT.then(MACHINES, DUE) == MarkVisitOverdue(enterprise=MACHINES, due_on=DUE)


def test_the_60_days_are_a_clock_of_their_own() -> None:
    (begun,) = a_begun_accompaniment()
    ended = an_ended_accompaniment()[-2]
    assert ALONGSIDE.opens(begun) == Start(MACHINES, APPROVED)
    assert ALONGSIDE.closes(ended) == MACHINES
    assert ALONGSIDE.then(MACHINES, ENDS) == EndAccompaniment(enterprise=MACHINES, ended_on=ENDS)
    assert not any(ALONGSIDE.opens(event) or ALONGSIDE.closes(event) for event in a_unionized_enterprise())


@pytest.mark.parametrize(("deadline", "start", "due"), [(VISIT, STATED, DUE), (ALONGSIDE, APPROVED, ENDS)])
def test_a_clock_runs_out_on_the_day_that_the_event_promised(deadline: Deadline, start: date, due: date) -> None:
    assert deadline.rule.due(start, calendar.load()).on == due


def test_every_command_of_a_policy_or_a_deadline_is_decided_here() -> None:
    decided = {command for decision in DECISIONS for command in decision.commands}
    assert {BeginAccompaniment, ReleaseInstructor, MarkVisitOverdue, EndAccompaniment, ReviewPlan} <= decided
