"""On which days do officers enter what has happened? On Tuesdays, Thursdays and the last day of the year."""

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from contracts import calendar

CHINA = ZoneInfo("Asia/Shanghai")

FIRST, LAST = date(2025, 5, 6), date(2025, 12, 31)
"""From the week in which the drive was reported to the day for which two of its targets are set."""

_TUESDAY, _THURSDAY = 1, 3


@cache
def entry_days() -> tuple[date, ...]:
    """In order, from `FIRST` to `LAST`. Few, because at each the platform is waited for until all is quiet."""
    worked = calendar.load()
    every = (FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1))
    return tuple(
        day for day in every if day == LAST or (day.weekday() in (_TUESDAY, _THURSDAY) and worked.is_working_day(day))
    )


def index(day: date) -> int:
    """The number of the first entry day that is not before `day`. Raises `ValueError` after `LAST`."""
    if day > LAST:
        raise ValueError(f"{day}: the play ends on {LAST}")
    return bisect_left(entry_days(), day)


def entered(day: date) -> date:
    """The day on which what happened on `day` is entered: the next entry day, or itself. Raises `ValueError`."""
    return entry_days()[index(day)]


def is_thursday(day: date) -> bool:
    return day.weekday() == _THURSDAY


def at(day: date, hour: int) -> datetime:
    """That hour of the day, in China."""
    return datetime.combine(day, time(hour), CHINA)


def morning(day: date) -> datetime:
    """Nine o'clock: the officers begin."""
    return at(day, 9)


def evening(day: date) -> datetime:
    """Six o'clock: the officers go home."""
    return at(day, 18)
