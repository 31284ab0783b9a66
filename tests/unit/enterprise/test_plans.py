from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    ClosingReason,
    EnterpriseClosed,
    EnterpriseDescribed,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    FoundingPlanned,
    LeavingReason,
    Ownership,
    PlanLeaving,
    PlanStep,
    PlanStepDone,
)
from contracts.event import Event
from services.enterprise import rules
from services.enterprise.commands import AgreePlanStep, CheckPlan, DoPlanStep, PlanFounding, ReviewPlan
from services.enterprise.decider.plan import Open
from services.enterprise.policies.plans import POLICIES
from tests.support.enterprises import (
    APPROVED,
    BAKERY,
    LI,
    MACHINES,
    REGISTERED,
    SURVEYED,
    TODAY,
    WANG,
    XIAN,
    XINCHENG,
    a_listed_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    approval,
    given,
    surveyed,
)
from tests.support.foundings import (
    AGREED_FOR,
    CHECKED,
    DISSOLVED,
    agreed,
    awaits,
    dissolved,
    left,
    one_awaiting_the_check,
    one_on_the_list,
    one_sent_back,
    one_struck_off,
    opened,
    returned,
    struck_off,
)

A_DAY = timedelta(days=1)
JUNE = date(2025, 6, 1)
DAYS = st.dates(REGISTERED, TODAY)
STEP = PlanStep.TALK_WITH_WORKERS
REVIEW = ReviewPlan(enterprise=MACHINES)

CLOSED = EnterpriseClosed(enterprise=MACHINES, reason=ClosingReason.DEREGISTERED, closed_on=JUNE)
MERGED = EnterpriseMerged(enterprise=MACHINES, into=BAKERY, merged_on=JUNE)
GONE = EnterpriseLeft(enterprise=MACHINES, province="510000", reason=LeavingReason.RELOCATED, left_on=JUNE)
MOVED = EnterpriseMoved(enterprise=MACHINES, county="610103", union="u-610103", moved_on=JUNE)
IN_BEILIN = opened(on=JUNE, county="610103", union="u-610103")


def described(ownership: Ownership) -> EnterpriseDescribed:
    return EnterpriseDescribed(
        enterprise=MACHINES,
        name="西安示例机械有限公司",
        ownership=ownership,
        industry=None,
        town=None,
        parent=None,
        described_on=JUNE,
    )


def agree(step: PlanStep = STEP, officer: str = LI, due: date = AGREED_FOR) -> AgreePlanStep:
    return AgreePlanStep(enterprise=MACHINES, step=step, officer=officer, due_on=due)


def do(on: date = AGREED_FOR) -> DoPlanStep:
    return DoPlanStep(enterprise=MACHINES, step=STEP, done_on=on)


def done(on: date = AGREED_FOR) -> PlanStepDone:
    return PlanStepDone(enterprise=MACHINES, step=STEP, done_on=on)


def plan_for(on: date) -> PlanFounding:
    return PlanFounding(enterprise=MACHINES, planned_on=on)


def planned(on: date) -> FoundingPlanned:
    return FoundingPlanned(enterprise=MACHINES, planned_on=on)


def check(approved: bool = True, on: date = CHECKED) -> CheckPlan:
    return CheckPlan(enterprise=MACHINES, approved=approved, checked_on=on)


# Who comes on the list.


def test_from_100_workers_on_an_enterprise_without_a_union_has_a_plan() -> None:
    given(*a_listed_enterprise(), surveyed(headcount=100)).when(REVIEW).then(opened(headcount=100))
    given(*a_listed_enterprise(), surveyed(headcount=99)).when(REVIEW).nothing_new()


def test_dispatched_workers_bring_none_on_the_list() -> None:
    given(*a_listed_enterprise(), surveyed(headcount=99, dispatched=50)).when(REVIEW).nothing_new()


@pytest.mark.parametrize("ownership", [Ownership.STATE, Ownership.COLLECTIVE])
def test_public_ones_are_not_on_it(ownership: Ownership) -> None:
    given(*a_surveyed_enterprise(ownership=ownership)).when(REVIEW).nothing_new()


@pytest.mark.parametrize("department", ["92", "93"])
def test_nor_are_sole_proprietors_and_cooperatives(department: str) -> None:
    other = make_credit_code(department, "610102", 1)
    given(*a_surveyed_enterprise(other)).when(ReviewPlan(enterprise=other)).nothing_new()


def test_unknown_and_uncounted_ones_are_not_on_it() -> None:
    given().when(REVIEW).nothing_new()
    given(*a_listed_enterprise()).when(REVIEW).nothing_new()


def test_whatever_changes_that_has_it_reviewed() -> None:
    (policy,) = POLICIES
    causes: tuple[Event, ...] = (
        surveyed(),
        approval(),
        dissolved(),
        CLOSED,
        MERGED,
        GONE,
        MOVED,
        described(Ownership.STATE),
    )
    for event in causes:
        assert isinstance(event, policy.on)
        assert policy.then(event) == (REVIEW,)
    assert {type(event) for event in causes} == set(policy.on if isinstance(policy.on, tuple) else ())


def test_reviewed_twice_is_nothing_new() -> None:
    for history in (one_on_the_list(), one_awaiting_the_check(), one_sent_back(), one_struck_off()):
        given(*history).when(REVIEW).nothing_new()


# Over and under a hundred.


def test_growing_over_a_hundred_opens_a_plan_on_that_day() -> None:
    grown = (*a_listed_enterprise(), surveyed(headcount=80), surveyed(headcount=120, on=JUNE))
    given(*grown).when(REVIEW).then(opened(on=JUNE))


def test_falling_below_leaves_the_list_and_is_not_struck_off() -> None:
    below = (*one_on_the_list(), surveyed(headcount=99, on=JUNE))
    given(*below).when(REVIEW).then(left(PlanLeaving.BELOW_100, JUNE))


def test_and_growing_again_comes_back() -> None:
    below = (*one_on_the_list(), surveyed(headcount=99, on=JUNE), left(PlanLeaving.BELOW_100, JUNE))
    given(*below).when(REVIEW).nothing_new()
    given(*below, surveyed(headcount=105, on=TODAY)).when(REVIEW).then(opened(on=TODAY, headcount=105))


def test_an_older_survey_that_is_entered_late_opens_nothing() -> None:
    small = (*a_listed_enterprise(), surveyed(headcount=80, on=JUNE))
    given(*small, surveyed(headcount=120, on=SURVEYED)).when(REVIEW).nothing_new()


def test_and_takes_nothing_off_the_list() -> None:
    large = (*a_listed_enterprise(), surveyed(headcount=120, on=JUNE), opened(on=JUNE))
    given(*large, surveyed(headcount=80, on=SURVEYED)).when(REVIEW).nothing_new()


@for_all(st.lists(st.tuples(DAYS, st.sampled_from((99, 100))), min_size=1, max_size=6, unique_by=lambda each: each[0]))
def test_in_whatever_order_they_are_entered_the_latest_days_survey_decides(counts: list[tuple[date, int]]) -> None:
    history = a_listed_enterprise()
    for day, headcount in counts:
        history = (*history, surveyed(headcount=headcount, on=day))
        history = (*history, *given(*history).when(REVIEW).decide())
    on_the_list = isinstance(given(*history).states(REVIEW)[0], Open)
    assert on_the_list == (max(counts)[1] == 100)


def test_a_survey_corrected_for_the_same_day_decides() -> None:
    given(*one_on_the_list(), surveyed(headcount=80)).when(REVIEW).then(left(PlanLeaving.BELOW_100, SURVEYED))


def test_the_day_on_which_it_came_over_a_hundred_counts_not_that_of_the_latest_survey() -> None:
    counts = (surveyed(headcount=140, on=TODAY), surveyed(headcount=80), surveyed(headcount=110, on=JUNE))
    given(*a_listed_enterprise(), *counts).when(REVIEW).then(opened(on=JUNE, headcount=140))


# Ends, moves, another owner.


@pytest.mark.parametrize(
    ("end", "reason"),
    [(CLOSED, PlanLeaving.CLOSED), (MERGED, PlanLeaving.CLOSED), (GONE, PlanLeaving.MOVED)],
)
def test_what_ends_the_enterprise_takes_it_off_the_list(end: Event, reason: PlanLeaving) -> None:
    given(*one_on_the_list(), end).when(REVIEW).then(left(reason, JUNE))
    given(*one_awaiting_the_check(), end).when(REVIEW).then(left(reason, JUNE))
    given(*one_struck_off(), end).when(REVIEW).nothing_new()
    given(*a_surveyed_enterprise(), end).when(REVIEW).nothing_new()


def test_who_moves_leaves_one_countys_list_and_comes_on_the_others() -> None:
    given(*one_on_the_list(), MOVED).when(REVIEW).then(left(PlanLeaving.MOVED, JUNE), IN_BEILIN)


def test_what_was_agreed_goes_along() -> None:
    moved = (*one_on_the_list(), agreed(), planned(TODAY), MOVED, left(PlanLeaving.MOVED, JUNE), IN_BEILIN)
    given(*moved).when(agree()).nothing_new()
    given(*moved).when(plan_for(TODAY)).nothing_new()
    given(*moved).when(do()).then(done())


def test_a_check_that_is_awaited_is_awaited_there() -> None:
    given(*one_awaiting_the_check(), MOVED).when(REVIEW).then(left(PlanLeaving.MOVED, JUNE), IN_BEILIN, awaits())


def test_what_was_struck_off_stays_so() -> None:
    given(*one_struck_off(), MOVED).when(REVIEW).nothing_new()
    given(*one_struck_off(), surveyed(headcount=80, on=JUNE)).when(REVIEW).nothing_new()
    given(*one_struck_off(), surveyed(headcount=200, on=JUNE)).when(REVIEW).nothing_new()


def test_who_becomes_public_leaves_and_who_becomes_private_comes() -> None:
    given(*one_on_the_list(), described(Ownership.STATE)).when(REVIEW).then(left(PlanLeaving.OUTSIDE, JUNE))
    given(*one_on_the_list(), described(Ownership.FOREIGN)).when(REVIEW).nothing_new()
    public = a_surveyed_enterprise(ownership=Ownership.STATE)
    given(*public, described(Ownership.PRIVATE)).when(REVIEW).then(opened(on=JUNE))


# The union, the check, the dissolution.


def test_an_approved_own_union_awaits_the_check() -> None:
    given(*a_unionized_enterprise(), opened()).when(REVIEW).then(awaits())


def test_one_that_was_founded_before_the_list_was_looked_at_awaits_it_too() -> None:
    given(*a_unionized_enterprise()).when(REVIEW).then(opened(), awaits())


def test_who_grows_over_a_hundred_with_a_union_is_not_on_the_list() -> None:
    small = tuple(surveyed(headcount=80) if event == surveyed() else event for event in a_unionized_enterprise())
    given(*small, surveyed(headcount=120, on=APPROVED + A_DAY)).when(REVIEW).nothing_new()


def test_the_union_next_up_strikes_off() -> None:
    given(*one_awaiting_the_check()).when(check()).then(struck_off())
    assert given(*one_awaiting_the_check()).when(check()).owner() == XIAN


def test_or_sends_back_and_checks_again_later() -> None:
    given(*one_awaiting_the_check()).when(check(approved=False)).then(returned())
    given(*one_sent_back()).when(check(on=CHECKED + A_DAY)).then(struck_off(CHECKED + A_DAY))
    given(*one_sent_back()).when(check(approved=False, on=JUNE)).then(returned(JUNE))


def test_checked_twice_is_nothing_new() -> None:
    given(*one_struck_off()).when(check()).nothing_new()
    given(*one_sent_back()).when(check(approved=False)).nothing_new()


def test_no_check_comes_before_the_approval_or_the_last_check_or_in_the_future() -> None:
    given(*one_awaiting_the_check()).when(check(on=APPROVED - A_DAY)).refused(
        "checked_too_early", "checked_on", not_before=APPROVED
    )
    given(*one_sent_back()).when(check(on=CHECKED - A_DAY)).refused(
        "checked_too_early", "checked_on", not_before=CHECKED
    )
    given(*one_awaiting_the_check()).when(check(on=TODAY + A_DAY)).refused("in_the_future", "checked_on")


def test_there_must_be_something_to_check() -> None:
    given(*a_surveyed_enterprise()).when(check()).refused("plan_unknown", "enterprise")
    given(*one_on_the_list()).when(check()).refused("nothing_to_check")
    given(*one_awaiting_the_check(), dissolved()).when(check()).refused("nothing_to_check")
    given(*one_struck_off()).when(check(approved=False)).refused("plan_struck_off", checked_on=CHECKED)
    gone = (*one_on_the_list(), CLOSED, left(PlanLeaving.CLOSED, JUNE))
    given(*gone).when(check()).refused("plan_left", left_on=JUNE)


@pytest.mark.parametrize("history", [one_awaiting_the_check(), one_sent_back(), one_struck_off()])
def test_a_dissolved_union_opens_it_again(history: tuple[Event, ...]) -> None:
    given(*history, dissolved()).when(REVIEW).then(opened(on=DISSOLVED))


def test_unless_it_does_not_count_any_more() -> None:
    below = surveyed(headcount=80, on=JUNE)
    given(*one_awaiting_the_check(), below, dissolved()).when(REVIEW).then(left(PlanLeaving.BELOW_100, JUNE))
    given(*one_struck_off(), below, dissolved()).when(REVIEW).nothing_new()


def test_a_second_union_is_checked_again() -> None:
    anew = approval().model_copy(update={"approved_on": TODAY})
    given(*one_struck_off(), dissolved(), opened(on=DISSOLVED), anew).when(REVIEW).then(awaits(TODAY))
    # The list need not have been looked at between the two.
    given(*one_struck_off(), dissolved(), anew).when(REVIEW).then(opened(on=DISSOLVED), awaits(TODAY))
    given(*one_sent_back(), dissolved(), anew).when(REVIEW).then(awaits(TODAY))


# What is agreed in it.


@pytest.mark.parametrize("history", [one_on_the_list(), one_awaiting_the_check(), one_sent_back()])
def test_who_does_what_by_when_is_agreed_as_long_as_it_is_on_the_list(history: tuple[Event, ...]) -> None:
    given(*history).when(agree()).then(agreed())
    given(*history, agreed()).when(agree()).nothing_new()


def test_and_changed_by_agreeing_again() -> None:
    given(*one_on_the_list(), agreed()).when(agree(officer=WANG, due=JUNE)).then(agreed(officer=WANG, due=JUNE))


def test_a_step_is_done_once() -> None:
    given(*one_on_the_list(), agreed()).when(do()).then(done())
    given(*one_on_the_list(), agreed(), done()).when(do()).nothing_new()
    given(*one_on_the_list(), agreed(), done()).when(do(JUNE)).refused("step_done_already", "done_on")


def test_and_again_when_it_was_agreed_anew() -> None:
    given(*one_on_the_list(), agreed(), done(), agreed(due=JUNE)).when(do(JUNE)).then(done(JUNE))


def test_what_was_not_agreed_is_not_done_and_nothing_in_the_future() -> None:
    other = agreed(PlanStep.FIND_PREPARERS)
    given(*one_on_the_list(), other).when(do()).refused("step_not_agreed", "step", step=STEP.value)
    given(*one_on_the_list(), agreed()).when(do(TODAY + A_DAY)).refused("in_the_future", "done_on")


def test_the_founding_is_planned_for_a_day_and_may_be_put_off() -> None:
    given(*one_on_the_list()).when(plan_for(TODAY)).then(planned(TODAY))
    given(*one_on_the_list(), planned(TODAY)).when(plan_for(TODAY)).nothing_new()
    later = TODAY + timedelta(days=30)
    given(*one_on_the_list(), planned(TODAY)).when(plan_for(later)).then(planned(later))


def test_nothing_is_planned_for_a_day_before_the_plan() -> None:
    given(*one_on_the_list()).when(plan_for(REGISTERED)).refused("before_the_plan", "planned_on", opened_on=SURVEYED)
    given(*one_on_the_list()).when(agree(due=REGISTERED)).refused("before_the_plan", "due_on", opened_on=SURVEYED)


def test_off_the_list_nothing_is_planned() -> None:
    gone = (*one_on_the_list(), agreed(), CLOSED, left(PlanLeaving.CLOSED, JUNE))
    done_with = (*a_unionized_enterprise(), opened(), agreed(), awaits(), struck_off())
    for command in (agree(due=JUNE), do(), plan_for(TODAY)):
        given(*a_surveyed_enterprise()).when(command).refused("plan_unknown", "enterprise")
        given(*gone).when(command).refused("plan_left", left_on=JUNE)
        given(*done_with).when(command).refused("plan_struck_off", checked_on=CHECKED)


def test_the_union_on_whose_list_it_is_plans() -> None:
    for command in (agree(), do(), plan_for(TODAY), REVIEW):
        assert given(*one_on_the_list()).when(command).owner() == XINCHENG
        assert given(*a_surveyed_enterprise()).when(command).owner() == XINCHENG
        assert given().when(command).owner() is None
    moved = (*one_on_the_list(), MOVED, left(PlanLeaving.MOVED, JUNE), IN_BEILIN)
    assert given(*moved).when(agree()).owner() == "u-610103"


def test_where_nobody_is_above_the_union_checks_itself() -> None:
    top = (*a_surveyed_enterprise(union="u-acftu"), opened(union="u-acftu"), approval(), awaits())
    assert given(*top).when(check()).owner() == "u-acftu"
    assert given().when(check()).owner() is None


def test_from_how_many_workers_on_there_is_a_plan_is_a_number_of_the_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the day on which they were counted."""
    hundred = rules.on(SURVEYED)
    eighty = hundred.model_copy(update={"plan_from": 80})
    eighty_workers = (*a_listed_enterprise(), surveyed(headcount=80))
    given(*eighty_workers).when(ReviewPlan(enterprise=MACHINES)).nothing_new()
    monkeypatch.setattr(rules.RULES, "by_day", ((SURVEYED, eighty), (date(1949, 10, 1), hundred)))
    given(*eighty_workers).when(ReviewPlan(enterprise=MACHINES)).then(...)
