"""Can these opening hours hold beside one another? (开放时间)"""

from collections.abc import Sequence
from itertools import pairwise

from contracts.stations import OpeningException, OpeningHoursSet, OpeningTime, StationEvent
from eventing.dates import must_have_happened
from eventing.decision import Decision
from eventing.moment import Moment
from eventing.refusal import Invalid
from services.stations.commands import SetOpeningHours
from services.stations.decider.station import (
    Closed,
    Station,
    Unknown,
    closed,
    only_station,
    responsible,
    unknown,
)
from services.stations.hours import DAY, WORKING_DAYS, week


def set_hours(command: SetOpeningHours, state: Station, moment: Moment) -> Sequence[StationEvent]:
    """Entered in any order of their days; for a day again, they replace what was entered for it."""
    hours = OpeningHoursSet(
        station=command.station,
        times=tuple(each.entered for each in command.times),
        exceptions=tuple(each.entered for each in command.exceptions),
        since=command.since,
    )
    match state:
        case Unknown():
            raise unknown(command.station)
        case _ if hours in state.record.hours:
            return []
        case Closed():
            raise closed(state)
        case _:
            must_have_happened(command.since, "since", moment)
            _must_not_overlap(hours.times)
            _must_be_one_a_day(hours.exceptions)
            return [hours]


def overlap(times: Sequence[OpeningTime]) -> tuple[int, int] | None:
    """The positions of two times that hold at once in an ordinary week, the later one first; None: no two do.

    Monday to Friday are its working days. On a make-up day (a worked Saturday or Sunday) two may hold: it is open
    while either does.
    """
    ordinary = sorted(
        (weekday * DAY + each.opens, weekday * DAY + each.closes, at)
        for at, time in enumerate(times)
        for each in week([time])
        for weekday in range(8)  # the eighth day is the first again: Sunday's night goes over into it
        if each.days & (1 << weekday % 7 | (WORKING_DAYS if weekday % 7 < 5 else 0))
    )
    for (_, closes, one), (opens, _, other) in pairwise(ordinary):
        if opens < closes:
            return max(one, other), min(one, other)
    return None


def _must_not_overlap(times: Sequence[OpeningTime]) -> None:
    if (found := overlap(times)) is not None:
        later, earlier = found
        raise Invalid("hours_overlap", f"times.{later}", other=f"times.{earlier}")


def _must_be_one_a_day(exceptions: Sequence[OpeningException]) -> None:
    days = set()
    for at, each in enumerate(exceptions):
        if (each.opens is None) != (each.closes is None):
            missing = "opens" if each.opens is None else "closes"
            raise Invalid("exception_half_given", f"exceptions.{at}.{missing}", day=each.day)
        if each.day in days:
            raise Invalid("exception_twice", f"exceptions.{at}.day", day=each.day)
        days.add(each.day)


DECISIONS = (Decision((SetOpeningHours,), only_station, set_hours, responsible),)
