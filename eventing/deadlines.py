"""Deadlines as a table: which event starts a clock, which stops it, and the command that is given when it runs out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from contracts import calendar
from contracts.calendar import Due, WorkingCalendar
from eventing.decision import Command


class Rule(Protocol):
    """How a due day follows from a start day; kept as text beside the start, so that it can be derived again."""

    def due(self, start: date, days: WorkingCalendar) -> Due: ...


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many working days after the day of the fact, which isn't counted."""

    count: int

    def due(self, start: date, days: WorkingCalendar) -> Due:
        return days.due(start, self.count)


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """So many calendar days after the day of the fact, which isn't counted."""

    count: int

    def due(self, start: date, days: WorkingCalendar) -> Due:
        return Due(calendar.calendar_days(start, self.count), provisional=False)


@dataclass(frozen=True, slots=True)
class Start:
    """A clock starts for `subject` on the day `on`."""

    subject: str
    on: date


@dataclass(frozen=True, slots=True)
class Deadline:
    """A row of a service's table of deadlines: due when the due day has ended in China.

    `opens(event)` starts (or restarts) the clock, `closes(event)` names the subject whose clock stops,
    `then(subject, due_on)` is the command given once when it runs out, `moved(subject, due_on)` the one given when its
    due day was derived anew and is another one, or is no longer provisional.
    """

    name: str
    rule: Rule
    opens: Callable[[Any], Start | None]
    closes: Callable[[Any], str | None]
    then: Callable[[str, date], Command]
    moved: Callable[[str, date], Command] | None = None
