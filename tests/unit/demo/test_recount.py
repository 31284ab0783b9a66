"""The recount is what the board is held against: a few of its answers worked out by hand from docs/domain.md."""

from datetime import date

import pytest

from demo.action import Action
from tests.support import recount

UNTIL = date(2025, 12, 31)
MACHINES, BAKERY = "91610102000000019Y", "92610102000000019Y"


def action(day: date, command: str, enterprise: str = MACHINES, **facts: object) -> Action:
    body = {"enterprise": enterprise, **facts}
    return Action(
        enterprise, day, "u-610102", "officer", f"/api/enterprise/{command}", body, f"{enterprise} {command} {day}"
    )


def registered(enterprise: str = MACHINES, ownership: str = "private") -> Action:
    return action(date(2025, 5, 6), "register", enterprise, ownership=ownership, county="610102")


def surveyed(headcount: int, size_class: str | None = None, enterprise: str = MACHINES, day: int = 7) -> Action:
    return action(date(2025, 5, day), "survey", enterprise, headcount=headcount, size_class=size_class)


def willing(day: date) -> Action:
    return action(day, "state-will", will="willing", stated_on=day.isoformat())


def visited(held_on: date, entered_on: date) -> Action:
    return action(entered_on, "hold-visit", held_on=held_on.isoformat())


@pytest.mark.parametrize(
    ("stated_on", "due_on"),
    [
        (date(2025, 5, 8), date(2025, 5, 15)),  # Thursday to Thursday
        (date(2025, 9, 26), date(2025, 10, 10)),  # over National Day, with the make-up Sunday before it
        (date(2025, 12, 29), None),  # after the end
    ],
)
def test_a_visit_is_due_on_the_fifth_chinese_working_day(stated_on: date, due_on: date | None) -> None:
    assert recount.visit_due(stated_on, UNTIL) == due_on


def test_100_counts_among_50_and_the_last_survey_holds() -> None:
    figures = recount.figures([registered(), surveyed(99, "medium"), surveyed(100, "medium", day=8)])
    assert set(figures) == {
        (region, metric) for region in ("610102", "610100", "610000") for metric in ("own_union_100", "union_50")
    }


def test_without_a_size_class_fewer_than_50_are_small_and_marked_as_derived() -> None:
    figures = recount.figures([registered(), surveyed(49)])
    assert figures["610000", "small_micro_covered"] == recount.Count(total=1, covered=0, derived=1)
    assert recount.figures([registered(), surveyed(50)]).keys() == {
        (region, "union_50") for region in ("610102", "610100", "610000")
    }


def test_state_owned_ones_and_sole_proprietors_are_outside() -> None:
    assert recount.figures([registered(ownership="state"), surveyed(500, "large")]) == {}
    assert recount.figures([registered(BAKERY), surveyed(5, "micro", BAKERY)]) == {}


def test_rates_are_cut_and_nothing_of_nothing_is_no_rate() -> None:
    assert recount.Count(3, 2, 0).rate == "66.66"
    assert recount.Count(10_000, 5, 0).rate == "0.05"
    assert recount.Count(0, 0, 0).rate is None


def test_a_visit_held_in_time_and_entered_late_is_overdue_and_withdrawn() -> None:
    said, due_on = willing(date(2025, 5, 8)), date(2025, 5, 15)
    in_time, after = date(2025, 5, 13), date(2025, 5, 20)
    assert recount.overdue_visits([said, visited(in_time, in_time)], UNTIL) == []
    assert recount.overdue_visits([said, visited(in_time, after)], UNTIL) == [
        recount.Overdue(MACHINES, due_on, withdrawn=True, open=False)
    ]
    assert recount.overdue_visits([said, visited(after, after)], UNTIL) == [
        recount.Overdue(MACHINES, due_on, withdrawn=False, open=False)
    ]
    assert recount.overdue_visits([said], UNTIL) == [recount.Overdue(MACHINES, due_on, withdrawn=False, open=True)]
