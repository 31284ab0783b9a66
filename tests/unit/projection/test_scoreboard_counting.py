"""What counts for the drive's three rates, and what is covered? (docs/domain.md 1, 'What counts')"""

from datetime import date

import pytest

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    Ownership,
    SizeClass,
    UnionForm,
)
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.projection.scoreboard import BIT, SCOREBOARD, EnterpriseRow, Metric, bit
from tests.support.scoreboards import counted

MACHINES = make_credit_code("91", "610102", 1)
OWN_100, UNION_50, SMALL = Metric


def registered(
    code: str = MACHINES, ownership: Ownership = Ownership.PRIVATE, county: str = "610102"
) -> EnterpriseRegistered:
    return EnterpriseRegistered(
        enterprise=code,
        name="西安示例机械有限公司",
        ownership=ownership,
        county=county,
        union="u-610102",
        registered_on=date(2025, 5, 6),
    )


def surveyed(
    headcount: int, size_class: SizeClass | None = None, code: str = MACHINES, dispatched: int = 0
) -> EnterpriseSurveyed:
    return EnterpriseSurveyed(
        enterprise=code,
        labour_contracts=headcount,
        dispatched=dispatched,
        size_class=size_class,
        surveyed_on=date(2025, 5, 7),
    )


def unionized(form: UnionForm = UnionForm.OWN, members: int = 30, code: str = MACHINES) -> EnterpriseUnionized:
    return EnterpriseUnionized(
        enterprise=code,
        form=form,
        members=members,
        own_committee=True,
        approved_on=date(2025, 5, 20),
        approved_by="u-610102",
        document="新工发〔2025〕12号",
    )


def row_after(*events: Event) -> EnterpriseRow:
    rows, _ = fold_in_memory(SCOREBOARD, events)
    (row,) = rows.values()
    assert isinstance(row, EnterpriseRow)
    return row


def has(row: EnterpriseRow, metric: Metric, what: str) -> bool:
    """By its last figures."""
    return bool(row.figures[-1] & bit(metric, what))


def counts_for(*events: Event) -> set[Metric]:
    return {metric for metric in Metric if has(row_after(*events), metric, "total")}


def covers(*events: Event) -> set[Metric]:
    return {metric for metric in Metric if has(row_after(*events), metric, "covered")}


def is_derived(*events: Event) -> bool:
    return bool(row_after(*events).figures[-1] & BIT["derived"])


@pytest.mark.parametrize(
    ("headcount", "rates"),
    [
        (0, {SMALL}),
        (1, {SMALL}),
        (49, {SMALL}),
        (50, {UNION_50}),
        (99, {UNION_50}),
        (100, {UNION_50, OWN_100}),
        (1_000_000, {UNION_50, OWN_100}),
    ],
)
def test_and_more_includes_the_number(headcount: int, rates: set[Metric]) -> None:
    assert counts_for(registered(), surveyed(headcount)) == rates


@pytest.mark.parametrize("size_class", [SizeClass.SMALL, SizeClass.MICRO])
@pytest.mark.parametrize("headcount", [49, 50, 100])
def test_the_bureau_says_small_or_micro_whatever_the_headcount(headcount: int, size_class: SizeClass) -> None:
    assert SMALL in counts_for(registered(), surveyed(headcount, size_class))
    assert not is_derived(registered(), surveyed(headcount, size_class))


@pytest.mark.parametrize("size_class", [SizeClass.LARGE, SizeClass.MEDIUM])
def test_the_bureau_says_larger_whatever_the_headcount(size_class: SizeClass) -> None:
    assert counts_for(registered(), surveyed(49, size_class)) == set()


def test_without_the_bureaus_class_fewer_than_fifty_count_as_small_and_are_marked() -> None:
    assert is_derived(registered(), surveyed(49))
    assert not is_derived(registered(), surveyed(50))


def test_a_small_enterprise_of_a_hundred_counts_in_all_three() -> None:
    assert counts_for(registered(), surveyed(100, SizeClass.SMALL)) == set(Metric)


def test_dispatched_workers_count_for_no_rate() -> None:
    (told,) = row_after(registered(), surveyed(49, dispatched=1000)).counted
    assert (told.headcount, told.dispatched) == (49, 1000)
    assert counts_for(registered(), surveyed(49, dispatched=1000)) == counts_for(registered(), surveyed(49))


def test_who_was_not_surveyed_counts_nowhere() -> None:
    assert counts_for(registered()) == set()
    assert counts_for(registered(), unionized()) == set()


@pytest.mark.parametrize(
    "ownership",
    [
        Ownership.PRIVATE,
        Ownership.FOREIGN,
        Ownership.HONG_KONG_MACAO_TAIWAN,
        Ownership.MIXED_PRIVATE_CONTROLLED,
    ],
)
def test_non_public_enterprises_count(ownership: Ownership) -> None:
    assert counts_for(registered(ownership=ownership), surveyed(100)) == {OWN_100, UNION_50}


@pytest.mark.parametrize("ownership", [Ownership.STATE, Ownership.COLLECTIVE])
def test_public_ones_count_nowhere_though_they_have_a_union(ownership: Ownership) -> None:
    assert counts_for(registered(ownership=ownership), surveyed(100, SizeClass.SMALL), unionized()) == set()


def test_every_ownership_was_decided_upon() -> None:
    assert len(Ownership) == 6


@pytest.mark.parametrize("department", ["92", "93"])
def test_sole_proprietors_and_cooperatives_are_outside_the_drive(department: str) -> None:
    code = make_credit_code(department, "610102", 1)
    assert counts_for(registered(code), surveyed(100, SizeClass.SMALL, code), unionized(code=code)) == set()


@pytest.mark.parametrize(
    ("form", "rates"),
    [
        (UnionForm.OWN, {OWN_100, UNION_50, SMALL}),
        (UnionForm.JOINT, {UNION_50, SMALL}),
        (UnionForm.SMALL_MICRO_FEDERATION, {SMALL}),
    ],
)
def test_which_form_covers_in_which_rate(form: UnionForm, rates: set[Metric]) -> None:
    assert covers(registered(), surveyed(100, SizeClass.SMALL), unionized(form)) == rates


def test_nothing_is_covered_before_an_approval() -> None:
    assert covers(registered(), surveyed(100, SizeClass.SMALL)) == set()


@pytest.mark.parametrize("form", list(UnionForm))
def test_a_small_one_is_covered_from_the_first_member_on(form: UnionForm) -> None:
    assert SMALL in covers(registered(), surveyed(10), unionized(form, members=1))
    assert SMALL not in covers(registered(), surveyed(10), unionized(form, members=0))


def test_the_other_rates_ask_for_no_member() -> None:
    assert covers(registered(), surveyed(100), unionized(members=0)) == {OWN_100, UNION_50}


def figures(*events: Event) -> dict[str, dict[str, int]]:
    """By county, those of the rates."""
    _, cells = fold_in_memory(SCOREBOARD, events)
    return {
        county: {name: number for name, number in of.items() if name not in ("live", "members", "with_members")}
        for county, of in counted(cells).items()
    }


def test_growing_over_the_thresholds_moves_the_enterprise_from_figure_to_figure() -> None:
    life = (registered(), surveyed(49), unionized(UnionForm.JOINT), surveyed(50), surveyed(100), surveyed(99))
    assert [figures(*life[:length])["610102"] for length in range(1, len(life) + 1)] == [
        {},
        {"small_micro_covered_total": 1, "derived": 1},
        {"small_micro_covered_total": 1, "small_micro_covered_covered": 1, "derived": 1},
        {"union_50_total": 1, "union_50_covered": 1},
        {"union_50_total": 1, "union_50_covered": 1, "own_union_100_total": 1},
        {"union_50_total": 1, "union_50_covered": 1},
    ]


def test_an_enterprise_that_is_registered_anew_counts_in_its_new_county_only() -> None:
    assert figures(registered(), surveyed(60), unionized(), registered(county="610113")) == {
        "610113": {"union_50_total": 1, "union_50_covered": 1}
    }


def test_a_stream_that_does_not_begin_with_its_registration_is_an_error_not_a_silent_loss() -> None:
    with pytest.raises(ValueError, match="can't follow"):
        fold_in_memory(SCOREBOARD, [surveyed(60)])
