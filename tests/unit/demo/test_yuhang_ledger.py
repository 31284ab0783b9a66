"""The synthetic stations of Yuhang: as many as there should be, where they should be, entered as officers would."""

from collections import Counter
from datetime import date
from itertools import pairwise

from contracts.places import Point
from demo import days
from demo.action import Sheet
from demo.yuhang import cabins, faults, pauses, services, stations, towns, visits
from demo.yuhang.programme import MONTHS, actions
from services.stations.commands.place import Datum
from services.stations.geography import metres

ACTIONS = tuple(actions())
STATIONS = stations.STATIONS
ROOMS = [station for station in STATIONS if station.town]
PROMISES = ("due_on",)


def test_there_are_48_rooms_and_6_cabins_over_15_towns_when_the_play_ends() -> None:
    in_use = [station.number for station in STATIONS if pauses.in_use_on(station.number, days.LAST)]
    of_kind = Counter(number in cabins.NUMBERS for number in in_use)
    assert of_kind == {False: 48, True: 6}
    assert len(towns.TOWNS) == len({town.id for town in towns.TOWNS}) == len({town.name for town in towns.TOWNS}) == 15
    assert Counter(town.kind for town in towns.TOWNS) == {"subdistrict": 7, "town": 5, "platform": 3}
    assert {room.town for room in ROOMS} == set(towns.TOWNS)


def test_every_place_lies_within_the_reach_of_its_town() -> None:
    """Whichever datum the row is filled in by."""
    datums = {"WGS-84": Datum.WGS84, "GCJ-02": Datum.GCJ02}
    assert {room.datum for room in ROOMS} == set(datums)
    for room in ROOMS:
        assert room.town is not None
        assert room.lat is not None
        assert room.lon is not None
        assert room.datum is not None
        there = datums[room.datum].means(room.lat, room.lon)
        assert metres(there, Point(lat=room.town.lat, lon=room.town.lon)) < room.town.reach_m
    for stay in cabins.STAYS:
        lat, lon = stay.point
        centre = Point(lat=stay.town.lat, lon=stay.town.lon)
        assert metres(Point(lat=lat, lon=lon), centre) < stay.town.reach_m


def test_every_cabin_is_moved_stands_nowhere_between_two_places_and_all_towns_have_had_one() -> None:
    assert {stay.town for stay in cabins.STAYS} == set(towns.TOWNS)
    for number in cabins.NUMBERS:
        stays = [stay for stay in cabins.STAYS if stay.cabin == number]
        assert len(stays) == 3
        for earlier, later in pairwise(stays):
            assert earlier.until is not None
            assert earlier.until < later.since
        assert stays[-1].until is None
    assert len({stay.town for stay in cabins.STAYS if stay.until is None}) == 6


def test_every_name_says_that_it_is_made_up_and_no_two_stations_have_the_same() -> None:
    names = [station.name for station in STATIONS]
    assert len(set(names)) == len(names) == 55
    providers = [provider for _, provider, _, _ in services.KINDS.values()]
    hosts = [station.host_body for station in STATIONS]
    assert all("示例" in name for name in (*names, *providers, *hosts))


def test_whoever_keeps_a_station_or_books_is_nobody() -> None:
    people = [action.body for action in ACTIONS if not isinstance(action.body, Sheet) and "phone" in action.body]
    assert {body["name"] for body in people if "name" in body} == {"示例管理员"}
    assert {str(body["phone"])[:-1] for body in people} == {"0571-0000000"}


def test_it_is_the_same_play_each_time_and_every_action_has_a_key_of_its_own() -> None:
    services.services.cache_clear()
    assert tuple(actions()) == ACTIONS
    assert len({action.key for action in ACTIONS}) == len(ACTIONS) <= 2500


def test_officers_enter_on_entry_days_what_has_happened() -> None:
    for action in ACTIONS:
        assert action.day in days.entry_days()
        if isinstance(action.body, Sheet):
            continue
        happened = [on for name, on in action.body.items() if name.endswith("_on") and name not in PROMISES]
        assert all(date.fromisoformat(str(on)) <= action.day for on in happened)


def test_no_minute_sees_more_workers_at_the_counter_than_it_lets_by() -> None:
    """The platform takes 30 a minute from one address, and the whole play may pass within one."""
    assert sum(action.role == "anyone" for action in ACTIONS) <= 24


def test_each_of_the_five_ledgers_is_brought_in() -> None:
    brought_in = {action.path.split("/")[-2] for action in ACTIONS if isinstance(action.body, Sheet)}
    assert brought_in == {"stations", "placements", "services-of-the-day", "service-counts", "faults"}
    for action in ACTIONS:
        if isinstance(action.body, Sheet):
            assert {len(row) for row in action.body.rows} == {len(action.body.rows[0])}


def test_the_last_thing_an_officer_does_is_one_command_by_which_the_board_is_as_fresh() -> None:
    last = max((action.day, action.hour) for action in ACTIONS)
    (command,) = [action for action in ACTIONS if (action.day, action.hour) == last]
    assert command.role == "officer"
    assert not isinstance(command.body, Sheet)


def test_a_service_is_where_a_station_is_in_use_and_is_counted_after_its_day() -> None:
    for service in services.services():
        assert pauses.in_use_on(service.number, service.held_on)
        assert service.planned_on <= service.held_on < service.counted_on
        assert service.visits >= service.booked - service.no_shows
    held = [service.id for service in (*services.services(), *services.CANCELLED)]
    assert len(set(held)) == len(held)


def test_visits_are_counted_where_a_station_was_in_use_and_only_there() -> None:
    before = date(2025, 7, 9)
    counted = {
        str(action.body["station"])
        for action in visits.actions()
        if not isinstance(action.body, Sheet) and action.body.get("day") == f"{before}"
    }
    in_use = {station.id for station in STATIONS if pauses.in_use_on(station.number, before)}
    assert counted == in_use
    assert 0 < len(in_use) < len(STATIONS)


def test_faults_end_in_every_way() -> None:
    ends = {(fault.repaired_on is None, fault.dismissed, fault.by_ledger) for fault in faults.FAULTS}
    assert ends == {
        *((False, None, False), (False, None, True)),
        *((True, None, False), (True, "works", False), (True, "known_already", False)),
    }


def test_the_months_are_those_of_the_play() -> None:
    assert [f"{day}" for day in (MONTHS[0], MONTHS[-1])] == ["2025-05-31", "2025-12-31"]
    assert len(MONTHS) == 8
