"""Towns and stations of Yuhang in each state of their life, as the events that led there."""

from datetime import date

from contracts.places import Point
from contracts.stations import TownKind, TownListed
from services.stations.decider import DECISIONS
from tests.support.given import Scenario

YUHANG, HANGZHOU = "u-330110", "u-330100"
TOWN, OTHER_TOWN = "t-330110-01", "t-330110-02"
ROOM, CABIN = "s-330110-001", "s-330110-049"
CENTRE = Point(lat=30.2741, lon=119.9785)

TODAY = date(2025, 6, 30)
LISTED = date(2025, 1, 6)

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
