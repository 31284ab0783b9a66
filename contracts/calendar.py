"""Which days are working days in China, and when is something due that was promised in working days?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files

import chinese_calendar

_ONE_DAY = timedelta(days=1)

_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the statutory holidays that don't move (全国年节及纪念日放假办法, as amended from 2025)."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day in time. Provisional: a year was passed whose arrangement isn't published, so it may yet move."""

    on: date
    provisional: bool


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days by the State Council's yearly arrangement (国务院办公厅关于部分节假日安排的通知).

    `overrides` says of single days whether they are worked, over everything else; it makes no year official, unless
    the year is among `official_years`. The arrangements themselves are those of the package chinesecalendar.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    official_years: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether it is worked: make-up Saturdays and Sundays are, holidays are not.

        In a year without an official arrangement: Monday to Friday but for January 1st, May 1st and 2nd, October 1st
        to 3rd. Holidays by the moon and the sun (Spring Festival, 清明, 端午, 中秋) are not foreseen.
        """
        if (known := self.overrides.get(day)) is not None:
            return known
        if day.year in _arranged_years():
            return _arranged(day)
        return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS

    @property
    def edition(self) -> str:
        """A digest of all that due days are derived from: another one where some of them may have moved."""
        told = sorted(self.overrides.items()), sorted(self.official_years), _arranged_days()
        return sha256(repr(told).encode()).hexdigest()

    def is_official(self, year: int) -> bool:
        """Whether the year's arrangement is known, from the package or from our own table."""
        return year in self.official_years or year in _arranged_years()

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`, whether `day` is one or not."""
        day += _ONE_DAY
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def due(self, start: date, working_days: int) -> Due:
        """The day on which so many working days after `start` have come; the day of the fact is not counted.

        Provisional if a day between, or the due day, lies in a year without an official arrangement.
        Raises `ValueError` for fewer than one working day. Rule: docs/domain.md 1, 'Counting days'.
        """
        if working_days < 1:
            raise ValueError(f"{working_days} working days: at least one")
        on = start
        for _ in range(working_days):
            on = self.next_working_day(on)
        counted = range((start + _ONE_DAY).year, on.year + 1)
        return Due(on, provisional=not all(self.is_official(year) for year in counted))

    def between(self, after: date, before: date) -> int:
        """How many working days lie between two days, neither of them counted."""
        return sum(self.is_working_day(after + n * _ONE_DAY) for n in range(1, (before - after).days))

    def counted_from(self, on: date, working_days: int) -> date:
        """The day after which so many working days have come by the end of `on`: `on` itself for none."""
        start = on
        while working_days:
            working_days -= self.is_working_day(start)
            start -= _ONE_DAY
        return start


def calendar_days(start: date, days: int) -> date:
    """The day that is so many calendar days after `start`; the day of the fact is not counted."""
    return start + timedelta(days=days)


@cache
def load() -> WorkingCalendar:
    """The calendar with our own table, `data/calendar.toml`, over the package's arrangements."""
    data = tomllib.loads(files("contracts").joinpath("data/calendar.toml").read_text("utf-8"))
    overrides = {entry["date"]: bool(entry["working"]) for entry in data.get("day", [])}
    return WorkingCalendar(overrides, frozenset(data["official_years"]))


@lru_cache(maxsize=4096)
def _arranged(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


@cache
def _arranged_years() -> frozenset[int]:
    # chinese_calendar only checks that a year lies between its first and last: asked outside, it raises.
    return frozenset(day.year for day in chinese_calendar.holidays)


@cache
def _arranged_days() -> tuple[tuple[date, ...], ...]:
    return tuple(tuple(sorted(days)) for days in (chinese_calendar.holidays, chinese_calendar.workdays))
