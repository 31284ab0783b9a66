"""The six cabins (小木屋), and where each stands when: moved twice, so that over the year all 15 towns have had one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from demo import days
from demo.action import Action
from demo.yuhang.steps import asked, filled_in, station_id
from demo.yuhang.towns import TOWNS, Town

NUMBERS = range(49, 55)
NAMES = dict(zip(NUMBERS, "一二三四五六", strict=True))


@dataclass(frozen=True, slots=True)
class Stay:
    """A cabin in a town, from `since` up to the day before `until`; `said`: what was said first of its end."""

    cabin: int
    town: Town
    since: date
    until: date | None
    said: date | None

    @property
    def point(self) -> tuple[float, float]:
        """WGS-84: some 300 m from the town's centre, each cabin on another side."""
        north, east = ((3, 0), (0, 3), (-3, 0), (0, -3), (2, 2), (-2, -2))[self.cabin - NUMBERS[0]]
        return round(self.town.lat + north / 1000, 4), round(self.town.lon + east / 1000, 4)


def _stays(cabin: int, *of: tuple[int, str, str | None]) -> Iterator[Stay]:
    for number, since, until in of:
        ends = date.fromisoformat(f"2025-{until}") if until else None
        begins = date.fromisoformat(f"2025-{since}")
        said = _SAID.get((cabin, begins), ends)
        yield Stay(cabin, TOWNS[number - 1], begins, ends, said)


EXTENDED, TAKEN_AWAY = (50, date(2025, 5, 20)), (51, date(2025, 5, 27))
"""One stays longer than was said first; of one the end wasn't known, and it is taken away one day."""

_SAID = {EXTENDED: date(2025, 7, 22), TAKEN_AWAY: None}

STAYS = (
    *_stays(49, (13, "05-15", "07-29"), (2, "07-31", "10-14"), (15, "10-16", None)),
    *_stays(50, (7, "05-20", "08-05"), (14, "08-12", "10-28"), (6, "10-30", None)),
    *_stays(51, (1, "05-27", "08-12"), (5, "08-14", "10-21"), (3, "10-23", None)),
    *_stays(52, (8, "06-05", "08-26"), (9, "09-02", "11-04"), (10, "11-06", None)),
    *_stays(53, (4, "06-12", "09-02"), (13, "09-04", "11-11"), (1, "11-13", None)),
    *_stays(54, (12, "06-19", "09-09"), (11, "09-11", "11-18"), (8, "11-20", None)),
)

OPENED = {number: min(stay.since for stay in STAYS if stay.cabin == number) for number in NUMBERS}


def stay_on(cabin: int, day: date) -> Stay | None:
    """Where it stands that day; None: nowhere."""
    held = (stay for stay in STAYS if stay.cabin == cabin and stay.since <= day)
    return next((stay for stay in held if stay.until is None or day < stay.until), None)


HEADER = ("驿站编号", "镇街编号", "纬度", "经度", "坐标系", "投放日期", "投放截止")


def actions() -> Iterator[Action]:
    """A ledger for each day on which cabins are placed; an end that is put off, and a cabin that is taken away."""
    for day, stays in groupby(sorted(STAYS, key=lambda stay: stay.since), key=lambda stay: days.entered(stay.since)):
        yield filled_in(day, "placements", HEADER, [_row(stay) for stay in stays])
    for stay in STAYS:
        about = {"station": station_id(stay.cabin)}
        if (stay.cabin, stay.since) == EXTENDED:
            lat, lon = stay.point
            place = {"town": stay.town.id, "lat": lat, "lon": lon, "datum": "wgs84"}
            ends = {"placed_on": f"{stay.since}", "until": f"{stay.until}"}
            yield asked(date(2025, 7, 17), "place-cabin", about | place | ends, f"{stay.since}")
        if (stay.cabin, stay.since) == TAKEN_AWAY:
            assert stay.until is not None, "its end is known by now"
            yield asked(stay.until, "remove-cabin", about | {"removed_on": f"{stay.until}"}, f"{stay.until}")


def _row(stay: Stay) -> tuple[object, ...]:
    lat, lon = stay.point
    return station_id(stay.cabin), stay.town.id, lat, lon, "WGS-84", stay.since, stay.said
