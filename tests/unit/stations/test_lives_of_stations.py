"""A station is planned, opened, shut for a while and closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from contracts.event import Event
from contracts.places import Point
from contracts.stations import (
    ClosingReason,
    StationDescribed,
    StationKind,
    StationResumed,
    SuspensionReason,
    TownDelisted,
)
from eventing.deadlines import Start
from services.stations.commands import (
    CloseStation,
    DescribeStation,
    EndSuspension,
    OpenStation,
    PlanStation,
    ResumeStation,
    SuspendStation,
)
from services.stations.commands.place import Datum
from services.stations.decider.station import STATION, Station, is_open_on, stands, union_of
from services.stations.geography import to_gcj02
from services.stations.policies.stations import DEADLINES
from tests.support.stations import (
    BODY,
    CABIN,
    CENTRE,
    CLOSED,
    HANGZHOU,
    OPENED,
    OTHER_TOWN,
    PLACED,
    PLANNED,
    RESUMES,
    ROOM,
    SUSPENDED,
    TODAY,
    TOWN,
    YUHANG,
    a_closed_room,
    a_listed_town,
    a_placed_cabin,
    a_planned_cabin,
    a_planned_room,
    a_suspended_room,
    an_open_cabin,
    an_open_room,
    closed,
    given,
    placed,
    removed,
    suspended,
)

A_DAY = timedelta(days=1)
RESUMED = StationResumed(station=ROOM, resumed_on=RESUMES)
DESCRIBED = StationDescribed(
    station=ROOM, name="示例街道工会驿站", area_m2=50, host_body=BODY, described_on=date(2025, 6, 3)
)


@dataclass(frozen=True)
class Folded:
    """The state after these events."""

    state: Station

    @classmethod
    def of(cls, *history: Event) -> "Folded":
        return cls(STATION.of("any").fold(history))

    def open_on(self, *days: date) -> list[bool]:
        return [is_open_on(self.state, day) for day in days]


def plan(kind: StationKind = StationKind.FIXED, **changes: Any) -> PlanStation:
    room = {"town": TOWN, "lat": CENTRE.lat, "lon": CENTRE.lon, "datum": Datum.WGS84}
    asked: dict[str, Any] = {
        "station": ROOM if kind is StationKind.FIXED else CABIN,
        "kind": kind,
        "name": "示例街道工会驿站" if kind is StationKind.FIXED else "移动驿站一号",
        "union": YUHANG,
        **(room if kind is StationKind.FIXED else {}),
        "area_m2": 45 if kind is StationKind.FIXED else 20,
        "host_body": BODY,
        "planned_on": PLANNED,
    }
    return PlanStation(**{**asked, **changes})


def describe(on: date = DESCRIBED.described_on, area: int = 50) -> DescribeStation:
    return DescribeStation(station=ROOM, name="示例街道工会驿站", area_m2=area, host_body=BODY, described_on=on)


def open_it(on: date = OPENED, station: str = ROOM) -> OpenStation:
    return OpenStation(station=station, opened_on=on)


def suspend(
    on: date = SUSPENDED,
    until: date | None = RESUMES,
    station: str = ROOM,
    reason: SuspensionReason = SuspensionReason.RENOVATION,
) -> SuspendStation:
    return SuspendStation(station=station, reason=reason, suspended_on=on, until=until)


def resume(on: date = RESUMES) -> ResumeStation:
    return ResumeStation(station=ROOM, resumed_on=on)


def close(on: date = CLOSED, station: str = ROOM) -> CloseStation:
    return CloseStation(station=station, reason=ClosingReason.HOST_WITHDREW, closed_on=on)


def test_a_room_is_planned_at_its_place() -> None:
    given(*a_listed_town()).when(plan()).then(*a_planned_room())
    given(*a_listed_town(), *a_planned_room()).when(plan()).nothing_new()
    given(*a_listed_town(), *a_planned_room()).when(plan(area_m2=46)).refused("planned_already", "station")


def test_a_point_from_a_chinese_map_is_kept_by_wgs84() -> None:
    map_point = to_gcj02(CENTRE)
    asked = plan(lat=map_point.lat, lon=map_point.lon, datum=Datum.GCJ02)
    given(*a_listed_town()).when(asked).then(*a_planned_room())


def test_a_room_lies_within_the_reach_of_its_town() -> None:
    """30.2741 north and 119.9785 east is the centre; a degree of latitude is some 110.9 km, the town reaches 9 km."""
    history = given(*a_listed_town())
    history.when(plan(lat=30.3541)).then(...)
    history.when(plan(lat=30.3561)).refused("outside_the_town", "lat", town=TOWN, reach_m=9000)
    given().when(plan()).refused("town_unlisted", "town", town=TOWN)
    history.when(plan(town="t-330106-01")).refused("town_elsewhere", "town")


def test_a_room_lies_in_a_town_that_was_on_the_list_that_day() -> None:
    def gone(on: date) -> TownDelisted:
        return TownDelisted(town=TOWN, delisted_on=on)

    given(*a_listed_town(), gone(PLANNED + A_DAY)).when(plan()).then(*a_planned_room())
    given(*a_listed_town(), gone(PLANNED)).when(plan()).refused("town_delisted", "town", town=TOWN)


def test_a_room_needs_all_of_its_place_and_a_cabin_none() -> None:
    for field in ("town", "lat", "lon", "datum"):
        without: dict[str, Any] = {field: None}
        given(*a_listed_town()).when(plan(**without)).refused("room_without_place", field)
    given().when(plan(StationKind.MOBILE)).then(*a_planned_cabin())
    given(*a_listed_town()).when(plan(StationKind.MOBILE, town=TOWN)).refused("cabin_is_placed", "town")
    given().when(plan(StationKind.MOBILE, datum=Datum.WGS84)).refused("cabin_is_placed", "datum")


def test_it_is_looked_after_by_a_union_of_its_district() -> None:
    given(*a_listed_town()).when(plan(union=HANGZHOU)).refused("union_elsewhere", "union", district="330110")
    given(*a_listed_town()).when(plan(union="u-unheard-of")).refused("union_elsewhere", "union")
    given(*a_listed_town()).when(plan(station="s-330100-001")).refused("not_a_county", "station")
    given(*a_listed_town()).when(plan(station="s-330106-001")).refused("region_without_union", "station")


def test_nobody_enters_a_station_as_another_unions() -> None:
    assert given().when(plan(union=HANGZHOU)).owner() == HANGZHOU
    assert given(*a_planned_room()).when(plan(union=HANGZHOU)).owner() == YUHANG
    assert given(*an_open_room()).when(close()).owner() == YUHANG
    assert given().when(close()).owner() is None


def test_one_that_is_in_use_already_is_entered_in_one_step() -> None:
    given(*a_listed_town()).when(plan(opened_on=OPENED)).then(*an_open_room())
    given(*a_listed_town(), *a_planned_room()).when(plan(opened_on=OPENED)).then(an_open_room()[-1])
    given(*a_listed_town(), *an_open_room()).when(plan(opened_on=OPENED)).nothing_new()
    given(*a_listed_town(), *an_open_room()).when(plan(opened_on=OPENED + A_DAY)).refused("opened_already", "opened_on")


def test_the_ledgers_row_of_a_station_that_was_described_anew_is_nothing_new() -> None:
    given(*a_planned_room(), DESCRIBED).when(plan(area_m2=50)).nothing_new()
    given(*a_planned_room(), DESCRIBED).when(plan()).nothing_new()


def test_its_particulars_are_entered_anew() -> None:
    given(*a_planned_room()).when(describe()).then(DESCRIBED)
    given(*a_planned_room(), DESCRIBED).when(describe()).nothing_new()
    given(*a_planned_room(), DESCRIBED).when(describe(DESCRIBED.described_on - A_DAY, 60)).refused(
        "newer_particulars_known", "described_on", known_on=DESCRIBED.described_on
    )
    given(*a_planned_room()).when(describe(PLANNED - A_DAY)).refused("newer_particulars_known", "described_on")
    given(*a_planned_room()).when(describe(TODAY + A_DAY)).refused("in_the_future", "described_on")


def test_a_room_opens_where_it_is() -> None:
    given(*a_planned_room()).when(open_it()).then(an_open_room()[-1])
    given(*an_open_room()).when(open_it()).nothing_new()
    given(*an_open_room()).when(open_it(OPENED + A_DAY)).refused("opened_already", "opened_on", opened_on=OPENED)
    given(*a_planned_room()).when(open_it(PLANNED - A_DAY)).refused("opened_before_planned", "opened_on")
    given(*a_planned_room()).when(open_it(TODAY + A_DAY)).refused("in_the_future", "opened_on")


def test_a_cabin_may_be_opened_before_it_stands_anywhere() -> None:
    given(*a_planned_cabin()).when(open_it(station=CABIN)).then(an_open_cabin()[-1])
    (opened,) = given(*a_planned_cabin(), placed(OPENED)).when(open_it(station=CABIN)).decide()
    assert getattr(opened, "town", None) == TOWN


def test_a_station_is_shut_for_a_while_and_opens_again() -> None:
    given(*an_open_room()).when(suspend()).then(suspended())
    given(*a_suspended_room()).when(suspend()).nothing_new()
    given(*a_suspended_room()).when(resume(date(2025, 5, 26))).then(
        StationResumed(station=ROOM, resumed_on=date(2025, 5, 26))
    )
    given(*a_suspended_room(), RESUMED).when(resume()).nothing_new()
    given(*a_suspended_room(), RESUMED).when(suspend()).nothing_new()


def test_a_suspension_is_entered_anew_under_its_own_day() -> None:
    given(*a_suspended_room()).when(suspend(until=None)).then(suspended(until=None))
    given(*a_suspended_room()).when(suspend(reason=SuspensionReason.SAFETY)).then(...)
    given(*a_suspended_room()).when(suspend(SUSPENDED + A_DAY)).refused(
        "suspended_already", "suspended_on", suspended_on=SUSPENDED
    )


def test_one_that_should_be_open_again_by_now_is_shut_once_more() -> None:
    """The clock of the first suspension may not have struck yet: its end is told first."""
    for again in (RESUMES, date(2025, 6, 10)):
        given(*a_suspended_room()).when(suspend(again, None)).then(RESUMED, suspended(again, None))


def test_a_suspension_ends_after_it_begins_and_after_what_is_known() -> None:
    given(*an_open_room()).when(suspend(until=SUSPENDED)).refused("until_not_after", "until", since=SUSPENDED)
    given(*an_open_room()).when(suspend(OPENED - A_DAY)).refused("newer_change_known", "suspended_on", known_on=OPENED)
    given(*a_suspended_room(), RESUMED).when(suspend(RESUMES - A_DAY, None)).refused(
        "newer_change_known", "suspended_on", known_on=RESUMES
    )
    given(*a_planned_room()).when(suspend()).refused("not_opened", "station")
    given(*an_open_room()).when(suspend(TODAY + A_DAY, None)).refused("in_the_future", "suspended_on")


def test_what_is_resumed_was_shut() -> None:
    given(*an_open_room()).when(resume()).refused("not_suspended", "station", station=ROOM)
    given(*a_planned_room()).when(resume()).refused("not_suspended", "station")
    given(*a_suspended_room()).when(resume(SUSPENDED - A_DAY)).refused("resumed_before_suspended", "resumed_on")
    given(*a_suspended_room()).when(resume(RESUMES + A_DAY)).refused("opens_by_itself", "resumed_on", until=RESUMES)
    given(*a_suspended_room(None)).when(resume(TODAY + A_DAY)).refused("in_the_future", "resumed_on")


def test_on_its_day_it_opens_by_itself() -> None:
    given(*a_suspended_room()).when(EndSuspension(station=ROOM, until=RESUMES)).then(RESUMED)
    given(*a_suspended_room()).when(EndSuspension(station=ROOM, until=RESUMES), on=RESUMES).then(RESUMED)
    given(*a_suspended_room()).when(EndSuspension(station=ROOM, until=RESUMES), on=RESUMES - A_DAY).refused(
        "suspension_not_over", "until", until=RESUMES
    )


@pytest.mark.parametrize("history", [an_open_room(), a_suspended_room(None), a_closed_room(), ()])
def test_a_clock_that_is_out_of_date_does_nothing(history: tuple[Event, ...]) -> None:
    given(*history).when(EndSuspension(station=ROOM, until=RESUMES)).nothing_new()


def test_the_clock_runs_until_the_last_day_has_ended() -> None:
    """Mechanism: due when the day before `until` has ended, which is the first instant of `until`."""
    (clock,) = DEADLINES
    assert clock.opens(suspended()) == Start(ROOM, RESUMES - A_DAY)
    assert clock.then(ROOM, RESUMES - A_DAY) == EndSuspension(station=ROOM, until=RESUMES)
    assert clock.opens(suspended(until=None)) is None
    for event in (suspended(until=None), RESUMED, closed(ROOM, TOWN)):
        assert clock.closes(event) == ROOM
    assert clock.closes(placed()) is None


def test_it_closes_for_good_after_it_opened() -> None:
    given(*an_open_room()).when(close()).then(closed(ROOM, TOWN))
    given(*a_suspended_room(None)).when(close()).then(closed(ROOM, TOWN))
    given(*a_closed_room()).when(close()).nothing_new()
    given(*an_open_room()).when(close(OPENED - A_DAY)).refused("closed_before_opened", "closed_on", opened_on=OPENED)
    given(*a_suspended_room()).when(close(SUSPENDED - A_DAY)).refused("newer_change_known", "closed_on")
    given(*an_open_room()).when(close(TODAY + A_DAY)).refused("in_the_future", "closed_on")


@pytest.mark.parametrize("reason", ClosingReason)
def test_the_plan_of_one_that_never_opened_ends(reason: ClosingReason) -> None:
    end = CloseStation(station=ROOM, reason=reason, closed_on=PLANNED)
    ended = closed(ROOM, TOWN, PLANNED, opened=False, reason=reason)
    given(*a_planned_room()).when(end).then(ended)
    given(*a_planned_room(), ended).when(end).nothing_new()
    given(*a_planned_room(), DESCRIBED).when(close(PLANNED - A_DAY)).refused(
        "closed_before_planned", "closed_on", planned_on=PLANNED
    )
    given(*a_planned_room()).when(close(TODAY + A_DAY)).refused("in_the_future", "closed_on")
    assert Folded.of(*a_planned_room(), ended).open_on(PLANNED, TODAY) == [False, False]


def test_a_cabin_that_was_placed_and_never_opened_leaves_its_place() -> None:
    history = given(*a_planned_cabin(), placed())
    history.when(close(station=CABIN)).then(removed(CLOSED), closed(CABIN, TOWN, opened=False))
    history.when(close(PLACED - A_DAY, CABIN)).refused("newer_change_known", "closed_on", known_on=PLACED)
    given(*a_planned_cabin()).when(close(station=CABIN)).then(closed(CABIN, None, opened=False))


@pytest.mark.parametrize(
    "life", [a_closed_room(), (*a_planned_room(), closed(ROOM, TOWN, opened=False))], ids=["opened", "planned"]
)
def test_a_closed_one_stays_closed(life: tuple[Event, ...]) -> None:
    history = given(*a_listed_town(), *life)
    commands = (describe(), open_it(OPENED + A_DAY), plan(opened_on=OPENED + A_DAY), suspend(), resume())
    for command in (*commands, close(CLOSED + A_DAY)):
        history.when(command).refused("station_closed", "station", station=ROOM, closed_on=CLOSED)
    history.when(plan()).nothing_new()


def test_a_cabin_leaves_its_place_when_it_closes() -> None:
    given(*a_placed_cabin()).when(close(station=CABIN)).then(removed(CLOSED), closed(CABIN, TOWN))
    given(*a_placed_cabin(until=CLOSED)).when(close(station=CABIN)).then(closed(CABIN, TOWN))
    given(*an_open_cabin()).when(close(station=CABIN)).then(closed(CABIN, None))
    given(*a_placed_cabin()).when(close(PLACED - A_DAY, CABIN)).refused("newer_change_known", "closed_on")


@pytest.mark.parametrize(
    "command", [describe(), open_it(), suspend(), resume(), close()], ids=lambda c: type(c).__name__
)
def test_one_that_was_never_planned_is_not_there(command: Any) -> None:
    given().when(command).refused("station_unknown", "station", station=ROOM)


def test_a_room_is_in_use_from_its_opening_but_for_its_pauses() -> None:
    room = Folded.of(*a_suspended_room())
    days = (OPENED - A_DAY, OPENED, SUSPENDED - A_DAY, SUSPENDED, RESUMES - A_DAY, RESUMES)
    assert room.open_on(*days) == [False, True, True, False, False, True]
    early = Folded.of(*a_suspended_room(), StationResumed(station=ROOM, resumed_on=SUSPENDED + A_DAY))
    assert early.open_on(SUSPENDED, SUSPENDED + A_DAY) == [False, True]
    assert Folded.of(*a_closed_room()).open_on(CLOSED - A_DAY, CLOSED) == [True, False]
    assert Folded.of(*a_planned_room()).open_on(OPENED) == [False]


def test_a_cabin_is_in_use_while_it_stands_somewhere() -> None:
    until = PLACED + 7 * A_DAY
    elsewhere = Point(lat=30.30, lon=119.99)
    again = placed(until + 3 * A_DAY, town=OTHER_TOWN, point=elsewhere)
    cabin = Folded.of(*a_placed_cabin(until), again)
    days = (PLACED - A_DAY, PLACED, until - A_DAY, until, until + 2 * A_DAY, until + 3 * A_DAY)
    assert cabin.open_on(*days) == [False, True, True, False, False, True]
    assert [stands(cabin.state, day) for day in (PLACED, until, again.placed_on)] == [
        (TOWN, CENTRE),
        None,
        (OTHER_TOWN, elsewhere),
    ]
    assert union_of(cabin.state) == YUHANG


def test_what_cant_follow_is_told() -> None:
    with pytest.raises(ValueError, match="StationOpened can't follow"):
        Folded.of(*an_open_room(), an_open_room()[-1])
    with pytest.raises(ValueError, match="StationResumed can't follow"):
        Folded.of(*an_open_room(), RESUMED)
    with pytest.raises(ValueError, match="StationPlanned can't follow"):
        Folded.of(*a_planned_room(), *a_planned_room())
