"""The clocks of the check-ins: each runs from the approval, all at the same time."""

from dataclasses import dataclass
from datetime import date

from contracts.calendar import Due, WorkingCalendar, calendar_days
from contracts.enterprise import AccompanimentStarted, CheckInHeld
from contracts.event import Event
from eventing.deadlines import Deadline, Start
from services.enterprise import rules
from services.enterprise.commands import MarkCheckInMissed


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The check-in at that position of `check_in_days`, 0 the first, as the numbers are on the day of the approval."""

    position: int

    def due(self, start: date, _: WorkingCalendar) -> Due:
        return Due(calendar_days(start, rules.on(start).check_in_days[self.position]), provisional=False)

    def opens(self, event: Event) -> Start | None:
        if not isinstance(event, AccompanimentStarted):
            return None
        if self.position >= len(rules.on(event.approved_on).check_in_days):
            return None
        return Start(event.enterprise, event.approved_on)

    def closes(self, event: Event) -> str | None:
        """Not the end of the 60 days: the last check-in falls on their last day, and both clocks run out at once."""
        if not isinstance(event, CheckInHeld):
            return None
        days = rules.on(calendar_days(event.due_on, -event.day)).check_in_days
        return event.enterprise if days.index(event.day) == self.position else None


_MOST = max(len(numbers.check_in_days) for _, numbers in rules.load())

DEADLINES = tuple(
    Deadline(
        f"check-in-{position + 1}",
        CheckIn(position),
        opens=CheckIn(position).opens,
        closes=CheckIn(position).closes,
        then=lambda enterprise, due_on: MarkCheckInMissed(enterprise=enterprise, due_on=due_on),
    )
    for position in range(_MOST)
)
