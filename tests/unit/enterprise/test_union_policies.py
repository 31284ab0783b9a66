from datetime import date, timedelta

import pytest

from contracts import calendar
from contracts.enterprise import (
    AccompanimentExtended,
    ClosingReason,
    DissolutionReason,
    EnterpriseClosed,
    EnterpriseLeft,
    EnterpriseMerged,
    InstructorLeft,
    LeavingReason,
    UnionDissolved,
    UnionEnded,
    UnionForm,
)
from contracts.event import Event
from eventing.deadlines import Start
from eventing.decision import Command
from services.enterprise.commands import (
    BreakOffAccompaniment,
    EndAccompaniment,
    EndUnion,
    EstablishUnion,
    MarkReturnVisitMissed,
    MarkTermOverrun,
    ReleaseInstructor,
)
from services.enterprise.policies import DEADLINES, POLICIES
from tests.support.enterprises import (
    APPROVED,
    BAKERY,
    ENDS,
    LI,
    MACHINES,
    RETURN_DUE,
    TERM_ENDS,
    TODAY,
    XINCHENG,
    a_begun_accompaniment,
    an_ended_accompaniment,
    an_own_union,
    approval,
)
from tests.support.unions import NEXT_RETURN, RETURNED, renewed, visited_again

CLOCKS = {deadline.name: deadline for deadline in DEADLINES}
ESTABLISHED = an_own_union()[-1]
ENDED = UnionEnded(enterprise=MACHINES, ended_on=TODAY)
LONGER = ENDS + timedelta(days=30)
EXTENDED = AccompanimentExtended(enterprise=MACHINES, ends_on=LONGER)


def reactions(event: Event) -> list[Command]:
    return [
        command
        for policy in POLICIES["enterprise"]
        if isinstance(event, policy.on) and policy.when(event)
        for command in policy.then(event)
    ]


def test_an_approved_own_union_is_established() -> None:
    establish = EstablishUnion(enterprise=MACHINES, union=XINCHENG, approved_on=APPROVED, term_ends_on=None)
    assert establish in reactions(approval())
    joint = approval().model_copy(update={"form": UnionForm.JOINT})
    assert not any(isinstance(command, EstablishUnion) for command in reactions(joint))


@pytest.mark.parametrize(
    "event",
    [
        UnionDissolved(enterprise=MACHINES, reason=DissolutionReason.SHELL, dissolved_on=TODAY),
        EnterpriseClosed(enterprise=MACHINES, reason=ClosingReason.BANKRUPT, closed_on=TODAY),
        EnterpriseMerged(enterprise=MACHINES, into=BAKERY, merged_on=TODAY),
        EnterpriseLeft(enterprise=MACHINES, province="510000", reason=LeavingReason.RELOCATED, left_on=TODAY),
    ],
)
def test_its_dissolution_and_every_end_of_the_enterprise_end_it(event: Event) -> None:
    assert EndUnion(enterprise=MACHINES, ended_on=TODAY) in reactions(event)


def test_with_the_union_ends_the_time_alongside() -> None:
    assert reactions(ENDED) == [BreakOffAccompaniment(enterprise=MACHINES, ended_on=TODAY)]


def test_an_instructor_who_left_has_room_again() -> None:
    left = InstructorLeft(enterprise=MACHINES, instructor=LI, left_on=TODAY, replace_by=TODAY)
    assert reactions(left) == [ReleaseInstructor(enterprise=MACHINES, instructor=LI)]


@pytest.mark.parametrize(
    ("name", "event", "start", "due"),
    [
        ("term", ESTABLISHED, TERM_ENDS, TERM_ENDS),
        ("term", renewed(), date(2030, 6, 10), date(2030, 6, 10)),
        ("return-visit", ESTABLISHED, APPROVED, RETURN_DUE),
        ("return-visit", visited_again(), RETURNED, NEXT_RETURN),
        ("alongside", a_begun_accompaniment()[0], APPROVED, ENDS),
        ("extension", EXTENDED, LONGER, LONGER),
    ],
)
def test_a_clock_runs_out_on_the_day_that_the_event_says(name: str, event: Event, start: date, due: date) -> None:
    assert CLOCKS[name].opens(event) == Start(MACHINES, start)
    assert CLOCKS[name].rule.due(start, calendar.load()).on == due


def test_without_a_term_no_clock_of_it_runs() -> None:
    assert CLOCKS["term"].opens(an_own_union(term_ends_on=None)[-1]) is None


@pytest.mark.parametrize("name", ["term", "return-visit"])
def test_a_union_that_ended_has_no_clocks(name: str) -> None:
    assert CLOCKS[name].closes(ENDED) == MACHINES
    assert CLOCKS[name].closes(ESTABLISHED) is None
    assert CLOCKS[name].opens(ENDED) is None


def test_an_extended_time_ends_by_the_other_clock() -> None:
    ended = an_ended_accompaniment()[-2]
    assert CLOCKS["alongside"].closes(EXTENDED) == CLOCKS["alongside"].closes(ended) == MACHINES
    assert CLOCKS["extension"].closes(ended) == MACHINES
    assert CLOCKS["extension"].opens(ended) is None


def test_what_is_given_when_a_clock_runs_out() -> None:
    assert CLOCKS["term"].then(MACHINES, TERM_ENDS) == MarkTermOverrun(enterprise=MACHINES, ended_on=TERM_ENDS)
    assert CLOCKS["return-visit"].then(MACHINES, RETURN_DUE) == MarkReturnVisitMissed(
        enterprise=MACHINES, due_on=RETURN_DUE
    )
    assert CLOCKS["extension"].then(MACHINES, LONGER) == EndAccompaniment(enterprise=MACHINES, ended_on=LONGER)
