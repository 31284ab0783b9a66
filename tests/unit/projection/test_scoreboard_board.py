"""What the board of a region says, and of which regions."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import regions
from contracts.region_list import codes_below
from eventing.fold import add, replace
from services.projection import targets
from services.projection.queries import places
from services.projection.queries.board import RegionBoard, board
from services.projection.queries.figures import Figure, figure, rate
from services.projection.scoreboard import Measures, Metric, city_of

TODAY = date(2025, 5, 20)
SHAANXI, XIAN, XINCHENG, YANTA = "610000", "610100", "610102", "610113"
HUXIAN, HUYI = "610125", "610118"  # 户县, since 2016-11-24 鄠邑区
OWN_100, UNION_50, SMALL = Metric

Counted = Mapping[str, Measures]


def measures(metric: Metric, total: int, covered: int = 0, derived: int = 0) -> Measures:
    return replace(Measures(derived=derived), **{f"{metric.value}_total": total, f"{metric.value}_covered": covered})


def cells(counted: dict[str, tuple[int, int]]) -> Counted:
    """By county: how many enterprises of 50 or more there are, and how many of them are covered."""
    return {county: measures(UNION_50, total, covered) for county, (total, covered) in counted.items()}


def asked(region: str, counted: Counted, on: date = TODAY) -> tuple[RegionBoard, dict[str, RegionBoard]]:
    sums: dict[tuple[date, str], Measures] = {}
    summed = places.summed(region, on)
    for county, of in counted.items():
        if (line := summed.get(city_of(county), summed.get(county))) is not None:
            sums[on, line] = add(sums.get((on, line), Measures()), of)
    own, children = board(region, sums, on, on, targets.load())
    return own, {child.code: child for child in children}


def a_figure(metric: Metric, region: str, total: int, covered: int) -> Figure:
    """Nothing has changed over the last weeks."""
    return figure(metric, targets.load().of(metric, region), TODAY, TODAY, lambda _: measures(metric, total, covered))


def of(line: RegionBoard, metric: Metric = UNION_50) -> Figure:
    return next(figure for figure in line.figures if figure.metric is metric)


@pytest.mark.parametrize(
    ("covered", "total", "shown"),
    [
        (2, 3, "66.66"),
        (5, 6, "83.33"),
        (1999, 2000, "99.95"),
        (99_999, 100_000, "99.99"),
        (1, 100_001, "0.00"),
        (7, 100, "7.00"),
        (1, 1000, "0.10"),
        (3, 3, "100.00"),
        (0, 3, "0.00"),
        (0, 0, None),
    ],
)
def test_a_rate_is_cut_never_rounded_up(covered: int, total: int, shown: str | None) -> None:
    assert rate(covered, total) == shown


@given(st.integers(1, 10**7).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_a_rate_shows_one_hundred_only_where_all_are_covered(of_all: tuple[int, int]) -> None:
    covered, total = of_all
    assert (rate(covered, total) == "100.00") == (covered == total)


def test_none_of_none_is_no_such_enterprise_and_reaches_nothing() -> None:
    empty = a_figure(UNION_50, XIAN, 0, 0)
    assert (empty.rate, empty.reason, empty.reached) == (None, "no_such_enterprise", None)
    assert empty.target is not None


@pytest.mark.parametrize(
    ("covered", "total", "reached"), [(85, 100, True), (84, 100, False), (8499, 10_000, False), (17, 20, True)]
)
def test_a_target_is_reached_from_its_figure_on(covered: int, total: int, reached: bool) -> None:
    own = a_figure(OWN_100, SHAANXI, total, covered)
    assert own.reached is reached
    assert own.reason is None


@given(st.integers(1, 10**6).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_what_is_reached_and_what_is_shown_agree(of_all: tuple[int, int]) -> None:
    covered, total = of_all
    own = a_figure(OWN_100, SHAANXI, total, covered)
    assert own.rate is not None
    assert own.reached == (float(own.rate) >= 85)


def test_without_a_target_nothing_is_reached_or_missed() -> None:
    elsewhere = a_figure(UNION_50, "330110", 2, 2)
    assert (elsewhere.target, elsewhere.reached, elsewhere.rate) == (None, None, "100.00")


def test_a_region_is_the_sum_of_its_counties_by_digit_pairs() -> None:
    province, cities = asked(SHAANXI, cells({XINCHENG: (3, 1), YANTA: (4, 2), "610702": (5, 5), "500101": (9, 9)}))
    assert (of(province).total, of(province).covered) == (12, 8)
    assert (of(cities[XIAN]).total, of(cities["610700"]).total) == (7, 5)
    city, counties = asked(XIAN, cells({XINCHENG: (3, 1), YANTA: (4, 2), "610702": (5, 5)}))
    assert (of(city).total, of(city).rate) == (7, "42.85")
    assert (of(counties[XINCHENG]).total, of(counties[YANTA]).total) == (3, 4)


def test_children_without_any_enterprise_are_shown() -> None:
    _, cities = asked(SHAANXI, {})
    assert tuple(cities) == regions.children(SHAANXI, TODAY)
    assert {of(city).reason for city in cities.values()} == {"no_such_enterprise"}


def test_a_county_has_no_children_and_every_line_has_the_three_rates_and_its_name() -> None:
    county, children = asked(XINCHENG, cells({XINCHENG: (3, 1)}))
    assert children == {}
    assert county.name == "新城区"
    assert [figure.metric for figure in county.figures] == [OWN_100, UNION_50, SMALL]


def test_the_rates_are_kept_apart() -> None:
    counted = add(measures(UNION_50, 3, 1), measures(SMALL, 7, 2, derived=5))
    county, _ = asked(XINCHENG, {XINCHENG: counted})
    assert [(f.total, f.covered, f.derived) for f in county.figures] == [(0, 0, 0), (3, 1, 0), (7, 2, 5)]


def test_an_ended_county_counts_under_its_successor_and_does_not_vanish_from_its_city() -> None:
    counted = cells({HUXIAN: (2, 1), HUYI: (3, 3)})
    city, counties = asked(XIAN, counted)
    assert of(city).total == 5
    assert HUXIAN not in counties
    assert (of(counties[HUYI]).total, counties[HUYI].name) == (5, "鄠邑区")
    assert of(asked(HUYI, counted)[0]).total == 5


def test_before_its_end_the_county_counted_under_its_own_code() -> None:
    _, counties = asked(XIAN, cells({HUXIAN: (2, 1)}), on=date(2016, 11, 23))
    assert of(counties[HUXIAN]).total == 2
    assert HUYI not in counties


def test_a_county_that_went_to_another_city_counts_there_at_every_level() -> None:
    counted = cells({"220381": (4, 1)})  # 公主岭: Siping's until 2020, Changchun's since
    _, cities = asked("220000", counted)
    assert (of(cities["220100"]).total, of(cities["220300"]).total) == (4, 0)
    changchun, counties = asked("220100", counted)
    assert (of(changchun).total, of(counties["220184"]).total) == (4, 4)
    assert of(asked("220300", counted)[0]).total == 0


@pytest.mark.parametrize("region", ["610000", "610100", "610102", "110000", "110105", "220000", "340000", "650000"])
def test_every_code_of_a_region_is_added_up_once_and_no_other(region: str) -> None:
    """Mechanism: a city's cells are taken only where all that may be recorded under its digits counts in one line."""
    summed = {(code, line) for place, line in places.summed(region, TODAY).items() for code in recordable(place)}
    assert sorted(summed) == sorted(places.lines(region, TODAY).items())
    assert sum(len(recordable(place)) for place in places.summed(region, TODAY)) == len(summed)


def recordable(place: str) -> list[str]:
    """The codes whose cells are in that place."""
    return [place] if len(place) == 6 else [code for code in codes_below(place) if not is_heading(code)]


def is_heading(code: str) -> bool:
    try:
        regions.check_region(code)
    except regions.UnknownRegion:
        return True
    return False


def test_a_province_is_added_up_by_its_cities() -> None:
    summed = places.summed(SHAANXI, TODAY)
    assert (summed["6101"], summed["6107"]) == (XIAN, "610700")
    assert len(summed) < 40 < len(places.lines(SHAANXI, TODAY))


def test_a_divided_county_stays_a_line_of_its_own_while_it_counts() -> None:
    city, counties = asked("330100", cells({"330104": (4, 1), "330102": (2, 2)}))  # 江干区, divided in 2021
    assert of(city).total == 6
    assert (counties["330104"].name, of(counties["330104"]).total) == ("江干区", 4)
    _, emptied = asked("330100", cells({"330104": (0, 0)}))
    assert "330104" not in emptied


def test_what_was_recorded_at_the_city_itself_counts_there_and_in_no_child() -> None:
    city, counties = asked(XIAN, cells({XIAN: (1, 1)}))
    assert of(city).total == 1
    assert sum(of(county).total for county in counties.values()) == 0


def test_counties_right_below_a_province_are_its_children() -> None:
    assert of(asked("110000", cells({"110105": (2, 1)}))[1]["110105"]).total == 2
    assert of(asked("650000", cells({"659001": (2, 1)}))[1]["659001"]).total == 2


SOME_COUNTIES = ["610102", "610113", "610118", "610125", "610126", "610321", "610702", "610721", "610881", "612401"]


@given(
    st.dictionaries(
        st.sampled_from(SOME_COUNTIES),
        st.builds(Measures, **dict.fromkeys(Measures.__struct_fields__, st.integers(0, 9))),
    ),
    st.sampled_from([SHAANXI, XIAN, "610300", "610700", "610900"]),
)
def test_the_children_add_up_to_the_region(counted: Counted, region: str) -> None:
    own, children = asked(region, counted)
    for metric in Metric:
        for part in ("total", "covered", "derived", "covered_without_shells", "baseline"):
            lines = [getattr(of(child, metric), part) for child in children.values()]
            whole = getattr(of(own, metric), part)
            if part == "baseline":
                assert (whole.total, whole.covered) == (sum(n.total for n in lines), sum(n.covered for n in lines))
            else:
                assert whole == sum(lines)
    for name, number in own.counts:
        assert number == sum(getattr(child.counts, name) for child in children.values())
