from datetime import date, timedelta

import pytest

from contracts.creditcode import make_credit_code
from contracts.enterprise import SurveyClosed
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.commands import CloseSurvey, EnterOnBaseline
from services.enterprise.decider.baseline import BASELINE as BASELINES
from services.enterprise.decider.baseline import SURVEY
from services.enterprise.policies.baseline import POLICIES
from services.enterprise.views.baseline import BASELINE, BaselineRow
from tests.support.enterprises import (
    BAKERY,
    GONE,
    MACHINES,
    MOVED,
    REGISTERED,
    SURVEYED,
    TODAY,
    XINCHENG,
    a_listed_enterprise,
    a_surveyed_enterprise,
    closed,
    given,
    moved,
    on_baseline,
    survey_closed,
    surveyed,
)
from tests.support.given import fold

A_DAY = timedelta(days=1)


def close(on: date = TODAY, county: str = "610102") -> CloseSurvey:
    return CloseSurvey(county=county, closed_on=on)


def enter(county: str = "610102", on: date = TODAY) -> EnterOnBaseline:
    return EnterOnBaseline(enterprise=MACHINES, county=county, closed_on=on)


def test_what_stands_on_the_countys_list_is_its_baseline() -> None:
    both = (*a_surveyed_enterprise(BAKERY), *a_surveyed_enterprise())
    given(*both).when(close()).then(survey_closed(MACHINES, BAKERY))


def test_one_that_was_not_surveyed_is_not_on_it() -> None:
    given(*a_listed_enterprise(BAKERY), *a_surveyed_enterprise()).when(close()).then(survey_closed(MACHINES))


def test_nor_one_of_another_county() -> None:
    given(*a_surveyed_enterprise(BAKERY), *a_surveyed_enterprise(), moved()).when(close()).then(survey_closed(BAKERY))


@pytest.mark.parametrize(
    ("on", "codes"),
    [(REGISTERED, None), (SURVEYED, (MACHINES,)), (GONE - A_DAY, (MACHINES, BAKERY)), (GONE, (BAKERY,))],
)
def test_a_survey_closed_late_takes_the_list_as_it_was_that_day(on: date, codes: tuple[str, ...] | None) -> None:
    """Mechanism: the days of the facts decide, the first count's among them, not the order in which they came."""
    history = (
        *a_surveyed_enterprise(),
        surveyed(on=TODAY),
        closed(),
        *a_listed_enterprise(BAKERY),
        surveyed(BAKERY, on=MOVED),
    )
    if codes is None:
        given(*history).when(close(on)).refused("nobody_surveyed", "county", county="610102", closed_on=on)
    else:
        given(*history).when(close(on)).then(survey_closed(*codes, on=on))


def test_one_that_was_counted_before_it_was_registered_is_not_on_the_list_of_that_day() -> None:
    counted_early = (*a_listed_enterprise(), surveyed(on=REGISTERED - A_DAY))
    given(*counted_early).when(close(REGISTERED - A_DAY)).refused("nobody_surveyed", "county")
    given(*counted_early).when(close(REGISTERED)).then(survey_closed(MACHINES, on=REGISTERED))


def test_a_long_list_is_told_in_parts_of_100() -> None:
    codes = [make_credit_code("91", "610102", number) for number in range(1, 202)]
    history = [event for code in codes for event in a_surveyed_enterprise(code)]
    parts = given(*history).when(close()).decide()
    assert all(isinstance(part, SurveyClosed) for part in parts)
    told = [part for part in parts if isinstance(part, SurveyClosed)]
    assert [(part.part, part.parts, len(part.enterprises)) for part in told] == [(1, 3, 100), (2, 3, 100), (3, 3, 1)]
    assert [code for part in told for code in part.enterprises] == sorted(codes)
    given(*history, *told).when(close()).nothing_new()


def test_closed_again_is_nothing_new_whoever_has_come_since() -> None:
    history = (*a_surveyed_enterprise(), survey_closed(MACHINES), *a_surveyed_enterprise(BAKERY))
    given(*history).when(close()).nothing_new()


def test_closed_on_another_day_is_refused_with_the_day() -> None:
    given(*a_surveyed_enterprise(), survey_closed(MACHINES)).when(close(TODAY - A_DAY)).refused(
        "survey_closed", "closed_on", county="610102", closed_on=TODAY
    )


def test_an_empty_list_is_not_frozen() -> None:
    given(*a_listed_enterprise()).when(close()).refused("nobody_surveyed", "county")


def test_no_survey_is_closed_in_the_future() -> None:
    given(*a_surveyed_enterprise()).when(close(TODAY + A_DAY)).refused("in_the_future", "closed_on")


@pytest.mark.parametrize(
    ("county", "code"),
    [
        ("610100", "not_a_county"),
        ("610125", "county_replaced"),
        ("330104", "county_not_valid"),
        ("620102", "county_without_union"),
    ],
)
def test_a_county_of_that_day_with_a_union_closes_it(county: str, code: str) -> None:
    given(*a_surveyed_enterprise()).when(close(county=county)).refused(code, "county")


def test_it_is_a_matter_of_the_countys_union() -> None:
    assert given().when(close()).owner() == XINCHENG


def test_a_survey_is_not_closed_on_two_days() -> None:
    with pytest.raises(ValueError, match="one day"):
        fold(SURVEY.of("610102"), [survey_closed(MACHINES), survey_closed(BAKERY, on=GONE)])


def test_each_enterprise_of_a_closed_survey_comes_on_the_baseline() -> None:
    (policy,) = POLICIES
    assert policy.on is SurveyClosed
    assert policy.then(survey_closed(MACHINES, BAKERY)) == (
        enter(),
        EnterOnBaseline(enterprise=BAKERY, county="610102", closed_on=TODAY),
    )
    given(survey_closed(MACHINES)).when(enter()).then(on_baseline())


@pytest.mark.parametrize("again", [enter(), enter(on=GONE), enter(county="610103")])
def test_an_enterprise_stays_on_the_baseline_that_it_came_on_first(again: EnterOnBaseline) -> None:
    given(on_baseline()).when(again).nothing_new()


def test_on_one_baseline_only() -> None:
    with pytest.raises(ValueError, match="one baseline"):
        fold(BASELINES.of(MACHINES), [on_baseline(), on_baseline(on=GONE)])


def test_the_baseline_stays_as_it_was_whatever_happens_to_the_enterprise() -> None:
    history: tuple[Event, ...] = (*a_surveyed_enterprise(), survey_closed(MACHINES), on_baseline(), moved(), closed())
    rows, _ = fold_in_memory(BASELINE, history)
    assert rows == {MACHINES: BaselineRow(MACHINES, "610102", TODAY)}
