"""The clock of a station that is shut until a day: on that day it opens again by itself."""

from datetime import date, timedelta

from contracts.event import Event
from contracts.stations import StationClosed, StationResumed, StationSuspended
from eventing.deadlines import CalendarDays, Deadline, Start
from services.stations.commands import EndSuspension

_A_DAY = timedelta(days=1)


def _suspended(event: Event) -> Start | None:
    """It is due when its last day has ended."""
    if not isinstance(event, StationSuspended) or event.until is None:
        return None
    return Start(event.station, event.until - _A_DAY)


def _settled(event: Event) -> str | None:
    """Also when the suspension is entered anew: another end, or none."""
    return event.station if isinstance(event, StationSuspended | StationResumed | StationClosed) else None


def _end(station: str, due_on: date) -> EndSuspension:
    return EndSuspension(station=station, until=due_on + _A_DAY)


DEADLINES = (Deadline("suspension", CalendarDays(0), opens=_suspended, closes=_settled, then=_end),)
