"""What a decider may know besides its stream: the time, the working calendar, the union directory, for whom."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts import calendar, unions
from contracts.calendar import WorkingCalendar
from contracts.unions import Directory

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Moment:
    """Business time `at` (with offset) and the reference data as published then."""

    at: datetime
    calendar: WorkingCalendar = field(default_factory=calendar.load)
    unions: Directory = field(default_factory=unions.load)
    acting: str | None = None
    """The union in whose name somebody asks; None: the platform itself, or nobody in particular."""

    today: date = field(init=False)
    """The calendar day in China."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "today", self.at.astimezone(CHINA).date())


def midnight_after(day: date) -> datetime:
    """The instant at which `day` has ended in China: when what was due on it is overdue."""
    return datetime.combine(day + timedelta(days=1), time(), CHINA)
