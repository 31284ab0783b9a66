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
)
from eventing.dates import must_have_happened
from eventing.decision import Decision, StreamRef
from eventing.moment import Moment
from eventing.places import must_be_a_county, must_be_in
from eventing.refusal import Invalid, Refused
from services.stations.commands import (
    CloseStation,
    DescribeStation,
    OpenStation,
    PlanStation,
)
from services.stations.decider.places import must_lie_in
from services.stations.decider.station import (
    STATION,
    Closed,
    Open,
    Planned,
    Record,
    Station,
    Suspended,
    Unknown,
    closed,
    evolve,
    only_station,
    responsible,
    stands,
    union_of,
    unknown,
)
from services.stations.decider.suspensions import must_be_news, not_opened, opened_again_on
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


def close(command: CloseStation, state: Station, moment: Moment) -> Sequence[StationEvent]:
    """A cabin leaves its place with it."""
    match state:
        case Unknown():
            raise unknown(command.station)
        case Planned():
            raise not_opened(command.station)
        case Closed() if (state.reason, state.closed_on) == (command.reason, command.closed_on):
            return []
        case Closed():
            raise closed(state)
        case _:
            must_have_happened(command.closed_on, "closed_on", moment)
            if command.closed_on < state.opened_on:
                raise Refused("closed_before_opened", "closed_on", opened_on=state.opened_on)
            must_be_news(command.closed_on, "closed_on", _changed_on(state))
            return _close(command, state)


def planner(command: PlanStation, state: Station, _: Town) -> str:
    """Nobody enters a station as another union's."""
    return union_of(state) or command.union


def _must_look_after(command: PlanStation, moment: Moment) -> None:
    on, unions = command.planned_on, moment.unions
    districts = f"u-{command.district}"
    known = unions.knows(command.union, on) and unions.knows(districts, on)
    if not (known and unions.is_within(command.union, districts, on)):
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


def _close(command: CloseStation, state: Open | Suspended) -> Sequence[StationEvent]:
    stays = state.record.stays
    town = stays[-1].town if stays else state.record.planned.town
    gone = StationClosed(station=command.station, town=town, reason=command.reason, closed_on=command.closed_on)
    stay = state.record.stay(command.closed_on)
    if stay is None:
        return [gone]
    removed = CabinRemoved(station=command.station, town=stay.town, placed_on=stay.since, removed_on=command.closed_on)
    return [removed, gone]


def _changed_on(state: Open | Suspended) -> date:
    """The latest day of which something is known that a closed station can't have."""
    begun = state.pause.since if isinstance(state, Suspended) else opened_again_on(state)
    return max([begun, *(stay.since for stay in state.record.stays)])


def _station_and_town(command: PlanStation) -> tuple[StreamRef, ...]:
    """Of a cabin, a town that isn't on any list: it has none yet."""
    return STATION.of(command.station), TOWN.of(command.town or "none")


DECISIONS = (
    Decision((PlanStation,), _station_and_town, plan, planner),
    Decision((DescribeStation,), only_station, describe, responsible),
    Decision((OpenStation,), only_station, open_station, responsible),
    Decision((CloseStation,), only_station, close, responsible),
)
