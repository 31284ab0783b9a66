from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.stations import OpeningException, OpeningHoursSet, OpeningTime, OpenOn
from services.stations.commands import SetOpeningHours
from services.stations.decider.station import STATION, hours_on
from tests.support.stations import (
    OPENED,
    ROOM,
    TODAY,
    YUHANG,
    a_closed_room,
    a_planned_room,
    an_open_room,
    given,
)

A_DAY = timedelta(days=1)
OFFICE = {"on": "working_days", "opens": "08:00", "closes": "20:00"}
NIGHT = {"on": "saturday", "opens": "22:00", "closes": "06:00"}
HOLIDAY = date(2025, 6, 9)


def set_hours(*times: dict[str, Any], since: date = OPENED, exceptions: tuple[dict[str, Any], ...] = ()) -> Any:
    return SetOpeningHours.model_validate({"station": ROOM, "times": times, "exceptions": exceptions, "since": since})


def hours(since: date = OPENED, closes: str = "20:00") -> OpeningHoursSet:
    office = OpeningTime(on=OpenOn.WORKING_DAYS, opens="08:00", closes=closes)
    return OpeningHoursSet(station=ROOM, times=(office,), exceptions=(), since=since)


def test_hours_are_set_for_weekdays_and_working_days_with_exceptions() -> None:
    asked = set_hours(OFFICE, NIGHT, exceptions=({"day": HOLIDAY},))
    night = OpeningTime(on=OpenOn.SATURDAY, opens="22:00", closes="06:00")
    shut = OpeningException(day=HOLIDAY, opens=None, closes=None)
    entered = OpeningHoursSet(station=ROOM, times=(*hours().times, night), exceptions=(shut,), since=OPENED)
    given(*an_open_room()).when(asked).then(entered)
    given(*an_open_room(), entered).when(asked).nothing_new()
    assert given(*an_open_room()).when(asked).owner() == YUHANG


def test_they_may_be_known_before_it_opens() -> None:
    given(*a_planned_room()).when(set_hours(OFFICE)).then(hours())


def test_two_times_that_overlap_are_refused_at_the_later_one() -> None:
    wednesday = {"on": "wednesday", "opens": "19:00", "closes": "21:00"}
    given(*an_open_room()).when(set_hours(OFFICE, NIGHT, wednesday)).refused(
        "hours_overlap", "times.2", other="times.0"
    )
    into_monday = {"on": "sunday", "opens": "22:00", "closes": "09:00"}
    given(*an_open_room()).when(set_hours(into_monday, OFFICE)).refused("hours_overlap", "times.1", other="times.0")


def test_an_exception_has_both_times_or_neither_and_a_day_one_exception() -> None:
    room = given(*an_open_room())
    half = set_hours(OFFICE, exceptions=({"day": HOLIDAY, "opens": "08:00"},))
    room.when(half).refused("exception_half_given", "exceptions.0.closes", day=HOLIDAY)
    other_half = set_hours(OFFICE, exceptions=({"day": HOLIDAY, "closes": "12:00"},))
    room.when(other_half).refused("exception_half_given", "exceptions.0.opens")
    twice = set_hours(OFFICE, exceptions=({"day": HOLIDAY}, {"day": HOLIDAY}))
    room.when(twice).refused("exception_twice", "exceptions.1.day", day=HOLIDAY)


def test_nothing_opens_at_the_end_of_a_day() -> None:
    with pytest.raises(ValidationError) as caught:
        set_hours({"on": "monday", "opens": "24:00", "closes": "06:00"})
    assert caught.value.errors()[0]["loc"] == ("times", 0, "opens")


def test_hours_hold_from_their_day_on_in_whatever_order_they_are_entered() -> None:
    later, corrected = hours(OPENED + 30 * A_DAY, "22:00"), hours(closes="21:00")
    state = STATION.of(ROOM).fold((*an_open_room(), later, hours(), corrected))
    assert hours_on(state, OPENED - A_DAY) is None
    assert hours_on(state, later.since - A_DAY) == corrected
    assert hours_on(state, later.since) == later


def test_hours_are_set_for_a_station_that_is_there() -> None:
    given().when(set_hours(OFFICE)).refused("station_unknown", "station")
    given(*a_closed_room()).when(set_hours(OFFICE)).refused("station_closed", "station")
    given(*an_open_room()).when(set_hours(OFFICE, since=TODAY + A_DAY)).refused("in_the_future", "since")
