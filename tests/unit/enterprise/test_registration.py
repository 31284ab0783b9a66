from datetime import date, timedelta

import pytest

from contracts.enterprise import EnterpriseRegistered, Ownership
from services.enterprise.commands import RegisterEnterprise, SurveyEnterprise
from tests.support.enterprises import MACHINES, REGISTERED, TODAY, XIAN, XINCHENG, a_listed_enterprise, given

NAME = "西安示例机械有限公司"


def register(
    county: str = "610102", union: str = XINCHENG, on: date | None = REGISTERED, name: str = NAME
) -> RegisterEnterprise:
    return RegisterEnterprise(
        enterprise=MACHINES, name=name, ownership=Ownership.PRIVATE, county=county, union=union, registered_on=on
    )


def test_an_enterprise_is_put_on_the_list() -> None:
    given().when(register()).then(*a_listed_enterprise())


def test_left_out_the_day_of_registration_is_today() -> None:
    given().when(register(on=None)).then(
        EnterpriseRegistered(
            enterprise=MACHINES,
            name=NAME,
            ownership=Ownership.PRIVATE,
            county="610102",
            union=XINCHENG,
            registered_on=TODAY,
        )
    )


@pytest.mark.parametrize("on", [REGISTERED, None])
def test_registered_twice_with_the_same_facts_is_nothing_new(on: date | None) -> None:
    given(*a_listed_enterprise()).when(register(on=on)).nothing_new()


def test_registered_twice_with_other_facts_is_refused() -> None:
    given(*a_listed_enterprise()).when(register(name="另一家有限公司")).refused(
        "registered_already", "enterprise", union=XINCHENG
    )


def test_nothing_is_registered_in_the_future() -> None:
    tomorrow = TODAY + timedelta(days=1)
    given().when(register(on=tomorrow)).refused("in_the_future", "registered_on", day=tomorrow, today=TODAY)


@pytest.mark.parametrize("region", ["610000", "610100"])
def test_an_enterprise_belongs_to_a_county_not_to_what_lies_above(region: str) -> None:
    given().when(register(county=region)).refused("not_a_county", "county", county=region)


def test_a_county_that_became_another_is_refused_and_the_new_code_named() -> None:
    given().when(register(county="610125")).refused("county_replaced", "county", successor="610118")


def test_a_county_that_was_divided_is_refused_without_a_new_code() -> None:
    given().when(register(county="330104")).refused("county_not_valid", "county", county="330104", on=REGISTERED)


def test_the_union_stands_in_the_directory_on_that_day() -> None:
    given().when(register(union="u-999999")).refused("union_unknown", "union", union="u-999999")


def test_a_city_union_may_look_after_an_enterprise_itself() -> None:
    given().when(register(union=XIAN)).then(*a_listed_enterprise(union=XIAN))


def test_registering_is_a_matter_of_the_union_named_and_the_rest_of_the_one_on_the_list() -> None:
    survey = SurveyEnterprise(enterprise=MACHINES, headcount=1, surveyed_on=TODAY)
    assert given().when(register(union=XIAN)).owner() == XIAN
    assert given().when(survey).owner() is None
    assert given(*a_listed_enterprise()).when(survey).owner() == XINCHENG
