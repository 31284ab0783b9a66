"""Was the union looked after on the days on which it had to be? (陪跑检查)"""

from collections.abc import Sequence
from datetime import date

from contracts.calendar import calendar_days
from contracts.enterprise import AccompanimentEvent, AccompanimentStarted, CheckInHeld, CheckInMissed
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import Invalid, Refused
from services.enterprise import rules
from services.enterprise.commands import HoldCheckIn, MarkCheckInMissed
from services.enterprise.decider.accompaniment import Accompaniment, NotBegun, Over
from services.enterprise.decider.alongside import course_of
from services.enterprise.decider.enterprise import Enterprise


def hold(command: HoldCheckIn, state: Accompaniment, _: Enterprise, moment: Moment) -> Sequence[AccompanimentEvent]:
    """In time or late, entered whenever: a missed one that was held is held."""
    course = course_of(command, state)
    days = rules.on(course.begun.approved_on).check_in_days
    if command.day not in days:
        raise Invalid("no_check_in_that_day", "day", days=", ".join(map(str, days)))
    known = course.check_ins.get(command.day)
    if isinstance(known, CheckInHeld):
        if known.held_on == command.held_on:
            return []
        raise Refused("checked_in_already", "held_on", held_on=known.held_on)
    since, until = _due(course.begun, _day_before(command.day, days)), _last_day(state, course.ends_on)
    if not since < command.held_on <= until:
        raise Refused("not_that_check_in", "held_on", since=since, until=until)
    must_have_happened(command.held_on, "held_on", moment)
    return [
        CheckInHeld(
            enterprise=command.enterprise,
            day=command.day,
            due_on=_due(course.begun, command.day),
            held_on=command.held_on,
        )
    ]


def mark_missed(command: MarkCheckInMissed, state: Accompaniment, moment: Moment) -> Sequence[AccompanimentEvent]:
    if isinstance(state, NotBegun):
        return []
    begun, until = state.course.begun, _last_day(state, state.course.ends_on)
    day = (command.due_on - begun.approved_on).days
    if day not in rules.on(begun.approved_on).check_in_days or day in state.course.check_ins or command.due_on > until:
        return []  # known by now, or of a time that was broken off
    if command.due_on >= moment.today:
        raise Refused("not_due_yet", "due_on", due_on=command.due_on)
    return [CheckInMissed(enterprise=command.enterprise, day=day, due_on=command.due_on)]


def _due(begun: AccompanimentStarted, day: int) -> date:
    return calendar_days(begun.approved_on, day)


def _day_before(day: int, days: Sequence[int]) -> int:
    """The check-in before it: what was held until then was that one. Before the first: the approval."""
    return max((each for each in days if each < day), default=0)


def _last_day(state: Accompaniment, ends_on: date) -> date:
    return state.ended.ended_on if isinstance(state, Over) else ends_on
