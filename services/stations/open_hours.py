"""Hours in which a station may be open, a bit each: so that the database can leave out who can't be.

Nine numbers: one for each weekday, one for a working day, one for the day after a working day, into which its night
goes on. Bit n is set if it is open at some time between n and n + 1 o'clock, by any hours that hold on some day.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from services.stations.hours import WORKING_DAYS, Instant, Span, Weekly

_WORKING, _AFTER_WORKING = 7, 8
_MIDNIGHT = 24


def open_hours(week: Iterable[Weekly], single: Iterable[tuple[date, Sequence[Span]]]) -> tuple[int, ...]:
    """The nine."""
    hours = [0] * 9
    for each in week:
        today, tomorrow = _bits(each.opens, each.closes)
        for weekday in range(7):
            if each.days >> weekday & 1:
                hours[weekday] |= today
                hours[(weekday + 1) % 7] |= tomorrow
        if each.days & WORKING_DAYS:
            hours[_WORKING] |= today
            hours[_AFTER_WORKING] |= tomorrow
    for day, spans in single:
        for span in spans:
            today, tomorrow = _bits(*span)
            hours[day.weekday()] |= today
            hours[(day.weekday() + 1) % 7] |= tomorrow
    return tuple(hours)


def asked_hours(then: Instant) -> tuple[int, int, int, int]:
    """Which three of the nine say whether it may be open then, counted from 1, and by which bit."""
    (_, _, yesterday), (_, _, today) = then.days[:2]
    weekday = then.today.weekday()
    working = _WORKING if today & WORKING_DAYS else weekday
    night = _AFTER_WORKING if yesterday & WORKING_DAYS else weekday
    return 1 + weekday, 1 + working, 1 + night, 1 << then.at.hour


def _bits(opens: int, closes: int) -> tuple[int, int]:
    """Of that day, and of the next."""
    hours = (1 << (closes - 1) // 60 + 1) - (1 << opens // 60)
    return hours & (1 << _MIDNIGHT) - 1, hours >> _MIDNIGHT
