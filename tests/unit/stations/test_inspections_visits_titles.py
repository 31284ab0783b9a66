from collections.abc import Callable
from datetime import date

import pytest

from contracts.stations import StationInspected, Title, TitleGranted, TitleWithdrawn, VisitsCounted
from eventing.decision import Command
from services.stations.commands import CountVisits, GrantTitle, InspectStation, WithdrawTitle
from tests.support.faults import A_DAY
from tests.support.stations import (
    CLOSED,
    OPENED,
    ROOM,
    SUSPENDED,
    TODAY,
    YUHANG,
    a_closed_room,
    a_planned_room,
    a_suspended_room,
    an_open_cabin,
    an_open_room,
    given,
)

DAY = date(2025, 4, 15)
BODY = "浙江省总工会"
GRANTED, WITHDRAWN = date(2025, 4, 28), date(2025, 6, 16)


def inspect(on: date = DAY, points: int = 92, station: str = ROOM) -> InspectStation:
    return InspectStation(station=station, inspected_on=on, found_open=True, points=points)


def inspected(points: int = 92) -> StationInspected:
    return StationInspected(station=ROOM, inspected_on=DAY, found_open=True, points=points)


def count(on: date = DAY, visits: int = 84) -> CountVisits:
    return CountVisits(station=ROOM, day=on, visits=visits)


def counted(visits: int = 84) -> VisitsCounted:
    return VisitsCounted(station=ROOM, month="2025-04", day=DAY, visits=visits)


def grant(on: date = GRANTED, body: str = BODY) -> GrantTitle:
    return GrantTitle(station=ROOM, title=Title.MODEL, granted_by=body, granted_on=on)


def withdraw(on: date = WITHDRAWN) -> WithdrawTitle:
    return WithdrawTitle(station=ROOM, title=Title.MODEL, granted_by=BODY, withdrawn_on=on)


def granted(on: date = GRANTED) -> TitleGranted:
    return TitleGranted(station=ROOM, title=Title.MODEL, granted_by=BODY, granted_on=on)


WITHDRAWAL = TitleWithdrawn(
    station=ROOM, title=Title.MODEL, granted_by=BODY, granted_on=GRANTED, withdrawn_on=WITHDRAWN
)


def test_an_inspection_is_entered_and_entered_anew() -> None:
    given(*an_open_room()).when(inspect()).then(inspected())
    given(*an_open_room(), inspected()).when(inspect()).nothing_new()
    given(*an_open_room(), inspected()).when(inspect(points=80)).then(inspected(80))


def test_visits_are_counted_and_corrected() -> None:
    given(*an_open_room()).when(count()).then(counted())
    given(*an_open_room(), counted()).when(count()).nothing_new()
    given(*an_open_room(), counted()).when(count(visits=48)).then(counted(48))


@pytest.mark.parametrize(("command", "field"), [(inspect, "inspected_on"), (count, "day")])
def test_both_are_of_days_on_which_the_station_was_in_use(command: Callable[..., Command], field: str) -> None:
    given().when(command()).refused("station_unknown", "station")
    given(*an_open_room()).when(command(TODAY + A_DAY)).refused("in_the_future", field)
    for history, day in (
        (a_planned_room(), DAY),
        (an_open_room(), OPENED - A_DAY),
        (a_suspended_room(), SUSPENDED),
        (a_closed_room(), CLOSED),
    ):
        given(*history).when(command(day)).refused("not_in_use_that_day", field, day=day)
    given(*a_suspended_room()).when(command(SUSPENDED - A_DAY)).then(...)
    given(*a_closed_room()).when(command(CLOSED - A_DAY)).then(...)


def test_a_cabin_that_stands_nowhere_is_not_inspected() -> None:
    cabin = inspect(station=an_open_cabin()[0].station)
    given(*an_open_cabin()).when(cabin).refused("not_in_use_that_day", "inspected_on")


def test_a_title_is_granted_by_a_named_body_on_a_day() -> None:
    given(*an_open_room()).when(grant()).then(granted())
    given(*an_open_room(), granted()).when(grant()).nothing_new()
    given(*an_open_room(), granted()).when(grant(GRANTED + A_DAY)).refused(
        "title_held", "granted_on", granted_on=GRANTED
    )
    given(*an_open_room(), granted()).when(grant(body="杭州市总工会")).then(...)
    given(*an_open_room()).when(grant(TODAY + A_DAY)).refused("in_the_future", "granted_on")
    given().when(grant()).refused("station_unknown", "station")
    given(*a_closed_room()).when(grant()).refused("station_closed", "station")


def test_a_title_is_granted_to_a_station_that_has_opened() -> None:
    given(*a_planned_room()).when(grant()).refused("granted_before_opened", "granted_on", day=GRANTED)
    given(*an_open_room()).when(grant(OPENED - A_DAY)).refused("granted_before_opened", "granted_on")
    given(*an_open_room()).when(grant(OPENED)).then(granted(OPENED))
    given(*a_suspended_room()).when(grant(SUSPENDED)).then(granted(SUSPENDED))


def test_the_body_takes_it_back_and_may_grant_it_again() -> None:
    given(*an_open_room(), granted()).when(withdraw()).then(WITHDRAWAL)
    gone = (*an_open_room(), granted(), WITHDRAWAL)
    given(*gone).when(withdraw()).nothing_new()
    given(*gone).when(withdraw(WITHDRAWN + A_DAY)).refused("title_not_held", "title")
    given(*gone).when(grant(WITHDRAWN)).then(granted(WITHDRAWN))
    given(*gone).when(grant(WITHDRAWN - A_DAY)).refused("title_withdrawn_later", "granted_on", withdrawn_on=WITHDRAWN)


def test_what_is_withdrawn_was_held() -> None:
    given(*an_open_room()).when(withdraw()).refused("title_not_held", "title", granted_by=BODY)
    given(*an_open_room(), granted()).when(withdraw(GRANTED - A_DAY)).refused(
        "withdrawn_before_granted", "withdrawn_on", granted_on=GRANTED
    )
    given(*an_open_room(), granted()).when(withdraw(TODAY + A_DAY)).refused("in_the_future", "withdrawn_on")


def test_they_are_matters_of_the_stations_union() -> None:
    for command in (inspect(), count(), grant(), withdraw()):
        assert given(*an_open_room()).when(command).owner() == YUHANG
