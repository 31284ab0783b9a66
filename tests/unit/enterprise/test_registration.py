from datetime import date, timedelta

import pytest

from contracts.enterprise import EnterpriseRegistered, Ownership
from contracts.event import Event
from services.enterprise.commands import DescribeEnterprise, RegisterEnterprise, SurveyEnterprise
from tests.support.enterprises import (
    BAKERY,
    MACHINES,
    REGISTERED,
    TODAY,
    XIAN,
    XINCHENG,
    a_listed_enterprise,
    a_moved_enterprise,
    a_unionized_enterprise,
    closed,
    described,
    given,
)

NAME = "西安示例机械有限公司"
A_DAY = timedelta(days=1)
TOWN = "t-610102-01"


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
        "registered_already", "enterprise", enterprise=MACHINES, union=XINCHENG, registered_on=REGISTERED
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


def test_industry_town_and_parent_are_entered_where_they_are_known() -> None:
    more = {"industry": "C34", "town": TOWN, "parent": BAKERY}
    (plain,) = a_listed_enterprise()
    asked = register().model_copy(update=more)
    given().when(asked).then(plain.model_copy(update=more))
    given(plain).when(asked).refused("registered_already", "enterprise")


def test_a_registration_that_leaves_them_out_is_the_same_request_as_before_there_were_any() -> None:
    """Mechanism: `exclude_if` keeps the fingerprint of a command that was sent before they were known."""
    assert register().model_dump_json() == (
        f'{{"enterprise":"{MACHINES}","name":"{NAME}","ownership":"private","county":"610102","union":"u-610102",'
        '"registered_on":"2025-05-06"}'
    )


def test_a_town_is_of_the_county() -> None:
    given().when(register().model_copy(update={"town": "t-610103-01"})).refused(
        "town_elsewhere", "town", town="t-610103-01", county="610102"
    )


def test_no_enterprise_is_its_own_branch() -> None:
    given().when(register().model_copy(update={"parent": MACHINES})).refused("names_itself", "parent")


def describe(on: date = TODAY, town: str | None = TOWN, parent: str | None = None) -> DescribeEnterprise:
    return DescribeEnterprise(
        enterprise=MACHINES,
        name="西安示例精密机械有限公司",
        ownership=Ownership.FOREIGN,
        industry="C34",
        town=town,
        parent=parent,
        described_on=on,
    )


@pytest.mark.parametrize("history", [a_listed_enterprise(), a_unionized_enterprise()])
def test_an_enterprise_is_described_anew_whatever_has_happened(history: tuple[Event, ...]) -> None:
    given(*history).when(describe()).then(described())


def test_what_is_so_already_is_nothing_new_and_the_registration_stays_what_it_was() -> None:
    given(*a_listed_enterprise(), described()).when(describe()).nothing_new()
    given(*a_listed_enterprise(), described()).when(register()).nothing_new()


def test_an_enterprise_that_is_not_listed_is_not_described() -> None:
    given().when(describe()).refused("enterprise_unknown", "enterprise")


def test_nor_is_one_that_has_ended() -> None:
    given(*a_listed_enterprise(), closed()).when(describe()).refused("enterprise_gone", "enterprise")


def test_it_is_described_in_the_county_where_it_is_now() -> None:
    given(*a_moved_enterprise()).when(describe()).refused("town_elsewhere", "town", county="610103")
    given(*a_moved_enterprise()).when(describe(town="t-610103-02")).then(described(town="t-610103-02"))


def test_particulars_older_than_those_known_are_refused() -> None:
    given(*a_listed_enterprise()).when(describe(on=REGISTERED - A_DAY)).refused(
        "newer_particulars_known", "described_on", known_on=REGISTERED
    )
    given(*a_listed_enterprise(), described()).when(describe(on=TODAY - A_DAY, town=None)).refused(
        "newer_particulars_known", "described_on", known_on=TODAY
    )


def test_nothing_is_described_in_the_future_nor_as_its_own_branch() -> None:
    given(*a_listed_enterprise()).when(describe(on=TODAY + A_DAY)).refused("in_the_future", "described_on")
    given(*a_listed_enterprise()).when(describe(parent=MACHINES)).refused("names_itself", "parent")


def test_describing_is_a_matter_of_the_union_that_looks_after_it_now() -> None:
    assert given(*a_listed_enterprise()).when(describe()).owner() == XINCHENG
    assert given(*a_moved_enterprise()).when(describe()).owner() == "u-610103"
