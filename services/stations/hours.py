"""Is a station open at an instant, and until when?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol, Self

from contracts.calendar import WorkingCalendar
from contracts.stations import OpenOn
from eventing.moment import CHINA

DAY = 24 * 60
"""Minutes."""
WORKING_DAYS = 1 << 7
"""The bit in `Weekly.days`; those of weekdays are below it, Monday's the lowest."""
_BITS = {on: 1 << at for at, on in enumerate(OpenOn)}
_AHEAD = timedelta(days=7)
_DAYS = tuple((ahead * DAY, timedelta(days=ahead)) for ahead in range(-1, _AHEAD.days + 1))


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant by China's time, and the days around it."""

    at: datetime
    today: date
    midnight: datetime
    """When today began."""
    minute: float
    """Of today."""
    days: tuple[tuple[int, date, int], ...]
    """From yesterday on as far as is looked ahead: the minute of today at which it begins, the day, and its bits: that
    of its weekday, and that of working days if it is one."""

    @classmethod
    def of(cls, at: datetime, calendar: WorkingCalendar) -> Self:
        now = at.astimezone(CHINA)
        today = now.date()
        midnight = datetime.combine(today, time(), CHINA)
        minute = (now - midnight) / timedelta(minutes=1)  # China's clocks are never put forward or back
        days = ((begins, today + ahead) for begins, ahead in _DAYS)
        return cls(now, today, midnight, minute, tuple((begins, day, _bits(day, calendar)) for begins, day in days))


def _bits(day: date, calendar: WorkingCalendar) -> int:
    return 1 << day.weekday() | (WORKING_DAYS if calendar.is_working_day(day) else 0)


class Told(Protocol):
    """A time of opening as an event or a view's row tells it: `HH:MM`."""

    @property
    def on(self) -> OpenOn: ...
    @property
    def opens(self) -> str: ...
    @property
    def closes(self) -> str: ...


class ToldOfOneDay(Protocol):
    """The same of one day alone; without times: shut."""

    @property
    def day(self) -> date: ...
    @property
    def opens(self) -> str | None: ...
    @property
    def closes(self) -> str | None: ...


class Weekly(Protocol):
    """Open on those days of every week, from one minute of the day up to another; beyond 1440 that is on the next."""

    @property
    def days(self) -> int: ...
    @property
    def opens(self) -> int: ...
    @property
    def closes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Opening:
    """One."""

    days: int
    opens: int
    closes: int


Span = tuple[int, int]
"""From one minute of a day up to another."""


def week(times: Iterable[Told]) -> tuple[Opening, ...]:
    """Those of the same time in one, in the order of their beginning."""
    days: dict[Span, int] = {}
    for each in times:
        span = _minutes(each.opens, each.closes)
        days[span] = days.get(span, 0) | _BITS[each.on]
    return tuple(Opening(days[span], *span) for span in sorted(days))


def single_days(exceptions: Iterable[ToldOfOneDay]) -> dict[date, tuple[Span, ...]]:
    """What holds on single days in place of the week's times."""
    return {
        each.day: () if each.opens is None or each.closes is None else (_minutes(each.opens, each.closes),)
        for each in exceptions
    }


def open_until(
    week: Sequence[Weekly],
    single: Mapping[date, Sequence[Span]],
    then: Instant,
    shut_from: date | None = None,
) -> datetime | None:
    """When it shuts next, of one that is open then, in China's time; None: it is shut.

    The week's times are in the order of their beginning. Those that follow on one another without a gap are one: a
    station open day and night answers an instant a week ahead, no later one. `shut_from` is the first day on which it
    is in use no more, whatever its hours (suspended, closed, a cabin's last place left). A time belongs to the day on
    which it opens: one that began the evening before goes on over midnight into a day of an exception.
    """
    until = then.minute
    horizon = until + _AHEAD.days * DAY
    for begins, day, bits in then.days:
        spans = single[day] if day in single else [(each.opens, each.closes) for each in week if each.days & bits]
        for opens, closes in spans:
            if begins + opens > until:
                break
            if begins + closes > until:
                until = begins + closes
        if until < begins + DAY:
            break  # it is shut when the next day begins
    if shut_from is not None:
        until = min(until, (shut_from - then.today).days * DAY)
    if until <= then.minute:
        return None
    return then.at + _AHEAD if until >= horizon else then.midnight + timedelta(minutes=until)


def opens_on(
    week: Iterable[Weekly], single: Mapping[date, Sequence[Span]], day: date, calendar: WorkingCalendar
) -> bool:
    """Whether it opens at any time of that day."""
    return bool(single[day]) if day in single else any(each.days & _bits(day, calendar) for each in week)


def _minutes(opens: str, closes: str) -> Span:
    """One that doesn't close after it opens goes on over midnight."""
    return _minute(opens), _minute(closes) + (0 if closes > opens else DAY)


def _minute(of_day: str) -> int:
    return int(of_day[:2]) * 60 + int(of_day[3:])
