"""Is a station open at an instant, and until when? Which opening hours can't hold at once?"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Protocol

from contracts.calendar import WorkingCalendar
from contracts.stations import OpeningTime, OpenOn
from eventing.moment import CHINA

_WEEK = tuple(OpenOn)[:7]
_LONGEST = 24 * 60
_AHEAD = timedelta(days=7)
_DAYS = tuple((ahead, timedelta(days=ahead)) for ahead in range(-1, _AHEAD.days + 2))


class Times(Protocol):
    """From when to when it is open on some day; None: not at all."""

    @property
    def opens(self) -> str | None: ...
    @property
    def closes(self) -> str | None: ...


class Weekly(Times, Protocol):
    """As an event or a view's row has it."""

    @property
    def on(self) -> OpenOn | None: ...


class Single(Times, Protocol):
    """Of one day alone."""

    @property
    def day(self) -> date | None: ...


def open_until(
    times: Sequence[Weekly],
    exceptions: Sequence[Single],
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
    today = now.date()
    midnight = datetime.combine(today, time(), CHINA)
    until = minute = (now - midnight) / timedelta(minutes=1)  # China's clocks are never put forward or back
    horizon = minute + _AHEAD.days * _LONGEST
    for opens, closes in _openings(times, exceptions, today, calendar):
        if opens > until or until >= horizon:
            break
        until = max(until, closes)
    if shut_from is not None:
        until = min(until, (shut_from - today).days * _LONGEST)
    if until <= minute:
        return None
    return now + _AHEAD if until >= horizon else midnight + timedelta(minutes=until)


def overlap(times: Sequence[OpeningTime]) -> tuple[int, int] | None:
    """The positions of two times that hold at once in an ordinary week, the later one first; None: no two do.

    Monday to Friday are its working days. On a make-up day (a worked Saturday or Sunday) two may hold: it is open
    while either does.
    """
    week = sorted(
        (*_minutes(times[at].opens, times[at].closes, weekday), at)
        for weekday in range(8)  # the eighth day is the first again: Sunday's night goes over into it
        for at in range(len(times))
        if times[at].on in (_WEEK[weekday % 7], OpenOn.WORKING_DAYS if weekday % 7 < 5 else None)
    )
    for (_, closes, one), (opens, _, other) in pairwise(week):
        if opens < closes:
            return max(one, other), min(one, other)
    return None


def _openings(
    times: Sequence[Weekly], exceptions: Sequence[Single], today: date, calendar: WorkingCalendar
) -> Iterator[tuple[int, int]]:
    """From yesterday's on, in the order of their beginning, for a day longer than it looks ahead; in minutes since
    today began."""
    other = {exception.day: exception for exception in exceptions}
    in_order = sorted(times, key=lambda each: each.opens or "")
    for ahead, days in _DAYS:
        day = today + days
        holding: Sequence[Times]
        if day in other:
            holding = (other[day],)
        else:
            on = _WEEK[day.weekday()], OpenOn.WORKING_DAYS if calendar.is_working_day(day) else None
            holding = [each for each in in_order if each.on in on]
        for each in holding:
            if each.opens is not None and each.closes is not None:
                yield _minutes(each.opens, each.closes, ahead)


def _minutes(opens: str, closes: str, days: int) -> tuple[int, int]:
    """Of a time so many days on; one that doesn't close after it opens goes on over midnight."""
    over = 0 if closes > opens else _LONGEST
    since = days * _LONGEST
    return since + _minute(opens), since + _minute(closes) + over


@cache
def _minute(of_day: str) -> int:
    return int(of_day[:2]) * 60 + int(of_day[3:])
