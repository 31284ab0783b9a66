"""Do the regions of GB/T 2260 come out right, on the right day?"""

import subprocess
import sys
from datetime import date, timedelta
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AfterValidator, TypeAdapter, ValidationError

from contracts.region_list import successors
from contracts.regions import (
    Level,
    UnknownRegion,
    check_region,
    children,
    contains,
    full_name,
    level,
    name,
    parent,
    successor,
)

TODAY = date(2025, 5, 20)
SHAANXI_COUNTIES = {
    "610100": 13,
    "610200": 4,
    "610300": 12,
    "610400": 14,
    "610500": 11,
    "610600": 13,
    "610700": 11,
    "610800": 12,
    "610900": 10,
    "611000": 7,
}

code_digits = st.from_regex(r"[1-9][0-9]{5}", fullmatch=True)


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("610000", "610100"), ("610100", "610102"), ("610000", "610102"), ("610102", "610102"), ("650000", "659001")],
)
def test_a_region_contains_what_shares_its_pairs(outer: str, inner: str) -> None:
    assert contains(outer, inner)


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("500000", "510000"), ("451000", "451100"), ("610100", "610000"), ("610102", "610100"), ("610100", "610202")],
)
def test_stripped_zeros_would_contain_too_much(outer: str, inner: str) -> None:
    assert not contains(outer, inner)


@given(code_digits, code_digits, code_digits)
def test_containment_is_transitive_and_two_ways_only_for_the_same(a: str, b: str, c: str) -> None:
    assert contains(a, a)
    assert not (contains(a, b) and contains(b, c)) or contains(a, c)
    assert not (contains(a, b) and contains(b, a)) or a == b


def test_containment_of_something_else_than_six_digits_is_refused() -> None:
    with pytest.raises(UnknownRegion) as refused:
        contains("61", "610102")
    assert refused.value.reason == "format"


@pytest.mark.parametrize("text", ["", "61010", "6101022", "61010a", " 610102", "610102\n", "６１０１０２"])
def test_a_code_is_six_ascii_digits(text: str) -> None:
    with pytest.raises(UnknownRegion) as refused:
        check_region(text)
    assert refused.value.reason == "format"


@pytest.mark.parametrize("heading", ["610101", "110100", "500100", "500200", "419000", "659000"])
def test_a_heading_of_the_list_is_no_region(heading: str) -> None:
    for ask in (check_region, level, parent, children, name, full_name):
        with pytest.raises(UnknownRegion) as refused:
            ask(heading)
        assert refused.value.reason == "municipal_district"


@pytest.mark.parametrize("code", ["110101", "469001", "659001", "632301", "500101"])
def test_a_real_county_whose_code_ends_in_01_is_accepted(code: str) -> None:
    assert check_region(code, TODAY) == code


@pytest.mark.parametrize("code", ["000000", "610199", "990000", "619900"])
def test_a_code_that_never_was_is_unknown(code: str) -> None:
    with pytest.raises(UnknownRegion) as refused:
        check_region(code)
    assert refused.value.reason == "unknown"


def test_an_ended_code_names_its_successor_from_the_day_it_ended() -> None:
    assert check_region("610125", date(2016, 11, 23)) == "610125"
    with pytest.raises(UnknownRegion, match="610118") as refused:
        check_region("610125", date(2016, 11, 24))
    assert refused.value.reason == "superseded"
    assert refused.value.successor == "610118"
    assert refused.value.since == date(2016, 11, 24)


def test_the_successor_is_no_region_before_it_begins() -> None:
    with pytest.raises(UnknownRegion) as refused:
        check_region("610118", date(2016, 11, 23))
    assert refused.value.reason == "unknown"
    assert check_region("610118", date(2016, 11, 24)) == "610118"


def test_an_ended_code_stays_readable_when_no_day_is_asked() -> None:
    assert check_region("610125") == "610125"
    assert name("610125") == "户县"


def test_a_divided_district_has_ended_without_one_successor() -> None:
    with pytest.raises(UnknownRegion) as refused:
        check_region("330104", TODAY)
    assert refused.value.reason == "superseded"
    assert refused.value.successor is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("610121", "610116"),
        ("610125", "610118"),
        ("610126", "610117"),
        ("610322", "610305"),
        ("610427", "610482"),
        ("610521", "610503"),
        ("610623", "610681"),
        ("610624", "610603"),
        ("610721", "610703"),
        ("610821", "610881"),
        ("610823", "610803"),
        ("610928", "610981"),
        ("330103", "330105"),
    ],
)
def test_a_successor_stands_today_where_the_old_one_does_not(old: str, new: str) -> None:
    assert successor(old, TODAY) == new
    assert check_region(new, TODAY) == new
    with pytest.raises(UnknownRegion):
        check_region(old, TODAY)


def test_a_successor_is_found_over_two_steps() -> None:
    assert successor("612429", date(2010, 1, 1)) == "610928"
    assert successor("612429", TODAY) == "610981"


def test_a_code_that_stands_has_no_successor() -> None:
    assert successor("610102", TODAY) is None
    assert successor("610125", date(2010, 1, 1)) is None


def test_every_code_of_shaanxi_that_ended_since_2000_has_a_successor_that_stands() -> None:
    in_2000 = [county for city in children("610000", date(2000, 1, 1)) for county in children(city, date(2000, 1, 1))]
    assert len(in_2000) > 80
    for county in in_2000:
        check_region(successor(county, TODAY) or county, TODAY)


def test_shaanxi_has_ten_cities_and_107_counties() -> None:
    cities = children("610000", TODAY)
    assert {city: len(children(city, TODAY)) for city in cities} == SHAANXI_COUNTIES
    assert sum(SHAANXI_COUNTIES.values()) == 107


def test_xian_has_eleven_districts_and_two_counties() -> None:
    names = [name(county, TODAY) for county in children("610100", TODAY)]
    assert sum(called.endswith("区") for called in names) == 11
    assert [called for called in names if called.endswith("县")] == ["蓝田县", "周至县"]


def test_children_are_those_of_the_day() -> None:
    assert "610125" in children("610100", date(2016, 11, 23))
    assert "610118" not in children("610100", date(2016, 11, 23))
    assert children("610100") == children("610100", TODAY)


def test_hangzhou_has_the_districts_of_2021() -> None:
    assert {"330113", "330114"} <= set(children("330100", date(2021, 4, 9)))
    assert {"330103", "330104"} <= set(children("330100", date(2021, 4, 8)))
    assert len(children("330100", TODAY)) == 13
    assert full_name("330113") == "浙江省杭州市临平区"


def test_the_provinces_own_counties_are_right_below_it() -> None:
    assert parent("659001") == "650000"
    assert "659001" in children("650000", TODAY)
    assert "659000" not in children("650000", TODAY)
    assert full_name("659001") == "新疆维吾尔自治区石河子市"


def test_a_municipality_s_districts_are_right_below_it() -> None:
    assert parent("110105") == "110000"
    assert len(children("110000", TODAY)) == 16
    assert len(children("120000", TODAY)) == 16
    assert full_name("110105") == "北京市朝阳区"
    assert parent("500229") == "500000"


def test_each_level_is_told_by_its_digits() -> None:
    assert [level(code) for code in ("610000", "610100", "610102", "659001", "110105")] == [
        Level.PROVINCE,
        Level.CITY,
        Level.COUNTY,
        Level.COUNTY,
        Level.COUNTY,
    ]
    assert parent("610000") is None
    assert children("610102") == ()


def test_the_full_name_goes_from_the_province_down() -> None:
    assert full_name("610102") == "陕西省西安市新城区"
    assert name("610102") == "新城区"


def test_a_name_is_the_one_of_the_day() -> None:
    assert name("610626", date(2004, 12, 31)) == "吴旗县"
    assert name("610626", date(2005, 1, 1)) == "吴起县"
    assert name("530800", TODAY) == "普洱市"
    with pytest.raises(UnknownRegion):
        name("610125", TODAY)


@pytest.mark.parametrize(
    "code",
    ["330110", "130700", "140100", "659001", "410100", "220700", "120000", "340100", "530100", "530800", "532800"],
)
def test_the_places_of_the_programmes_are_known(code: str) -> None:
    assert check_region(code, TODAY) == code


@settings(deadline=None)  # the first one loads the list
@given(st.sampled_from(["610000", "330000", "110000", "500000", "650000", "460000"]), st.dates(date(1990, 1, 1)))
def test_children_lie_within_and_have_that_parent(code: str, on: date) -> None:
    for child in children(code, on):
        assert contains(code, child)
        assert parent(child) == code
        assert name(child, on)


def test_a_model_field_is_checked_without_a_day() -> None:
    """Pydantic must not hand its own second argument to `on`."""
    field: TypeAdapter[str] = TypeAdapter(Annotated[str, AfterValidator(check_region)])
    assert field.validate_python("610125") == "610125"
    with pytest.raises(ValidationError, match="610101"):
        field.validate_python("610101")


def test_loading_is_lazy() -> None:
    script = "import contracts.regions, contracts.region_list as r; assert r._listed.cache_info().currsize == 0"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("old", sorted(successors()))
def test_a_successor_begins_on_the_day_the_old_one_ends(old: str) -> None:
    new = successors()[old]
    assert check_region(old, new.since - timedelta(days=1)) == old
    assert check_region(new.code, new.since) == new.code
    assert (level(new.code), new.code[:2]) == (level(old), old[:2])
