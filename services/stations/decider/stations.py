"""May a station be planned, opened, shut for a while, and closed? (docs/domain.md 2)"""

from collections.abc import Sequence
from datetime import date

from contracts.stations import (
    CabinRemoved,
    StationClosed,
    StationDescribed,
    StationEvent,
    StationKind,
    StationOpened,
    StationPlanned,
    StationResumed,
    StationSuspended,
)
from eventing.dates import must_have_happened
from eventing.decision import Decision, StreamRef
from eventing.moment import Moment
from eventing.places import must_be_a_county, must_be_in
from eventing.refusal import Invalid, Refused
from services.stations.commands import (
    CloseStation,
    DescribeStation,
    EndSuspension,
    OpenStation,
    PlanStation,
    ResumeStation,
    StationCommand,
    SuspendStation,
)
from services.stations.decider.places import must_lie_in
from services.stations.decider.station import (
    STATION,
    Closed,
    Open,
    Pause,
    Planned,
    Record,
    Station,
    Suspended,
    Unknown,
    closed,
    evolve,
    stands,
    union_of,
    unknown,
)
from services.stations.decider.town import TOWN, Town


def plan(command: PlanStation, state: Station, town: Town, moment: Moment) -> Sequence[StationEvent]:
    """A room has its place from the beginning, a cabin none. Asked again with the day of opening: it opens."""
    planned = _planned(command)
    if isinstance(state, Unknown):
        must_have_happened(command.planned_on, "planned_on", moment)
        must_be_a_county(command.district, command.planned_on, "station")
        _must_look_after(command, moment)
        _must_have_its_place(command, town)
        return [planned, *_opened_too(command, evolve(state, planned), moment)]
    if planned not in (state.record.planned, _as_described(state.record)):
        raise Refused("planned_already", "station", station=command.station, planned_on=state.record.planned.planned_on)
    return _opened_too(command, state, moment)


def describe(command: DescribeStation, state: Station, moment: Moment) -> Sequence[StationEvent]:
    anew = StationDescribed(
        station=command.station,
        name=command.name,
        area_m2=command.area_m2,
        host_body=command.host_body,
        described_on=command.described_on,
    )
    match state:
        case Unknown():
            raise unknown(command.station)
        case _ if anew == state.record.described:
            return []
        case Closed():
            raise closed(state)
        case _:
            must_have_happened(command.described_on, "described_on", moment)
            known = state.record.described
            known_on = state.record.planned.planned_on if known is None else known.described_on
            if command.described_on < known_on:
                raise Refused("newer_particulars_known", "described_on", known_on=known_on)
            return [anew]


def open_station(command: OpenStation, state: Station, moment: Moment) -> Sequence[StationEvent]:
    """A cabin may be opened before it stands anywhere: it is in use from when it is placed."""
    match state:
        case Unknown():
            raise unknown(command.station)
        case Planned(record):
            must_have_happened(command.opened_on, "opened_on", moment)
            if command.opened_on < record.planned.planned_on:
                raise Refused("opened_before_planned", "opened_on", planned_on=record.planned.planned_on)
            return [_opened(command, state, record)]
        case Open() | Suspended() | Closed() if state.opened_on == command.opened_on:
            return []
        case Closed():
            raise closed(state)
        case _:
            raise Refused("opened_already", "opened_on", opened_on=state.opened_on)


def suspend(command: SuspendStation, state: Station, moment: Moment) -> Sequence[StationEvent]:
    """Entered anew for the same day: another reason, another end."""
    asked = Pause(command.reason, command.suspended_on, command.until)
    match state:
        case Unknown():
            raise unknown(command.station)
        case _ if asked in state.record.pauses:
            return []
        case Planned():
            raise _not_opened(command.station)
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


def close(command: CloseStation, state: Station, moment: Moment) -> Sequence[StationEvent]:
    """A cabin leaves its place with it."""
    match state:
        case Unknown():
            raise unknown(command.station)
        case Planned():
            raise _not_opened(command.station)
        case Closed() if (state.reason, state.closed_on) == (command.reason, command.closed_on):
            return []
        case Closed():
            raise closed(state)
        case _:
            must_have_happened(command.closed_on, "closed_on", moment)
            if command.closed_on < state.opened_on:
                raise Refused("closed_before_opened", "closed_on", opened_on=state.opened_on)
            _must_be_news(command.closed_on, "closed_on", _changed_on(state))
            return _close(command, state)


def responsible(command: StationCommand, state: Station) -> str | None:
    """The union that looks after it."""
    return union_of(state)


def planner(command: PlanStation, state: Station, _: Town) -> str:
    """Nobody enters a station as another union's."""
    return union_of(state) or command.union


def _must_look_after(command: PlanStation, moment: Moment) -> None:
    on, unions = command.planned_on, moment.unions
    districts = f"u-{command.district}"
    if not (unions.knows(command.union, on) and unions.is_within(command.union, districts, on)):
        raise Invalid("union_elsewhere", "union", union=command.union, district=command.district)


def _must_have_its_place(command: PlanStation, town: Town) -> None:
    given = {name: getattr(command, name) for name in ("town", "lat", "lon", "datum")}
    if command.kind is StationKind.MOBILE:
        if placed := next((name for name, value in given.items() if value is not None), None):
            raise Invalid("cabin_is_placed", placed)
        return
    if command.town is None or command.point is None:
        raise Invalid("room_without_place", next(name for name, value in given.items() if value is None))
    must_be_in(command.district, command.town)
    must_lie_in(command.town, town, command.point, command.planned_on)


def _planned(command: PlanStation) -> StationPlanned:
    return StationPlanned(
        station=command.station,
        kind=command.kind,
        name=command.name,
        district=command.district,
        union=command.union,
        town=command.town,
        point=command.point,
        area_m2=command.area_m2,
        host_body=command.host_body,
        planned_on=command.planned_on,
    )


def _as_described(record: Record) -> StationPlanned:
    """The plan as it would be entered with the particulars of today."""
    now = record.described or record.planned
    return record.planned.model_copy(
        update={"name": now.name, "area_m2": now.area_m2, "host_body": now.host_body},
    )


def _opened_too(command: PlanStation, state: Station, moment: Moment) -> Sequence[StationEvent]:
    if command.opened_on is None:
        return []
    return open_station(OpenStation(station=command.station, opened_on=command.opened_on), state, moment)


def _opened(command: OpenStation, state: Station, record: Record) -> StationOpened:
    town, point = stands(state, command.opened_on) or (None, None)
    return StationOpened(
        station=command.station,
        kind=record.planned.kind,
        name=record.name,
        district=record.planned.district,
        town=town,
        point=point,
        opened_on=command.opened_on,
    )


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
        _must_be_news(command.suspended_on, "suspended_on", _opened_again_on(state))
        return [suspended]
    pause = state.pause
    if pause.since == command.suspended_on:
        return [suspended]
    if pause.until is not None and pause.until <= command.suspended_on:
        return [StationResumed(station=command.station, resumed_on=pause.until), suspended]
    raise Refused("suspended_already", "suspended_on", suspended_on=pause.since)


def _close(command: CloseStation, state: Open | Suspended) -> Sequence[StationEvent]:
    stays = state.record.stays
    town = stays[-1].town if stays else state.record.planned.town
    gone = StationClosed(station=command.station, town=town, reason=command.reason, closed_on=command.closed_on)
    stay = state.record.stay(command.closed_on)
    if stay is None:
        return [gone]
    removed = CabinRemoved(station=command.station, town=stay.town, placed_on=stay.since, removed_on=command.closed_on)
    return [removed, gone]


def _opened_again_on(state: Open | Suspended) -> date:
    """Since when it is open: from the beginning, or after the last pause that has ended."""
    ends = [pause.until for pause in state.record.pauses if pause.until is not None]
    return max([state.opened_on, *ends])


def _changed_on(state: Open | Suspended) -> date:
    """The latest day of which something is known that a closed station can't have."""
    begun = state.pause.since if isinstance(state, Suspended) else _opened_again_on(state)
    return max([begun, *(stay.since for stay in state.record.stays)])


def _must_be_news(day: date, field: str, known_on: date) -> None:
    if day < known_on:
        raise Refused("newer_change_known", field, known_on=known_on)


def _not_opened(station: str) -> Refused:
    return Refused("not_opened", "station", station=station)


def _station(command: StationCommand) -> tuple[StreamRef, ...]:
    return (STATION.of(command.station),)


def _station_and_town(command: PlanStation) -> tuple[StreamRef, ...]:
    """Of a cabin, a town that isn't on any list: it has none yet."""
    return STATION.of(command.station), TOWN.of(command.town or "none")


DECISIONS = (
    Decision((PlanStation,), _station_and_town, plan, planner),
    Decision((DescribeStation,), _station, describe, responsible),
    Decision((OpenStation,), _station, open_station, responsible),
    Decision((SuspendStation,), _station, suspend, responsible),
    Decision((ResumeStation,), _station, resume, responsible),
    Decision((EndSuspension,), _station, end_suspension, responsible),
    Decision((CloseStation,), _station, close, responsible),
)
