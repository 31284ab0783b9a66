"""What becomes here of a town's stations: noted beside the 60 days, and told to its unions when one closes."""

from collections.abc import Sequence
from datetime import date, timedelta

from contracts.enterprise import (
    EnterpriseMoved,
    EnterpriseRegistered,
    StationClosingSeen,
    StationClosingTold,
    StationGone,
    StationNoted,
)
from contracts.event import Event
from contracts.places import Point
from contracts.stations import (
    CabinPlaced,
    CabinRemoved,
    ClosingReason,
    StationClosed,
    StationKind,
    StationOpened,
)
from eventing.decision import Command
from eventing.fold import fold_in_memory
from services.enterprise.commands import NoteStation, NoteStationGone, SeeClosing, TellOfClosing
from services.enterprise.policies import POLICIES
from services.enterprise.views.stations import CLOSINGS, NOTED_STATIONS
from tests.support.enterprises import TODAY, XINCHENG, a_unionized_enterprise, given

STATION, TOWN, OTHER_TOWN = "s-610102-001", "t-610102-01", "t-610102-02"
POINT = Point(lat=34.2658, lon=108.9541)
SINCE, UNTIL = date(2025, 3, 3), date(2025, 4, 1)


def noted(town: str = TOWN, since: date = SINCE, until: date | None = None) -> StationNoted:
    return StationNoted(station=STATION, town=town, since=since, until=until)


def note(town: str = TOWN, since: date = SINCE, until: date | None = None) -> NoteStation:
    return NoteStation(station=STATION, town=town, since=since, until=until)


def gone(*enterprises: str) -> StationGone:
    return StationGone(station=STATION, town=TOWN, closed_on=TODAY, enterprises=enterprises, part=1, parts=1)


CLOSE = NoteStationGone(station=STATION, town=TOWN, closed_on=TODAY)
CLOSED = StationClosed(station=STATION, town=TOWN, reason=ClosingReason.UNUSED, closed_on=TODAY)


def told_of(enterprise: str) -> StationClosingTold:
    return StationClosingTold(enterprise=enterprise, station=STATION, town=TOWN, union=XINCHENG, closed_on=TODAY)


def of_town(history: Sequence[Event], town: str = TOWN) -> list[Event]:
    return [
        event.model_copy(update={"town": town}) if isinstance(event, EnterpriseRegistered) else event
        for event in history
    ]


def code(history: Sequence[Event]) -> str:
    return next(event.enterprise for event in history if isinstance(event, EnterpriseRegistered))


def given_policies(context: str, event: Event) -> list[Command]:
    return [
        command
        for policy in POLICIES[context]
        if type(event) in policy.kinds and policy.when(event)
        for command in policy.then(event)
    ]


def test_an_opened_room_is_noted_in_its_town() -> None:
    said = {"station": STATION, "name": "示例驿站", "district": "610102", "opened_on": SINCE}
    room = StationOpened(kind=StationKind.FIXED, town=TOWN, point=POINT, **said)
    cabin = StationOpened(kind=StationKind.MOBILE, town=TOWN, point=POINT, **said)
    assert given_policies("stations", room) == [note()]
    assert given_policies("stations", cabin) == []


def test_a_cabin_is_noted_where_it_is_placed_and_when_it_leaves() -> None:
    placed = CabinPlaced(station=STATION, town=TOWN, point=POINT, placed_on=SINCE, until=None)
    removed = CabinRemoved(station=STATION, town=TOWN, placed_on=SINCE, removed_on=UNTIL)
    assert given_policies("stations", placed) == [note()]
    assert given_policies("stations", removed) == [note(until=UNTIL)]


def test_a_closed_station_that_stood_nowhere_is_nobodys() -> None:
    assert given_policies("stations", CLOSED) == [CLOSE]
    assert given_policies("stations", CLOSED.model_copy(update={"town": None})) == []


def test_nobody_is_told_that_a_plan_has_ended() -> None:
    assert given_policies("stations", CLOSED.model_copy(update={"opened": False})) == []


def test_what_is_said_twice_or_of_an_earlier_place_is_nothing_new() -> None:
    given().when(note()).then(noted())
    given(noted()).when(note()).nothing_new()
    given(noted()).when(note(OTHER_TOWN, SINCE - timedelta(days=9))).nothing_new()
    given(noted()).when(note(OTHER_TOWN, UNTIL)).then(noted(OTHER_TOWN, UNTIL))
    given(noted(), gone()).when(note(since=TODAY)).nothing_new()


def test_a_closing_names_the_enterprises_with_a_union_in_that_town() -> None:
    here = of_town(a_unionized_enterprise())
    given(noted(), *here).when(CLOSE).then(gone(code(here)))
    given(noted(), *of_town(here, OTHER_TOWN)).when(CLOSE).then(gone())
    given(noted(), *(event for event in here if isinstance(event, EnterpriseRegistered))).when(CLOSE).then(gone())
    given(noted(), gone()).when(CLOSE).nothing_new()


def test_each_of_them_is_told_once_until_it_is_seen() -> None:
    here = of_town(a_unionized_enterprise())
    tell = TellOfClosing(enterprise=code(here), station=STATION, town=TOWN, closed_on=TODAY)
    told = told_of(code(here))
    see = SeeClosing(enterprise=code(here), station=STATION, seen_on=TODAY)
    seen = StationClosingSeen(enterprise=code(here), station=STATION, seen_on=TODAY)
    assert given_policies("enterprise", gone(code(here))) == [tell]
    given(*here).when(tell).then(told)
    given(*here, told).when(tell).nothing_new()
    given(*here, told).when(see).then(seen)
    given(*here, told, seen).when(see).nothing_new()
    given(*here).when(see).refused("closing_not_told", "station", station=STATION)
    tomorrow = see.model_copy(update={"seen_on": TODAY + timedelta(days=1)})
    given(*here, told).when(tomorrow).refused("in_the_future", "seen_on")


def test_the_views_show_where_it_stands_and_what_is_left_to_see() -> None:
    (row,) = fold_in_memory(NOTED_STATIONS, [noted(), noted(OTHER_TOWN, UNTIL)])[0].values()
    assert (row.town, row.since, row.until) == (OTHER_TOWN, UNTIL, None)
    (row,) = fold_in_memory(NOTED_STATIONS, [noted(), gone()])[0].values()
    assert (row.town, row.since, row.until) == (TOWN, SINCE, TODAY)
    one = code(a_unionized_enterprise())
    told = told_of(one)
    seen = StationClosingSeen(enterprise=one, station=STATION, seen_on=TODAY)
    moved = EnterpriseMoved(enterprise=one, county="610103", union="u-610103", moved_on=TODAY)
    (closing,) = fold_in_memory(CLOSINGS, [moved, told, moved])[0].values()
    assert (closing.stations, closing.first_closed_on, closing.union_id) == ((STATION,), TODAY, "u-610103")
    (closing,) = fold_in_memory(CLOSINGS, [told, seen])[0].values()
    assert (closing.stations, closing.closed, closing.first_closed_on) == ((), (), None)
