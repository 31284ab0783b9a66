"""Can these opening hours hold beside one another? (开放时间)"""

from collections.abc import Sequence

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
from services.stations.hours import overlap


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
