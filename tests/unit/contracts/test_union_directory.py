"""Does the union directory answer who is above whom, on which day?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.regions import children, contains
from contracts.unions import BrokenDirectory, Directory, ParentLink, Row, UnionKind, UnknownUnion, load

TODAY = date(2025, 5, 20)
LONG_AGO = date(1950, 1, 1)

union_ids = st.sampled_from(sorted(load().unions))


def a_row(
    id_: str,
    parent: str | None = "u-acftu",
    kind: UnionKind = UnionKind.GRASS_ROOTS,
    name: str = "示例工会",
    seat: str = "610102",
    area: str | None = None,
    valid_from: date = LONG_AGO,
    valid_until: date | None = None,
) -> Row:
    return Row(id_, kind, name, seat, area, parent, valid_from, valid_until)


ACFTU = a_row("u-acftu", parent=None, kind=UnionKind.NATIONAL, seat="110102")
MOVED = date(2024, 7, 1)
MOVING = (
    ACFTU,
    a_row("u-old"),
    a_row("u-new"),
    a_row("u-mill", parent="u-old", valid_until=MOVED),
    a_row("u-mill", parent="u-new", valid_from=MOVED),
    a_row("u-shop", parent="u-mill"),
)


def test_a_county_s_chain_goes_up_to_the_national_union() -> None:
    assert load().chain("u-610102", TODAY) == ("u-610102", "u-610100", "u-610000", "u-acftu")


def test_yuhang_answers_to_hangzhou_and_zhejiang() -> None:
    assert load().chain("u-330110", TODAY) == ("u-330110", "u-330100", "u-330000", "u-acftu")


def test_shihezi_answers_to_the_division_not_to_the_region_above() -> None:
    assert load().chain("u-659001", TODAY) == ("u-659001", "u-xpcc-8", "u-xpcc", "u-acftu")


def test_china_railway_no_4_answers_to_its_group_though_it_sits_in_hefei() -> None:
    no_4 = load().get("u-crec4", TODAY)
    assert (no_4.seat, no_4.area) == ("340100", None)
    assert load().parent("u-crec4", TODAY) == "u-crec"


def test_the_four_prefectures_of_the_corridor_are_below_yunnan() -> None:
    assert load().below("u-530000", TODAY) == ("u-530100", "u-530400", "u-530800", "u-532800")


def test_shaanxi_has_its_ten_cities_and_107_counties_below_it() -> None:
    directory = load()
    cities = children("610000", TODAY)
    counties = [county for city in cities for county in children(city, TODAY)]
    assert directory.below("u-610000", TODAY) == tuple(sorted(f"u-{code}" for code in (*cities, *counties)))
    assert len(counties) == 107
    assert directory.get("u-610102", TODAY).name == "新城区总工会"


def test_a_union_is_within_itself_and_all_above_it() -> None:
    directory = load()
    assert directory.is_within("u-610102", "u-610102", TODAY)
    assert directory.is_within("u-610102", "u-610000", TODAY)
    assert not directory.is_within("u-610000", "u-610102", TODAY)
    assert not directory.is_within("u-610102", "u-330000", TODAY)


@given(union_ids, union_ids)
def test_within_below_and_chain_say_the_same(inner: str, outer: str) -> None:
    directory = load()
    within = directory.is_within(inner, outer, TODAY)
    assert within == (outer in directory.chain(inner, TODAY))
    assert within == (inner == outer or inner in directory.below(outer, TODAY))


@pytest.mark.parametrize("code", ["610000", "610100", "610102", "330110", "659001"])
def test_each_of_these_regions_has_its_own_union(code: str) -> None:
    union = load().get(load().of_region(code, TODAY), TODAY)
    assert union.area == code


def test_an_ended_code_is_looked_after_by_the_union_of_its_successor() -> None:
    assert load().of_region("610125", TODAY) == "u-610118"


def test_a_region_without_a_union_in_the_directory_is_told() -> None:
    with pytest.raises(UnknownUnion, match="u-650000"):
        load().of_region("650000", TODAY)


def test_territorial_unions_of_a_region_are_within_the_region_of_their_parent_but_for_the_xpcc() -> None:
    directory = load()
    for union in directory.unions.values():
        for link in union.parents:
            above = directory.get(link.parent, TODAY)
            if union.area and above.area:
                assert contains(above.area, union.area)


@pytest.mark.parametrize(("id_", "on"), [("u-nobody", TODAY), ("u-610102", date(1949, 12, 31))])
def test_a_union_that_is_not_there_on_the_day_is_unknown(id_: str, on: date) -> None:
    directory = load()
    for ask in (directory.get, directory.parent, directory.chain, directory.below):
        with pytest.raises(UnknownUnion) as refused:
            ask(id_, on)
        assert (refused.value.key, refused.value.on) == (id_, on)
    for inner, outer in ((id_, "u-610000"), ("u-610000", id_)):
        with pytest.raises(UnknownUnion):
            directory.is_within(inner, outer, on)


def test_a_union_that_moved_answers_to_the_parent_of_the_day() -> None:
    directory = Directory.of(MOVING)
    assert directory.parent("u-mill", MOVED - timedelta(days=1)) == "u-old"
    assert directory.parent("u-mill", MOVED) == "u-new"
    assert directory.below("u-old", MOVED) == ()
    assert directory.below("u-new", MOVED) == ("u-mill", "u-shop")
    assert directory.is_within("u-shop", "u-old", MOVED - timedelta(days=1))
    assert not directory.is_within("u-shop", "u-old", MOVED)
    assert directory.get("u-mill", MOVED).parents == (
        ParentLink("u-old", LONG_AGO, MOVED),
        ParentLink("u-new", MOVED, None),
    )


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert Directory.of(reversed(MOVING)) == Directory.of(MOVING)


def test_a_union_that_was_dissolved_is_unknown_from_that_day() -> None:
    directory = Directory.of([ACFTU, a_row("u-gone", valid_until=MOVED)])
    assert directory.get("u-gone", MOVED - timedelta(days=1)).valid_until == MOVED
    with pytest.raises(UnknownUnion):
        directory.get("u-gone", MOVED)
    assert directory.below("u-acftu", MOVED) == ()


def test_what_it_left_is_asked_of_its_last_day() -> None:
    directory = Directory.of([ACFTU, a_row("u-gone", valid_from=TODAY - timedelta(days=9), valid_until=TODAY)])
    last = TODAY - timedelta(days=1)
    assert [directory.last_day("u-gone", on) for on in (last, TODAY, date(2030, 1, 1))] == [last, last, last]
    assert directory.last_day("u-acftu", TODAY) == TODAY
    assert directory.last_day("u-gone", LONG_AGO) is None
    assert directory.last_day("u-nobody", TODAY) is None


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([a_row("u-a", parent="u-nobody")], "not in the directory"),
        ([a_row("u-a", parent="u-b"), a_row("u-b", parent="u-a")], "above itself"),
        ([a_row("u-a", parent="u-a")], "above itself"),
        ([a_row("u-a", parent="u-b"), a_row("u-b", parent="u-nobody")], "not in the directory"),
        ([a_row("u-a", valid_until=MOVED), a_row("u-a", valid_from=MOVED - timedelta(days=1))], "overlap"),
        ([a_row("u-a"), a_row("u-a", valid_from=MOVED)], "overlap"),
        ([a_row("u-a", valid_until=MOVED), a_row("u-a", valid_from=MOVED + timedelta(days=1))], "gap"),
        ([a_row("u-a", valid_until=LONG_AGO)], "ends before"),
        ([a_row("u-a", valid_until=MOVED), a_row("u-a", valid_from=MOVED, name="别的")], "contradict"),
        ([a_row("u-a", parent=None)], "national"),
        ([a_row("u-a", seat="619999")], "619999"),
        ([a_row("u-a", seat="610101")], "610101"),
        ([a_row("u-a", area="61")], "61"),
        ([a_row("u-a", kind=UnionKind.COUNTY, area="610102")], "u-610102"),
        ([a_row("u-a", valid_until=MOVED), a_row("u-b", parent="u-a")], "all the time"),
        ([a_row("u-a", valid_from=MOVED), a_row("u-b", parent="u-a")], "all the time"),
    ],
)
def test_rows_that_make_no_tree_are_refused(rows: list[Row], why: str) -> None:
    with pytest.raises(BrokenDirectory, match=why):
        Directory.of([ACFTU, *rows])


def test_a_cycle_that_lasts_a_while_only_is_refused() -> None:
    later = date(2025, 1, 1)
    with pytest.raises(BrokenDirectory, match="above itself from 2025-01-01"):
        Directory.of(
            [
                ACFTU,
                a_row("u-a", valid_until=MOVED),
                a_row("u-a", parent="u-b", valid_from=MOVED),
                a_row("u-b", valid_until=later),
                a_row("u-b", parent="u-a", valid_from=later),
            ]
        )
