"""Does the calendar count working days as the State Council arranges them?"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.calendar import Due, WorkingCalendar, calendar_days, load

starts = st.dates(date(2003, 1, 1), date(2035, 12, 31))
counts = st.integers(1, 30)


def span(year: int, month: int, first: int, last: int) -> list[date]:
    return [date(year, month, day) for day in range(first, last + 1)]


# By hand from the notices of the State Council's General Office of 2023-10-25, 2024-11-12 and 2025-11-04.
HOLIDAYS = {
    2024: [
        *span(2024, 1, 1, 1),
        *span(2024, 2, 10, 17),
        *span(2024, 4, 4, 6),
        *span(2024, 5, 1, 5),
        *span(2024, 6, 8, 10),
        *span(2024, 9, 15, 17),
        *span(2024, 10, 1, 7),
    ],
    2025: [
        *span(2025, 1, 1, 1),
        *span(2025, 1, 28, 31),
        *span(2025, 2, 1, 4),
        *span(2025, 4, 4, 6),
        *span(2025, 5, 1, 5),
        *span(2025, 5, 31, 31),
        *span(2025, 6, 1, 2),
        *span(2025, 10, 1, 8),
    ],
    2026: [
        *span(2026, 1, 1, 3),
        *span(2026, 2, 15, 23),
        *span(2026, 4, 4, 6),
        *span(2026, 5, 1, 5),
        *span(2026, 6, 19, 21),
        *span(2026, 9, 25, 27),
        *span(2026, 10, 1, 7),
    ],
}
MAKE_UP_DAYS = {
    2024: [(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)],
    2025: [(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    2026: [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
}


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def fixed_holidays(years: Iterable[int]) -> set[date]:
    return {date(year, *day) for year in years for day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))}


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_the_year_is_as_the_notice_says(year: int) -> None:
    make_up = {date(year, month, day) for month, day in MAKE_UP_DAYS[year]}
    assert all(day.weekday() >= 5 for day in make_up)
    for day in days_of(year):
        expected = day in make_up or (day.weekday() < 5 and day not in HOLIDAYS[year])
        assert load().is_working_day(day) == expected, day


@pytest.mark.parametrize(
    ("start", "due_on"),
    [
        (date(2025, 9, 26), date(2025, 10, 10)),  # 28 September is worked, 1 to 8 October are not
        (date(2025, 1, 22), date(2025, 2, 5)),  # 26 January is worked, Spring Festival is not
        (date(2026, 2, 9), date(2026, 2, 14)),  # the Saturday before Spring Festival is worked
        (date(2025, 5, 20), date(2025, 5, 27)),
    ],
)
def test_five_working_days_count_make_up_days_and_no_holidays(start: date, due_on: date) -> None:
    assert load().due(start, 5) == Due(due_on, provisional=False)


def test_the_day_of_the_fact_is_not_counted() -> None:
    assert load().due(date(2025, 5, 20), 1).on == date(2025, 5, 21)
    assert load().due(date(2025, 5, 24), 1).on == date(2025, 5, 26)


def test_a_year_without_an_arrangement_makes_the_day_provisional() -> None:
    assert not load().is_official(2031)
    assert load().due(date(2031, 3, 3), 5) == Due(date(2031, 3, 10), provisional=True)


def test_a_span_that_runs_into_a_year_without_an_arrangement_is_provisional() -> None:
    last = next(year for year in range(2025, 2100) if not load().is_official(year + 1))
    assert load().due(date(last, 12, 28), 10).provisional
    assert not load().due(date(last, 12, 1), 5).provisional
    assert load().due(date(last, 12, 31), 1).provisional


@given(st.dates(date(2100, 1, 1), date(2150, 12, 31)))
def test_without_an_arrangement_weekdays_count_but_for_the_fixed_holidays(day: date) -> None:
    expected = day.weekday() < 5 and day not in fixed_holidays([day.year])
    assert load().is_working_day(day) == expected


def test_an_override_says_what_a_single_day_is() -> None:
    sunday, monday = date(2031, 3, 9), date(2031, 3, 10)
    days = WorkingCalendar({sunday: True, monday: False})
    assert days.is_working_day(sunday)
    assert not days.is_working_day(monday)
    assert days.due(date(2031, 3, 7), 2) == Due(date(2031, 3, 11), provisional=True)


def test_an_override_holds_against_a_published_arrangement() -> None:
    days = WorkingCalendar({date(2025, 5, 21): False})
    assert days.due(date(2025, 5, 20), 1) == Due(date(2025, 5, 22), provisional=False)


def test_a_year_that_our_table_calls_official_is_not_provisional() -> None:
    days = WorkingCalendar(official_years=frozenset({2031}))
    assert days.due(date(2031, 3, 3), 5) == Due(date(2031, 3, 10), provisional=False)


def test_a_promise_in_no_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        load().due(date(2025, 5, 20), 0)


@given(starts, starts, counts)
def test_a_later_start_is_never_due_earlier(one: date, other: date, count: int) -> None:
    first, second = sorted((one, other))
    assert load().due(first, count).on <= load().due(second, count).on


@given(starts, counts)
def test_what_is_due_is_due_on_a_working_day_after_the_start(start: date, count: int) -> None:
    on = load().due(start, count).on
    assert on > start
    assert load().is_working_day(on)


@given(starts, counts)
def test_as_many_working_days_lie_between_as_were_asked(start: date, count: int) -> None:
    on = load().due(start, count).on
    between = [start + timedelta(days=n) for n in range(1, (on - start).days + 1)]
    assert sum(load().is_working_day(day) for day in between) == count


@given(starts)
def test_the_next_working_day_is_the_first_one_after(day: date) -> None:
    assert load().next_working_day(day) == load().due(day, 1).on


def test_sixty_days_alongside_are_calendar_days() -> None:
    assert calendar_days(date(2025, 5, 20), 60) == date(2025, 7, 19)
