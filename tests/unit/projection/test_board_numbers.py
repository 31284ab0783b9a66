"""The board's numbers are data: changed, they hold from their day on."""

import dataclasses
from datetime import date

import pytest

from eventing.builds import fingerprint
from eventing.fold import replace
from services.projection import rules
from services.projection.queries.figures import figure
from services.projection.queries.forecasts import pace_from
from services.projection.scoreboard import SCOREBOARD, Measures, Metric
from tests.unit.projection.test_scoreboard_counting import has, registered, row_after, surveyed, unionized

CHANGED = date(2025, 9, 1)


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others from 1 September on."""
    held = rules.on(CHANGED)
    changed = held.model_copy(
        update={"own_union_from": 80, "union_from": 30, "small_below": 30, "covered_from": 25, "pace_days": 14}
    )
    monkeypatch.setattr(rules.RULES, "by_day", ((CHANGED, changed), *rules.load()))


@pytest.mark.usefixtures("numbers")
def test_what_counts_and_what_is_covered_changes_on_the_day_though_nothing_happened_to_the_enterprise() -> None:
    large, middle = row_after(registered(), surveyed(80)), row_after(registered(), surveyed(40))
    assert large.days[-1] == middle.days[-1] == CHANGED
    assert [has(large, Metric.OWN_UNION_100, "total"), has(middle, Metric.UNION_50, "total")] == [True, True]
    assert not has(middle, Metric.SMALL_MICRO_COVERED, "total")
    small = row_after(registered(), surveyed(20), unionized(members=20))
    assert (small.days[-1], has(small, Metric.SMALL_MICRO_COVERED, "covered")) == (CHANGED, False)
    the_day_before = replace(small, figures=small.figures[:-1])
    assert has(the_day_before, Metric.SMALL_MICRO_COVERED, "covered")


@pytest.mark.usefixtures("numbers")
def test_what_was_had_a_week_is_told_over_so_many_days_as_hold_on_the_boards_day() -> None:
    known = {date(2025, 8, 18): 0, date(2025, 9, 1): 9, date(2025, 8, 31): 9, date(2025, 8, 3): 1}
    by_day = {day: Measures(union_50_total=20, union_50_covered=covered) for day, covered in known.items()}
    had = [figure(Metric.UNION_50, None, day, day, by_day.__getitem__).had_per_week for day in sorted(known)[2:]]
    assert [pace_from(day) for day in sorted(known)[2:]] == [date(2025, 8, 3), date(2025, 8, 18)]
    assert had == ["2.00", "4.50"]


def test_a_board_made_by_other_numbers_is_made_anew() -> None:
    """Mechanism: the numbers are part of what a build was made with."""
    assert fingerprint(dataclasses.replace(SCOREBOARD, goes_by=())) != fingerprint(SCOREBOARD)
