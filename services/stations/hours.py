"""Is a station open at an instant, and until when? Which opening hours can't hold at once?"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from contracts.calendar import WorkingCalendar
from contracts.stations import OpeningException, OpeningTime, OpenOn
from eventing.moment import CHINA

_A_DAY = timedelta(days=1)
_WEEK = tuple(OpenOn)[:7]
_LONGEST = 24 * 60
_AHEAD = timedelta(days=7)


def open_until(
    times: Sequence[OpeningTime],
    exceptions: Sequence[OpeningException],
    at: datetime,
    calendar: WorkingCalendar,
    *,
    shut_from: date | None = None,
) -> datetime | None:
    """When it shuts next, of one that is open at `at`, in China's time; None: it is shut then.

    Times that follow on one another without a gap are one: a station open day and night answers an instant a week
    ahead, no later one. `shut_from` is the first day on which it is in use no more, whatever its hours (suspended,
    closed, a cabin's last place left). A time belongs to the day on which it opens: one that began the evening before
    goes on over midnight into a day of an exception.
    """
    now = at.astimezone(CHINA)
    ends = None if shut_from is None else _midnight(shut_from)
    if ends is not None and now >= ends:
        return None
    horizon, until = now + _AHEAD, now
    for opens, closes in _openings(times, exceptions, now.date(), calendar):
        if opens > until or until >= horizon:
            break
        until = max(until, closes)
    until = until if ends is None else min(until, ends)
    return min(until, horizon) if until > now else None


def overlap(times: Sequence[OpeningTime]) -> tuple[int, int] | None:
    """The positions of two times that hold at once in an ordinary week, the later one first; None: no two do.

    Monday to Friday are its working days. On a make-up day (a worked Saturday or Sunday) two may hold: it is open
    while either does.
    """
    week = sorted(
        (weekday * _LONGEST + _minutes(times[at].opens), weekday * _LONGEST + _closing(times[at]), at)
        for weekday in range(8)  # the eighth day is the first again: Sunday's night goes over into it
        for at in range(len(times))
        if times[at].on in (_WEEK[weekday % 7], OpenOn.WORKING_DAYS if weekday % 7 < 5 else None)
    )
    for (_, closes, one), (opens, _, other) in pairwise(week):
        if opens < closes:
            return max(one, other), min(one, other)
    return None


def _openings(
    times: Sequence[OpeningTime], exceptions: Sequence[OpeningException], today: date, calendar: WorkingCalendar
) -> Iterator[tuple[datetime, datetime]]:
    """From yesterday's on, in the order of their beginning, for a day longer than it looks ahead."""
    other = {exception.day: exception for exception in exceptions}
    for ahead in range(-1, _AHEAD.days + 2):
        day = today + ahead * _A_DAY
        if day in other:
            yield from _of(day, other[day].opens, other[day].closes)
            continue
        holding = {_WEEK[day.weekday()]} | ({OpenOn.WORKING_DAYS} if calendar.is_working_day(day) else set())
        for each in sorted((each for each in times if each.on in holding), key=lambda each: each.opens):
            yield from _of(day, each.opens, each.closes)


def _of(day: date, opens: str | None, closes: str | None) -> Iterator[tuple[datetime, datetime]]:
    if opens is not None and closes is not None:
        start = _midnight(day)
        longer = _A_DAY if closes <= opens else timedelta()
        yield start + timedelta(minutes=_minutes(opens)), start + timedelta(minutes=_minutes(closes)) + longer


def _closing(time_: OpeningTime) -> int:
    closes = _minutes(time_.closes)
    return closes + _LONGEST if time_.closes <= time_.opens else closes


def _minutes(of_day: str) -> int:
    return int(of_day[:2]) * 60 + int(of_day[3:])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
