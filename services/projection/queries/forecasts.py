"""How fast something goes, how fast it has to, and when it will be reached: the same for every board."""

from datetime import date, timedelta
from enum import StrEnum

from services.projection import rules

FARTHEST = date(2199, 12, 31)


class Status(StrEnum):
    """How it stands with a target. Once its due day is over, that day's figures decide, for ever."""

    RUNNING = "running"
    MET = "met"
    MISSED = "missed"


class WhyNone(StrEnum):
    """Why no day is forecast, or only one after the due day."""

    NO_TARGET = "no_target"
    NO_SUCH_ENTERPRISE = "no_such_enterprise"
    REACHED = "reached"
    OVER = "over"
    """The due day is over."""
    NO_PROGRESS = "no_progress"
    TOO_SLOW = "too_slow"
    """At this pace it would be after the due day; `forecast_on` says when, if before 2200."""


def decided(due_on: date, as_of: date, today: date) -> bool:
    """Whether a target's due day is over, and the board is as of that day or a later one."""
    return due_on < today and due_on <= as_of


def pace_from(as_of: date) -> date:
    """The day since which what was had a week is told."""
    return as_of - timedelta(days=rules.on(as_of).pace_days)


def had_per_week(had: int, as_of: date) -> str:
    """What was had since `pace_from`, a week: two decimals, cut towards zero."""
    return hundredths(_cut(had * 700, (as_of - pace_from(as_of)).days))


def needed_per_week(gap: int, left: timedelta) -> str:
    """Two decimals, rounded up. On the due day itself, all of it within that day."""
    return hundredths(-(-gap * 700 // max(left.days, 1)))


def forecast(gap: int, had: int, as_of: date, due_on: date, over: bool) -> tuple[date | None, WhyNone | None]:
    """When a gap is closed at the pace of what was had since `pace_from`, and why there is no such day, or a late
    one."""
    if gap == 0:
        return None, WhyNone.REACHED
    if over:
        return None, WhyNone.OVER
    if had <= 0:
        return None, WhyNone.NO_PROGRESS
    days = -(-gap * (as_of - pace_from(as_of)).days // had)
    on = as_of + timedelta(days=days) if days <= (FARTHEST - as_of).days else None
    return on, None if on is not None and on <= due_on else WhyNone.TOO_SLOW


def hundredths(number: int) -> str:
    """A number of hundredths, with its two decimals."""
    whole, rest = divmod(abs(number), 100)
    return f"{'-' if number < 0 else ''}{whole}.{rest:02}"


def _cut(number: int, by: int) -> int:
    """Divided, and cut towards zero."""
    return number // by if number >= 0 else -(-number // by)
