"""Towns and stations of Yuhang in each state of their life, as the events that led there."""

from datetime import date

from contracts.places import Point
from contracts.stations import (
    CabinPlaced,
    CabinRemoved,
    ClosingReason,
    StationClosed,
    StationEvent,
    StationKind,
    StationOpened,
    StationPlanned,
    StationSuspended,
    SuspensionReason,
    TownKind,
    TownListed,
)
from services.stations.decider import DECISIONS
from tests.support.given import Scenario

YUHANG, HANGZHOU = "u-330110", "u-330100"
TOWN, OTHER_TOWN = "t-330110-01", "t-330110-02"
ROOM, CABIN = "s-330110-001", "s-330110-049"
CENTRE = Point(lat=30.2741, lon=119.9785)

TODAY = date(2025, 6, 30)
LISTED = date(2025, 1, 6)
PLANNED, OPENED, SUSPENDED, RESUMES = date(2025, 3, 3), date(2025, 4, 1), date(2025, 5, 12), date(2025, 6, 2)
PLACED, CLOSED = date(2025, 5, 6), date(2025, 6, 20)
BODY = "余杭区示例街道办事处"

given = Scenario(DECISIONS, TODAY).given


def a_listed_town(town: str = TOWN) -> tuple[TownListed, ...]:
    return (
        TownListed(
            town=town,
            district="330110",
            union=YUHANG,
            name="示例街道",
            kind=TownKind.SUBDISTRICT,
            centre=CENTRE,
            reach_m=9000,
            listed_on=LISTED,
        ),
    )


def a_planned_room(opened: bool = False) -> tuple[StationEvent, ...]:
    planned = StationPlanned(
        station=ROOM,
        kind=StationKind.FIXED,
        name="示例街道工会驿站",
        district="330110",
        union=YUHANG,
        town=TOWN,
        point=CENTRE,
        area_m2=45,
        host_body=BODY,
        planned_on=PLANNED,
    )
    return (planned, _opened(planned, TOWN, CENTRE)) if opened else (planned,)


def an_open_room() -> tuple[StationEvent, ...]:
    return a_planned_room(opened=True)


def suspended(since: date = SUSPENDED, until: date | None = RESUMES, town: str | None = TOWN) -> StationSuspended:
    return StationSuspended(
        station=ROOM, town=town, reason=SuspensionReason.RENOVATION, suspended_on=since, until=until
    )


def a_suspended_room(until: date | None = RESUMES) -> tuple[StationEvent, ...]:
    return (*an_open_room(), suspended(until=until))


def a_closed_room() -> tuple[StationEvent, ...]:
    return (*an_open_room(), closed(ROOM, TOWN))


def closed(
    station: str, town: str | None, on: date = CLOSED, opened: bool = True, reason: str = "host_withdrew"
) -> StationClosed:
    return StationClosed(station=station, town=town, reason=ClosingReason(reason), closed_on=on, opened=opened)


def a_planned_cabin() -> tuple[StationEvent, ...]:
    return (
        StationPlanned(
            station=CABIN,
            kind=StationKind.MOBILE,
            name="移动驿站一号",
            district="330110",
            union=YUHANG,
            town=None,
            point=None,
            area_m2=20,
            host_body=BODY,
            planned_on=PLANNED,
        ),
    )


def an_open_cabin() -> tuple[StationEvent, ...]:
    """Opened before it was placed anywhere."""
    (planned,) = a_planned_cabin()
    return planned, _opened(planned, None, None)


def placed(on: date = PLACED, until: date | None = None, town: str = TOWN, point: Point = CENTRE) -> CabinPlaced:
    return CabinPlaced(station=CABIN, town=town, point=point, placed_on=on, until=until)


def removed(on: date, since: date = PLACED, town: str = TOWN) -> CabinRemoved:
    return CabinRemoved(station=CABIN, town=town, placed_on=since, removed_on=on)


def a_placed_cabin(until: date | None = None) -> tuple[StationEvent, ...]:
    return (*an_open_cabin(), placed(until=until))


def _opened(planned: StationEvent, town: str | None, point: Point | None) -> StationOpened:
    assert isinstance(planned, StationPlanned)
    return StationOpened(
        station=planned.station,
        kind=planned.kind,
        name=planned.name,
        district=planned.district,
        town=town,
        point=point,
        opened_on=OPENED,
    )
