"""What somebody finds who comes at an instant, from the facts that were entered."""

from datetime import date, datetime, timedelta

from contracts import calendar
from contracts.event import Event
from contracts.places import Point
from contracts.stations import (
    CabinPlaced,
    CabinRemoved,
    CancellationReason,
    ClosingReason,
    Equipment,
    EquipmentBroken,
    EquipmentInstalled,
    EquipmentRemoved,
    EquipmentRepaired,
    OpeningException,
    OpeningHoursSet,
    OpeningTime,
    OpenOn,
    ServiceCancelled,
    ServiceHeld,
    ServiceKind,
    ServicePlanned,
    StationClosed,
    StationDescribed,
    StationKind,
    StationOpened,
    StationPlanned,
    StationResumed,
    StationSuspended,
    SuspensionReason,
    Symptom,
)
from eventing.fold import fold_in_memory
from eventing.moment import CHINA
from services.stations.finding import Found, find
from services.stations.hours import Instant
from services.stations.views.nearby import NEARBY
from services.stations.views.nearby_row import NearbyRow
from tests.support.stations import CABIN, CENTRE, OTHER_TOWN, ROOM, TOWN, YUHANG

A_DAY = timedelta(days=1)
FRIDAY = date(2025, 5, 16)
SATURDAY = FRIDAY + A_DAY
MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
BY_THE_RIVER = Point(lat=30.3, lon=120.0)
WATER, CHARGING = Equipment.DRINKING_WATER, Equipment.CHARGING


def row_of(*events: Event) -> NearbyRow:
    rows, _ = fold_in_memory(NEARBY, events)
    (row,) = rows.values()
    assert isinstance(row, NearbyRow)
    return row


def found(day: date, time: str, *events: Event) -> Found | None:
    return find(row_of(*events), Instant.of(on(day, time), calendar.load()))


def on(day: date, time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=CHINA)


def at_point(there: Found) -> Point:
    return Point(lat=there.place.lat, lon=there.place.lon)


def until(day: date, time: str, *events: Event) -> str | None:
    there = found(day, time, *events)
    return None if there is None else f"{there.open_until:%m-%d %H:%M}"


def planned(station: str = ROOM, point: Point | None = CENTRE) -> StationPlanned:
    return StationPlanned(
        station=station,
        kind=StationKind.FIXED if point else StationKind.MOBILE,
        name="示例街道工会驿站",
        district="330110",
        union=YUHANG,
        town=TOWN if point else None,
        point=point,
        area_m2=45,
        host_body="示例街道办事处",
        planned_on=MAY,
    )


def opened(station: str = ROOM, point: Point | None = CENTRE, on: date = MAY) -> StationOpened:
    return StationOpened(
        station=station,
        kind=StationKind.FIXED if point else StationKind.MOBILE,
        name="示例街道工会驿站",
        district="330110",
        town=TOWN if point else None,
        point=point,
        opened_on=on,
    )


def hours(
    opens: str, closes: str, *exceptions: OpeningException, since: date = MAY, station: str = ROOM
) -> OpeningHoursSet:
    days = (OpenOn.WORKING_DAYS, OpenOn.SATURDAY, OpenOn.SUNDAY)
    times = tuple(OpeningTime(on=day, opens=opens, closes=closes) for day in days)
    return OpeningHoursSet(station=station, times=times, exceptions=exceptions, since=since)


def suspended(since: date, until: date | None) -> StationSuspended:
    return StationSuspended(
        station=ROOM, town=TOWN, reason=SuspensionReason.RENOVATION, suspended_on=since, until=until
    )


def placed(on: date, until: date | None = None, point: Point = CENTRE, town: str = TOWN) -> CabinPlaced:
    return CabinPlaced(station=CABIN, town=town, point=point, placed_on=on, until=until)


BY_DAY = (planned(), hours("08:00", "20:00"), opened())
BY_NIGHT = (planned(), hours("22:00", "06:00"), opened())
A_CABIN = (planned(CABIN, None), hours("08:00", "20:00", station=CABIN), opened(CABIN, None))
ROUND_THE_CLOCK_CABIN = (planned(CABIN, None), hours("00:00", "24:00", station=CABIN), opened(CABIN, None))


def test_it_is_found_while_it_is_open() -> None:
    assert until(FRIDAY, "10:00", *BY_DAY) == "05-16 20:00"
    assert until(FRIDAY, "07:59", *BY_DAY) is None
    assert until(FRIDAY, "20:00", *BY_DAY) is None


def test_one_that_has_no_hours_yet_is_never_open() -> None:
    assert found(FRIDAY, "10:00", planned(), opened()) is None


def test_it_is_open_from_its_first_day_and_up_to_its_last() -> None:
    closed = StationClosed(station=ROOM, town=TOWN, reason=ClosingReason.REPLACED, closed_on=SATURDAY)
    assert found(FRIDAY, "10:00", planned(), hours("08:00", "20:00")) is None
    assert found(FRIDAY, "10:00", planned(), hours("08:00", "20:00"), opened(on=SATURDAY)) is None
    assert found(FRIDAY, "10:00", *BY_DAY, closed) is not None
    assert found(SATURDAY, "10:00", *BY_DAY, closed) is None
    ended = closed.model_copy(update={"opened": False})
    assert found(FRIDAY, "10:00", planned(), hours("08:00", "20:00"), ended) is None


def test_a_night_goes_on_over_midnight() -> None:
    assert until(FRIDAY, "23:00", *BY_NIGHT) == "05-17 06:00"
    assert until(SATURDAY, "02:00", *BY_NIGHT) == "05-17 06:00"


def test_nobody_is_told_that_it_is_open_into_a_day_on_which_it_is_shut() -> None:
    closed = StationClosed(station=ROOM, town=TOWN, reason=ClosingReason.REPLACED, closed_on=SATURDAY)
    for shut in (closed, suspended(SATURDAY, None), hours("08:00", "20:00", since=SATURDAY)):
        assert until(FRIDAY, "23:00", *BY_NIGHT, shut) == "05-17 00:00"


def test_it_is_shut_for_a_while_and_open_again_by_itself() -> None:
    paused = (*BY_DAY, suspended(FRIDAY, JUNE))
    assert found(FRIDAY, "10:00", *paused) is None
    assert found(JUNE, "10:00", *paused) is not None
    assert found(JUNE, "10:00", *paused, StationResumed(station=ROOM, resumed_on=JUNE)) is not None
    assert found(SATURDAY, "10:00", *paused, StationResumed(station=ROOM, resumed_on=SATURDAY)) is not None


def test_entered_anew_while_it_is_shut_the_later_entry_holds() -> None:
    assert found(JUNE, "10:00", *BY_DAY, suspended(FRIDAY, JUNE), suspended(FRIDAY, None)) is None
    again = (suspended(FRIDAY, SATURDAY), StationResumed(station=ROOM, resumed_on=SATURDAY), suspended(JUNE, None))
    assert found(FRIDAY, "10:00", *BY_DAY, *again) is None
    assert found(SATURDAY, "10:00", *BY_DAY, *again) is not None


def test_hours_hold_from_their_day_in_whatever_order_they_were_entered() -> None:
    later, earlier = hours("08:00", "22:00", since=SATURDAY), hours("09:00", "18:00", since=FRIDAY)
    entered = (planned(), opened(), later, earlier)
    assert until(FRIDAY, "10:00", *entered) == "05-16 18:00"
    assert until(SATURDAY, "10:00", *entered) == "05-17 22:00"
    assert until(SATURDAY, "10:00", *entered, hours("08:00", "12:00", since=SATURDAY)) == "05-17 12:00"


def test_one_day_may_have_other_hours_or_none() -> None:
    short = OpeningException(day=FRIDAY, opens="10:00", closes="12:00")
    shut = OpeningException(day=FRIDAY, opens=None, closes=None)
    assert until(FRIDAY, "11:00", planned(), opened(), hours("08:00", "20:00", short)) == "05-16 12:00"
    assert found(FRIDAY, "11:00", planned(), opened(), hours("08:00", "20:00", shut)) is None


def test_one_day_is_another_only_while_the_hours_hold_that_say_so() -> None:
    short = OpeningException(day=SATURDAY, opens="10:00", closes="12:00")
    before = (planned(), opened(), hours("08:00", "20:00", short))
    assert until(SATURDAY, "11:00", *before, hours("08:00", "20:00", since=FRIDAY)) == "05-17 20:00"
    assert until(SATURDAY, "11:00", *before, hours("08:00", "20:00")) == "05-17 20:00", "entered anew"


def test_a_cabin_is_found_where_it_stands_that_day() -> None:
    moved = (*A_CABIN, placed(MAY, FRIDAY), placed(SATURDAY, None, BY_THE_RIVER, OTHER_TOWN))
    before, after = found(FRIDAY - A_DAY, "10:00", *moved), found(SATURDAY, "10:00", *moved)
    assert before is not None
    assert after is not None
    assert (before.place.town, at_point(before)) == (TOWN, CENTRE)
    assert (after.place.town, at_point(after)) == (OTHER_TOWN, BY_THE_RIVER)
    assert found(FRIDAY, "10:00", *moved) is None, "between two places it is closed"


def test_a_cabin_that_is_removed_or_placed_anew_stands_so() -> None:
    removed = CabinRemoved(station=CABIN, town=TOWN, placed_on=MAY, removed_on=FRIDAY)
    assert found(FRIDAY, "10:00", *A_CABIN, placed(MAY), removed) is None
    elsewhere = found(FRIDAY, "10:00", *A_CABIN, placed(MAY), placed(MAY, None, BY_THE_RIVER))
    assert elsewhere is not None
    assert at_point(elsewhere) == BY_THE_RIVER


def test_a_cabin_is_open_no_longer_than_it_stands_there() -> None:
    assert until(FRIDAY, "10:00", *ROUND_THE_CLOCK_CABIN, placed(MAY, SATURDAY)) == "05-17 00:00"
    assert until(FRIDAY, "10:00", *ROUND_THE_CLOCK_CABIN, placed(MAY)) == "05-23 10:00"


def test_what_was_taken_away_or_repaired_before_stays_so_when_it_is_taken_away_again() -> None:
    """Mechanism: only a piece and a fault that go on end with what is taken away."""
    early, middle, late = date(2025, 5, 6), date(2025, 5, 9), date(2025, 5, 12)
    first, second = (EquipmentInstalled(station=ROOM, equipment=WATER, installed_on=day) for day in (MAY, late))
    gone, again = (EquipmentRemoved(station=ROOM, equipment=WATER, removed_on=day) for day in (middle, JUNE))
    said = {"station": ROOM, "equipment": WATER, "fault": "f-7f3k9a2c"}
    broken = EquipmentBroken(symptom=Symptom.EMPTY, broken_since=MAY, **said)
    repaired = EquipmentRepaired(repaired_on=early, **said)
    for day, works in ((early, (WATER,)), (middle, ()), (late, (WATER,)), (JUNE, ())):
        there = found(day, "10:00", *BY_DAY, first, broken, repaired, gone, second, again)
        assert there is not None
        assert there.equipment == (works, ())


def test_what_it_has_works_unless_it_is_broken_that_day() -> None:
    has = [EquipmentInstalled(station=ROOM, equipment=each, installed_on=MAY) for each in (WATER, CHARGING)]
    broken = EquipmentBroken(
        station=ROOM, equipment=WATER, symptom=Symptom.EMPTY, fault="f-7f3k9a2c", broken_since=FRIDAY
    )
    repaired = EquipmentRepaired(station=ROOM, equipment=WATER, fault="f-7f3k9a2c", repaired_on=JUNE)
    removed = EquipmentRemoved(station=ROOM, equipment=CHARGING, removed_on=JUNE)
    for day, works, out in (
        (FRIDAY - A_DAY, (CHARGING, WATER), ()),
        (FRIDAY, (CHARGING,), (WATER,)),
        (JUNE, (WATER,), ()),
    ):
        there = found(day, "10:00", *BY_DAY, *has, broken, repaired, removed)
        assert there is not None
        assert there.equipment == (works, out)


def a_haircut(day: date = FRIDAY, number: int = 1, starts: str = "13:30") -> ServicePlanned:
    return ServicePlanned(
        service=f"d-330110-001-{day:%Y%m%d}-{number}",
        station=ROOM,
        town=TOWN,
        kind=ServiceKind.HAIRCUT,
        provider="杭州示例美发服务队",
        held_on=day,
        starts=starts,
        ends="16:30",
        capacity=30,
    )


def test_a_service_that_is_planned_again_with_more_places_is_told_once() -> None:
    more = a_haircut().model_copy(update={"capacity": 40})
    there = found(FRIDAY, "12:00", *BY_DAY, a_haircut(), more)
    assert there is not None
    assert [offer.service for offer in there.on] == [more.service]


def test_what_is_on_that_day_is_told_until_it_is_over() -> None:
    for day, time, on_there in (
        (FRIDAY, "09:00", 1),
        (FRIDAY, "16:29", 1),
        (FRIDAY, "16:30", 0),
        (SATURDAY, "14:00", 0),
    ):
        there = found(day, time, *BY_DAY, a_haircut())
        assert there is not None
        assert len(there.on) == on_there


def test_what_is_on_is_told_in_the_order_of_its_time() -> None:
    there = found(FRIDAY, "09:00", *BY_DAY, a_haircut(), a_haircut(number=2, starts="10:00"))
    assert there is not None
    assert [offer.starts for offer in there.on] == ["10:00", "13:30"]


def test_what_is_cancelled_is_not_on() -> None:
    """Mechanism: its id names the station, for the event doesn't."""
    cancelled = ServiceCancelled(
        service="d-330110-001-20250516-1", reason=CancellationReason.WEATHER, cancelled_on=FRIDAY
    )
    there = found(FRIDAY, "10:00", *BY_DAY, a_haircut(), a_haircut(number=2), cancelled)
    assert there is not None
    assert [offer.service for offer in there.on] == ["d-330110-001-20250516-2"]


def test_what_was_held_long_ago_leaves_the_row() -> None:
    held = ServiceHeld(
        service="d-330110-001-20250616-1",
        station=ROOM,
        town=TOWN,
        kind=ServiceKind.HAIRCUT,
        held_on=date(2025, 6, 16),
        visits=27,
        booked=30,
        no_shows=4,
    )
    row = row_of(*BY_DAY, a_haircut(date(2025, 5, 15)), a_haircut(FRIDAY), a_haircut(date(2025, 6, 16)), held)
    assert row.offered == ("2025-05-16 haircut", "2025-06-16 haircut")


def test_it_has_the_name_that_was_entered_last() -> None:
    described = StationDescribed(
        station=ROOM, name="新名字工会驿站", area_m2=50, host_body="示例街道办事处", described_on=MAY
    )
    assert row_of(*BY_DAY, described).name == "新名字工会驿站"


def test_a_row_is_sought_by_all_its_places_and_all_its_hours() -> None:
    cabin = row_of(*A_CABIN, placed(MAY, FRIDAY), placed(SATURDAY, None, BY_THE_RIVER))
    assert cabin.west is not None
    assert cabin.east is not None
    assert cabin.west < cabin.east
    room = row_of(*BY_NIGHT, hours("10:30", "12:00", since=SATURDAY))
    assert (room.west, room.south) == (room.east, room.north)
    saturday = room.open_hours[SATURDAY.weekday()]
    assert [hour for hour in range(24) if saturday >> hour & 1] == [10, 11, 22, 23]
    assert row_of(*A_CABIN).west is None, "it has stood nowhere"
    assert row_of(planned(), hours("08:00", "20:00")).open_hours == (), "it hasn't been opened"


def test_what_took_the_place_of_something_broken_works() -> None:
    """Mechanism: what was wrong with equipment goes with it."""
    first, second = (EquipmentInstalled(station=ROOM, equipment=WATER, installed_on=day) for day in (MAY, FRIDAY))
    fault = "f-7f3k9a2c"
    broken = EquipmentBroken(station=ROOM, equipment=WATER, symptom=Symptom.EMPTY, fault=fault, broken_since=MAY)
    removed = EquipmentRemoved(station=ROOM, equipment=WATER, removed_on=FRIDAY)
    there = found(FRIDAY, "10:00", *BY_DAY, first, broken, removed, second)
    assert there is not None
    assert there.equipment == ((WATER,), ())
