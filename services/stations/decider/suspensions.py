"""May a station be shut for a while, and open again? (暂停开放; docs/domain.md 2)"""

from collections.abc import Sequence
from datetime import date

from contracts.stations import StationEvent, StationResumed, StationSuspended
from eventing.dates import must_have_happened
from eventing.decision import Decision
from eventing.moment import Moment
from eventing.refusal import Invalid, Refused
from services.stations.commands import EndSuspension, ResumeStation, SuspendStation
from services.stations.decider.station import (
    Closed,
    Open,
    Pause,
    Planned,
    Station,
    Suspended,
    Unknown,
    closed,
    only_station,
    responsible,
    stands,
    unknown,
)


def suspend(command: SuspendStation, state: Station, moment: Moment) -> Sequence[StationEvent]:
    """Entered anew for the same day: another reason, another end."""
    asked = Pause(command.reason, command.suspended_on, command.until)
    match state:
        case Unknown():
            raise unknown(command.station)
        case _ if asked in state.record.pauses:
            return []
        case Planned():
            raise not_opened(command.station)
        case Closed():
            raise closed(state)
        case _:
            must_have_happened(command.suspended_on, "suspended_on", moment)
            if command.until is not None and command.until <= command.suspended_on:
                raise Invalid("until_not_after", "until", since=command.suspended_on)
            return _suspend(command, state)


def resume(command: ResumeStation, state: Station, moment: Moment) -> Sequence[StationEvent]:
    resumed = StationResumed(station=command.station, resumed_on=command.resumed_on)
    match state:
        case Unknown():
            raise unknown(command.station)
        case Closed():
            raise closed(state)
        case Suspended() if command.resumed_on < state.pause.since:
            raise Refused("resumed_before_suspended", "resumed_on", suspended_on=state.pause.since)
        case Suspended() if state.pause.until is not None and state.pause.until < command.resumed_on:
            raise Refused("opens_by_itself", "resumed_on", until=state.pause.until)
        case Suspended():
            must_have_happened(command.resumed_on, "resumed_on", moment)
            return [resumed]
        case Planned() | Open() if any(pause.until == command.resumed_on for pause in state.record.pauses):
            return []
        case _:
            raise Refused("not_suspended", "station", station=command.station)


def end_suspension(command: EndSuspension, state: Station, moment: Moment) -> Sequence[StationEvent]:
    if not isinstance(state, Suspended) or state.pause.until != command.until:
        return []  # open again already, or shut for longer by now
    if command.until > moment.today:
        raise Refused("suspension_not_over", "until", until=command.until)
    return [StationResumed(station=command.station, resumed_on=command.until)]


def _suspend(command: SuspendStation, state: Open | Suspended) -> Sequence[StationEvent]:
    place = stands(state, command.suspended_on)
    suspended = StationSuspended(
        station=command.station,
        town=None if place is None else place[0],
        reason=command.reason,
        suspended_on=command.suspended_on,
        until=command.until,
    )
    if isinstance(state, Open):
        must_be_news(command.suspended_on, "suspended_on", opened_again_on(state))
        return [suspended]
    pause = state.pause
    if pause.since == command.suspended_on:
        return [suspended]
    if pause.until is not None and pause.until <= command.suspended_on:
        return [StationResumed(station=command.station, resumed_on=pause.until), suspended]
    raise Refused("suspended_already", "suspended_on", suspended_on=pause.since)


def opened_again_on(state: Open | Suspended) -> date:
    """Since when it is open: from the beginning, or after the last pause that has ended."""
    ends = [pause.until for pause in state.record.pauses if pause.until is not None]
    return max([state.opened_on, *ends])


def must_be_news(day: date, field: str, known_on: date) -> None:
    if day < known_on:
        raise Refused("newer_change_known", field, known_on=known_on)


def not_opened(station: str) -> Refused:
    return Refused("not_opened", "station", station=station)


DECISIONS = (
    Decision((SuspendStation,), only_station, suspend, responsible),
    Decision((ResumeStation,), only_station, resume, responsible),
    Decision((EndSuspension,), only_station, end_suspension, responsible),
)
