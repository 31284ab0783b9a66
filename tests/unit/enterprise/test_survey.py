from datetime import date, timedelta

import pytest

from contracts.enterprise import SizeClass, Will, WillStated
from contracts.event import Event
from services.enterprise.commands import StateWill, SurveyEnterprise
from tests.support.enterprises import (
    APPLIED,
    APPROVED,
    DUE,
    MACHINES,
    STATED,
    SURVEYED,
    TODAY,
    a_listed_enterprise,
    a_refusing_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    an_applying_enterprise,
    given,
    surveyed,
    unwilling,
    willing,
)

A_DAY = timedelta(days=1)


def survey(headcount: int = 120, on: date = SURVEYED, dispatched: int = 0) -> SurveyEnterprise:
    return SurveyEnterprise(
        enterprise=MACHINES,
        headcount=headcount,
        dispatched=dispatched,
        size_class=SizeClass.MEDIUM,
        surveyed_on=on,
    )


def state(will: Will, on: date = STATED) -> StateWill:
    return StateWill(enterprise=MACHINES, will=will, stated_on=on)


def test_a_listed_enterprise_is_surveyed() -> None:
    given(*a_listed_enterprise()).when(survey()).then(surveyed())


def test_an_enterprise_that_is_not_listed_is_not_surveyed() -> None:
    given().when(survey()).refused("enterprise_unknown", "enterprise", enterprise=MACHINES)


def test_the_same_survey_again_is_nothing_new() -> None:
    given(*a_surveyed_enterprise()).when(survey()).nothing_new()


@pytest.mark.parametrize(
    "history",
    [
        a_surveyed_enterprise(),
        a_refusing_enterprise(),
        a_willing_enterprise(),
        an_applying_enterprise(),
        a_unionized_enterprise(),
    ],
)
def test_a_new_headcount_is_a_new_survey_whatever_has_happened_since(history: tuple[Event, ...]) -> None:
    given(*history).when(survey(headcount=130, on=SURVEYED + A_DAY)).then(surveyed(headcount=130, on=SURVEYED + A_DAY))


def test_a_count_is_mended_on_its_own_day() -> None:
    given(*a_surveyed_enterprise()).when(survey(headcount=121)).then(surveyed(headcount=121))


def test_dispatched_workers_stand_beside_the_headcount() -> None:
    given(*a_surveyed_enterprise()).when(survey(dispatched=30)).then(surveyed(dispatched=30))


def test_who_does_not_say_how_many_are_dispatched_says_none() -> None:
    asked = SurveyEnterprise(
        enterprise=MACHINES, headcount=120, size_class=SizeClass.MEDIUM, surveyed_on=SURVEYED + A_DAY
    )
    given(*a_listed_enterprise(), surveyed(dispatched=30)).when(asked).then(surveyed(on=SURVEYED + A_DAY))


def test_an_older_count_may_be_entered_later_and_the_latest_day_holds() -> None:
    older = surveyed(headcount=90, on=SURVEYED - A_DAY)
    given(*a_surveyed_enterprise()).when(survey(headcount=90, on=SURVEYED - A_DAY)).then(older)
    given(*a_surveyed_enterprise(), older).when(survey(headcount=90, on=SURVEYED - A_DAY)).nothing_new()
    given(*a_surveyed_enterprise(), older).when(survey()).nothing_new()


def test_nobody_is_counted_in_the_future() -> None:
    given(*a_listed_enterprise()).when(survey(on=TODAY + A_DAY)).refused("in_the_future", "surveyed_on")


def test_a_willing_enterprise_is_to_be_visited_within_five_working_days() -> None:
    given(*a_surveyed_enterprise()).when(state(Will.WILLING)).then(willing())


def test_a_make_up_sunday_is_counted_and_the_holidays_after_it_are_not() -> None:
    friday = date(2025, 4, 25)  # the Sunday after it is worked, 1 to 5 May are not
    given(*a_surveyed_enterprise()).when(state(Will.WILLING, on=friday)).then(willing(on=friday, due=date(2025, 5, 6)))


@pytest.mark.parametrize("will", [Will.HESITANT, Will.REFUSING])
def test_one_that_is_not_willing_is_promised_no_visit(will: Will) -> None:
    given(*a_surveyed_enterprise()).when(state(will)).then(unwilling(will))


def test_without_an_official_arrangement_the_due_day_is_provisional() -> None:
    stated = date(2150, 5, 8)
    (event,) = given(*a_surveyed_enterprise()).when(state(Will.WILLING, on=stated), on=stated).decide()
    assert isinstance(event, WillStated)
    assert event.provisional


def test_its_will_is_asked_after_the_survey() -> None:
    given(*a_listed_enterprise()).when(state(Will.WILLING)).refused("survey_first")


def test_saying_the_same_again_leaves_the_clock_as_it_runs() -> None:
    given(*a_willing_enterprise()).when(state(Will.WILLING, on=DUE)).nothing_new()


def test_a_willing_enterprise_may_come_to_refuse() -> None:
    given(*a_willing_enterprise()).when(state(Will.REFUSING, on=STATED + A_DAY)).then(unwilling(on=STATED + A_DAY))


def test_a_refusing_enterprise_that_comes_round_starts_the_clock() -> None:
    given(*a_refusing_enterprise()).when(state(Will.WILLING, on=STATED + A_DAY)).then(
        willing(on=STATED + A_DAY, due=DUE + A_DAY)
    )


def test_it_may_do_so_on_the_day_of_its_refusal() -> None:
    given(*a_refusing_enterprise()).when(state(Will.WILLING)).then(willing())


def test_a_statement_older_than_the_one_known_is_refused() -> None:
    given(*a_refusing_enterprise()).when(state(Will.WILLING, on=STATED - A_DAY)).refused(
        "will_older_than_known", "stated_on", known_on=STATED
    )


def test_nothing_is_stated_in_the_future() -> None:
    given(*a_surveyed_enterprise()).when(state(Will.WILLING, on=TODAY + A_DAY)).refused("in_the_future", "stated_on")


@pytest.mark.parametrize("history", [an_applying_enterprise(), a_unionized_enterprise()])
def test_one_that_has_applied_has_said_that_it_is_willing(history: tuple[Event, ...]) -> None:
    given(*history).when(state(Will.WILLING, on=TODAY)).nothing_new()


def test_while_an_application_is_pending_its_will_stands() -> None:
    given(*an_applying_enterprise()).when(state(Will.REFUSING, on=TODAY)).refused(
        "application_pending", "will", applied_on=APPLIED
    )


def test_a_unionized_enterprise_has_no_will_to_change() -> None:
    given(*a_unionized_enterprise()).when(state(Will.HESITANT, on=TODAY)).refused("union_exists", approved_on=APPROVED)
