from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.places import Point
from eventing.shell.validation import findings
from services.stations.commands import PlaceCabin, RemoveCabin
from services.stations.commands.place import Datum, Place
from services.stations.decider.station import STATION, stands
from services.stations.geography import to_gcj02
from tests.support.stations import (
    CABIN,
    CENTRE,
    OTHER_TOWN,
    PLACED,
    PLANNED,
    ROOM,
    TODAY,
    TOWN,
    YUHANG,
    a_listed_town,
    a_placed_cabin,
    a_planned_cabin,
    an_open_cabin,
    an_open_room,
    closed,
    given,
    placed,
    removed,
)

A_DAY = timedelta(days=1)
A_WEEK_ON = PLACED + 7 * A_DAY
TOWNS = (*a_listed_town(), *a_listed_town(OTHER_TOWN))


def place(on: date = PLACED, town: str = TOWN, point: Point = CENTRE, **changes: Any) -> PlaceCabin:
    asked = {"station": CABIN, "lat": point.lat, "lon": point.lon, "datum": Datum.WGS84, "until": None}
    return PlaceCabin(**{**asked, "town": town, "placed_on": on, **changes})


def remove(on: date = A_WEEK_ON, station: str = CABIN, town: str | None = None) -> RemoveCabin:
    return RemoveCabin(station=station, removed_on=on, town=town)


@pytest.mark.parametrize("cabin", [a_planned_cabin(), an_open_cabin()])
def test_a_cabin_is_placed_in_a_town(cabin: tuple[Any, ...]) -> None:
    given(*TOWNS, *cabin).when(place()).then(placed())
    given(*TOWNS, *cabin, placed()).when(place()).nothing_new()
    assert given(*TOWNS, *cabin).when(place()).owner() == YUHANG


def test_a_point_from_a_chinese_map_is_kept_by_wgs84() -> None:
    shown = to_gcj02(CENTRE)
    given(*TOWNS, *an_open_cabin()).when(place(point=shown, datum=Datum.GCJ02)).then(placed())


def test_a_room_stays_where_it_is() -> None:
    given(*TOWNS, *an_open_room()).when(place(station=ROOM)).refused("room_stays", "station", station=ROOM)
    given(*TOWNS, *an_open_room()).when(remove(station=ROOM)).refused("room_stays", "station")


def test_a_cabin_never_stands_in_two_places_at_once() -> None:
    open_end = given(*TOWNS, *a_placed_cabin())
    open_end.when(place(A_WEEK_ON, OTHER_TOWN)).refused("cabin_elsewhere", "placed_on", town=TOWN, since=PLACED)
    open_end.when(place(PLACED, OTHER_TOWN)).refused("cabin_elsewhere", "placed_on", town=TOWN)
    open_end.when(place(PLACED - A_DAY)).refused("cabin_elsewhere", "placed_on")
    week = given(*TOWNS, *a_placed_cabin(A_WEEK_ON))
    week.when(place(A_WEEK_ON - A_DAY, OTHER_TOWN)).refused("cabin_elsewhere", "placed_on", since=PLACED)
    week.when(place(A_WEEK_ON, OTHER_TOWN)).then(placed(A_WEEK_ON, town=OTHER_TOWN))
    week.when(place(PLACED - 2 * A_DAY, OTHER_TOWN, until=PLACED)).then(...)  # entered late, and before it


def test_a_placing_is_entered_anew_for_its_town_and_day() -> None:
    given(*TOWNS, *a_placed_cabin()).when(place(until=A_WEEK_ON)).then(placed(until=A_WEEK_ON))
    follows = placed(A_WEEK_ON, town=OTHER_TOWN)
    given(*TOWNS, *a_placed_cabin(A_WEEK_ON), follows).when(place(until=A_WEEK_ON + A_DAY)).refused(
        "cabin_elsewhere", "placed_on", town=OTHER_TOWN
    )


def test_it_stands_within_the_town_and_the_town_in_its_district() -> None:
    cabin = given(*TOWNS, *an_open_cabin())
    cabin.when(place(point=Point(lat=30.3561, lon=119.9785))).refused("outside_the_town", "lat", town=TOWN)
    cabin.when(place(town="t-330106-01")).refused("town_elsewhere", "town", county="330110")
    cabin.when(place(town="t-330110-15")).refused("town_unlisted", "town")
    standing = given(*TOWNS, *a_placed_cabin())
    standing.when(place(A_WEEK_ON, "t-330106-01")).refused("town_elsewhere", "town")


def test_it_is_placed_for_at_least_a_day_and_not_in_the_future() -> None:
    cabin = given(*TOWNS, *an_open_cabin())
    cabin.when(place(until=PLACED)).refused("until_not_after", "until", since=PLACED)
    cabin.when(place(TODAY + A_DAY)).refused("in_the_future", "placed_on")
    cabin.when(place(PLANNED - A_DAY)).refused("placed_before_planned", "placed_on", planned_on=PLANNED)
    cabin.when(place(PLANNED)).then(placed(PLANNED))
    given(*TOWNS).when(place()).refused("station_unknown", "station")
    given(*TOWNS, *an_open_cabin(), closed(CABIN, None)).when(place()).refused("station_closed", "station")


def test_it_is_taken_away_from_where_it_stands() -> None:
    given(*a_placed_cabin()).when(remove()).then(removed(A_WEEK_ON))
    given(*a_placed_cabin(A_WEEK_ON + A_DAY)).when(remove()).then(removed(A_WEEK_ON))
    given(*a_placed_cabin(), removed(A_WEEK_ON)).when(remove()).nothing_new()
    given(*a_placed_cabin(), removed(A_WEEK_ON)).when(remove(A_WEEK_ON + A_DAY)).refused("cabin_nowhere", "removed_on")
    given(*a_placed_cabin()).when(remove(PLACED - A_DAY)).refused("cabin_nowhere", "removed_on")
    given(*a_placed_cabin()).when(remove(TODAY + A_DAY)).refused("in_the_future", "removed_on")
    given().when(remove()).refused("station_unknown", "station")


def test_a_move_to_the_wrong_town_is_put_right_on_its_day() -> None:
    """Mechanism: that it left the one town that day says nothing of the other; a town that is named does."""
    moved = (*a_placed_cabin(), removed(A_WEEK_ON), placed(A_WEEK_ON, town=OTHER_TOWN))
    given(*moved).when(remove()).nothing_new()
    given(*moved).when(remove(town=TOWN)).nothing_new()
    wrong = removed(A_WEEK_ON, A_WEEK_ON, OTHER_TOWN)
    given(*moved).when(remove(town=OTHER_TOWN)).then(wrong)
    given(*moved, wrong).when(remove(town=OTHER_TOWN)).nothing_new()
    given(*TOWNS, *moved, wrong).when(place(A_WEEK_ON)).then(placed(A_WEEK_ON))
    given(*a_placed_cabin()).when(remove(town=OTHER_TOWN)).refused("cabin_in_another_town", "town", town=TOWN)


def test_one_that_was_taken_away_on_the_day_it_came_never_stood_there() -> None:
    history = (*a_placed_cabin(), removed(PLACED))
    assert stands(STATION.of(CABIN).fold(history), PLACED) is None
    given(*TOWNS, *history).when(place(town=OTHER_TOWN)).then(placed(town=OTHER_TOWN))


@pytest.mark.parametrize(
    ("lat", "lon", "told"),
    [
        (119.9785, 30.2741, [("place_swapped", "lat"), ("place_swapped", "lon")]),
        ("119.9785", "30.2741", [("place_swapped", "lat"), ("place_swapped", "lon")]),
        (60.0, 119.9785, [("number_too_large", "lat")]),
        (30.2741, 150.0, [("number_too_large", "lon")]),
    ],
)
def test_swapped_degrees_are_refused_as_such(lat: Any, lon: Any, told: list[tuple[str, str]]) -> None:
    with pytest.raises(ValidationError) as caught:
        Place(lat=lat, lon=lon, datum=Datum.WGS84)
    as_sent = [{**error, "loc": ("body", *error["loc"])} for error in caught.value.errors()]
    assert [(refusal.code, refusal.field) for refusal in findings(as_sent, lambda _: None)] == told


def test_without_a_datum_no_place_is_taken() -> None:
    with pytest.raises(ValidationError, match="datum"):
        Place.model_validate({"lat": CENTRE.lat, "lon": CENTRE.lon})
