"""What the lists of stations and placings say after each step."""

from datetime import date, timedelta
from typing import Any

from contracts.event import Event
from contracts.stations import (
    ClosingReason,
    OpeningException,
    OpeningHoursSet,
    OpeningTime,
    OpenOn,
    StationDescribed,
    StationKind,
    StationResumed,
    SuspensionReason,
    TownDelisted,
)
from eventing.fold import fold_in_memory, replace
from eventing.moment import Moment
from services.stations.commands.place import Datum
from services.stations.queries.stations import open_now_until, shown
from services.stations.views.placements import PLACEMENTS
from services.stations.views.stations import STATIONS, StationRow, StationState
from services.stations.views.towns import TOWNS
from tests.support.given import noon
from tests.support.stations import (
    BODY,
    CABIN,
    CENTRE,
    CLOSED,
    LISTED,
    OPENED,
    OTHER_TOWN,
    PLACED,
    RESUMES,
    ROOM,
    SUSPENDED,
    TOWN,
    YUHANG,
    a_closed_room,
    a_listed_town,
    a_placed_cabin,
    a_planned_room,
    a_suspended_room,
    an_open_cabin,
    an_open_room,
    closed,
    placed,
    removed,
)

A_DAY = timedelta(days=1)
WEEK = 7 * A_DAY
TUESDAY = date(2025, 5, 13)


def row(*history: Event) -> StationRow:
    rows, _ = fold_in_memory(STATIONS, history)
    found: StationRow
    (found,) = rows.values()
    return found


def placings(*history: Event) -> dict[str, Any]:
    rows, _ = fold_in_memory(PLACEMENTS, history)
    return {key: (each.town, each.placed_on, each.until) for key, each in rows.items()}


def hours(station: str = ROOM, since: date = OPENED, closes: str = "20:00") -> OpeningHoursSet:
    return OpeningHoursSet(
        station=station,
        times=(OpeningTime(on=OpenOn.WORKING_DAYS, opens="08:00", closes=closes),),
        exceptions=(OpeningException(day=TUESDAY + A_DAY, opens=None, closes=None),),
        since=since,
    )


def test_a_row_tells_the_life_of_a_station() -> None:
    planned = row(*a_planned_room())
    assert (planned.state, planned.union_id, planned.town, planned.lat) == (
        StationState.PLANNED,
        YUHANG,
        TOWN,
        CENTRE.lat,
    )
    assert replace(planned, state=StationState.OPEN, opened_on=OPENED) == row(*an_open_room())
    shut = row(*a_suspended_room())
    assert (shut.state, shut.suspended_on, shut.suspended_for, shut.open_again_on) == (
        StationState.SUSPENDED,
        SUSPENDED,
        SuspensionReason.RENOVATION,
        RESUMES,
    )
    again = row(*a_suspended_room(None), StationResumed(station=ROOM, resumed_on=RESUMES))
    assert again == replace(shut, state=StationState.OPEN)
    gone = row(*a_closed_room())
    assert (gone.state, gone.closed_on) == (StationState.CLOSED, CLOSED)
    ended = row(*a_planned_room(), closed(ROOM, TOWN, opened=False, reason="mistake"))
    assert (ended.state, ended.opened_on, ended.closed_for) == (StationState.CLOSED, None, ClosingReason.MISTAKE)


def test_a_row_has_the_particulars_entered_last() -> None:
    anew = StationDescribed(station=ROOM, name="新名驿站", area_m2=60, host_body=BODY, described_on=RESUMES)
    described = row(*an_open_room(), anew)
    assert (described.name, described.area_m2) == ("新名驿站", 60)


def test_a_row_has_the_hours_of_the_latest_day() -> None:
    later = hours(since=OPENED + WEEK, closes="22:00")
    either = [row(*an_open_room(), hours(), later), row(*an_open_room(), later, hours())]
    assert either[0] == either[1]
    assert [(each.on, each.closes) for each in either[0].times] == [(OpenOn.WORKING_DAYS, "22:00")]
    assert [each.day for each in either[0].exceptions] == [TUESDAY + A_DAY]


def test_a_cabin_is_where_it_was_placed_last() -> None:
    late = placed(PLACED - WEEK, PLACED, OTHER_TOWN)
    cabin = row(*a_placed_cabin(), late)
    assert (cabin.town, cabin.placed_on, cabin.placed_until) == (TOWN, PLACED, None)
    moved = row(*a_placed_cabin(), removed(PLACED + WEEK), placed(PLACED + WEEK, town=OTHER_TOWN))
    assert (moved.town, moved.placed_on, moved.placed_until) == (OTHER_TOWN, PLACED + WEEK, None)
    assert row(*a_placed_cabin(), late, removed(PLACED - A_DAY, late.placed_on, OTHER_TOWN)).placed_until is None


def test_each_placing_has_a_row_of_its_own() -> None:
    history = (*a_placed_cabin(), removed(PLACED + WEEK), placed(PLACED + WEEK, town=OTHER_TOWN))
    assert placings(*history) == {
        f"{CABIN}/{PLACED}": (TOWN, PLACED, PLACED + WEEK),
        f"{CABIN}/{PLACED + WEEK}": (OTHER_TOWN, PLACED + WEEK, None),
    }
    assert placings(*a_placed_cabin(), placed(until=RESUMES)) == {f"{CABIN}/{PLACED}": (TOWN, PLACED, RESUMES)}


def test_a_town_entered_anew_is_on_the_list_since_it_was_put_on_it() -> None:
    (listed,) = a_listed_town()
    anew = listed.model_copy(update={"name": "示例新街道", "listed_on": LISTED + A_DAY})
    off = TownDelisted(town=TOWN, delisted_on=LISTED + A_DAY)

    def told(*history: Event) -> tuple[str, date, date | None]:
        town = fold_in_memory(TOWNS, history)[0][TOWN]
        return town.name, town.listed_on, town.delisted_on

    assert told(listed, anew) == ("示例新街道", LISTED, None)
    assert told(listed, off, anew) == ("示例新街道", LISTED + A_DAY, None)


def test_a_position_is_shown_in_either_datum() -> None:
    room = row(*an_open_room())
    assert shown(room, Datum.WGS84) == room
    there = shown(room, Datum.GCJ02)
    assert there.lat is not None
    assert there.lon is not None
    back = Datum.GCJ02.means(there.lat, there.lon)
    assert (round(back.lat, 5), round(back.lon, 5)) == (round(CENTRE.lat, 5), round(CENTRE.lon, 5))
    assert there.lon != room.lon
    nowhere = row(*an_open_cabin())
    assert shown(nowhere, Datum.GCJ02) == nowhere


def open_at_noon(day: date, *history: Event) -> str | None:
    until = open_now_until(row(*history), Moment(noon(day).at))
    return None if until is None else f"{until:%m-%d %H:%M}"


def test_a_room_is_open_by_its_hours_while_it_is_in_use() -> None:
    assert open_at_noon(TUESDAY, *an_open_room(), hours()) == "05-13 20:00"
    assert open_at_noon(TUESDAY + A_DAY, *an_open_room(), hours()) is None  # its exception
    assert open_at_noon(TUESDAY, *an_open_room()) is None  # no hours
    assert open_at_noon(TUESDAY, *a_planned_room(), hours()) is None
    assert open_at_noon(TUESDAY, *an_open_room(), hours(), *a_suspended_room()[2:]) is None
    assert open_at_noon(RESUMES + A_DAY, *a_suspended_room(), hours()) == "06-03 20:00"
    assert open_at_noon(CLOSED, *an_open_room(), hours(), closed(ROOM, TOWN)) is None


def test_a_cabin_is_open_while_it_stands_somewhere() -> None:
    assert open_at_noon(TUESDAY, *a_placed_cabin(), hours(CABIN)) == "05-13 20:00"
    assert open_at_noon(TUESDAY, *a_placed_cabin(TUESDAY), hours(CABIN)) is None
    assert open_at_noon(TUESDAY, *an_open_cabin(), hours(CABIN)) is None
    leaves = a_placed_cabin(TUESDAY + A_DAY)
    assert open_at_noon(TUESDAY, *leaves, hours(CABIN, closes="02:00")) == "05-14 00:00"


def test_a_row_is_of_a_room_or_of_a_cabin() -> None:
    assert row(*an_open_cabin()).kind is StationKind.MOBILE
    assert row(*an_open_cabin()).town is None
