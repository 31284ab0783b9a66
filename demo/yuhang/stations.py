"""The synthetic ledger of Yuhang's stations (合成数据): 48 rooms and 6 cabins, and a room that takes one's place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import cos, pi, radians, sin

from demo import days
from demo.action import Action
from demo.yuhang import cabins
from demo.yuhang.steps import asked, filled_in, station_id
from demo.yuhang.towns import TOWNS, Town

CLOSED, REPLACEMENT = 9, 55
CLOSED_ON = date(2025, 9, 23)
"""One room makes way for another one in the same town."""

TO_COME = dict(
    zip(
        (5, 10, 14, 18, 23, 28, 42, 46),
        ("05-13", "05-29", "06-10", "06-24", "07-17", "08-19", "09-11", "10-16"),
        strict=True,
    )
)
"""Rooms that are planned when the play begins, and the day of 2025 on which each opens."""

_PLACES = ("商圈", "快递园", "菜场", "公交站", "环卫所", "工地")
_GOLDEN = pi * (3 - 5**0.5)
_A_DEGREE_M = 111_320


@dataclass(frozen=True, slots=True)
class Station:
    """A row of the ledger. A cabin has no `town` and no point. `entered_on`: when the row is brought in; `in_use` then,
    or opened later, on `opened_on`."""

    number: int
    name: str
    town: Town | None
    lat: float | None
    lon: float | None
    datum: str | None
    area_m2: int
    host_body: str
    planned_on: date
    opened_on: date
    entered_on: date

    @property
    def id(self) -> str:
        return station_id(self.number)

    @property
    def in_use(self) -> bool:
        return self.opened_on < self.entered_on


def _room(number: int, town: Town, place: int, planned_on: date, opened_on: date, entered_on: date) -> Station:
    """Rooms lie around the town's centre as the seeds of a sunflower, within three quarters of its reach."""
    away, turn = town.reach_m * (0.08 + 0.11 * place), number * _GOLDEN
    lat = town.lat + away * cos(turn) / _A_DEGREE_M
    lon = town.lon + away * sin(turn) / (_A_DEGREE_M * cos(radians(town.lat)))
    what = _PLACES[place]
    return Station(
        number=number,
        name=f"{town.name}示例{what}驿站" if number != REPLACEMENT else f"{town.name}示例新{what}驿站",
        town=town,
        lat=round(lat, 4),
        lon=round(lon, 4),
        datum="GCJ-02" if number % 4 == 0 else "WGS-84",  # some were read off a Chinese map
        area_m2=24 + number * 7 % 40,
        host_body=f"杭州示例{what}服务有限公司",
        planned_on=planned_on,
        opened_on=opened_on,
        entered_on=entered_on,
    )


def _rooms() -> Iterator[Station]:
    number = 0
    for town in TOWNS:
        for place in range(town.rooms):
            number += 1
            opened = date(2025, 3, 3) + timedelta(days=number) if number not in TO_COME else None
            opens = opened or date.fromisoformat(f"2025-{TO_COME[number]}")
            yield _room(number, town, place, date(2025, 2, 10), opens, days.FIRST)
    town, place = TOWNS[1], CLOSED - 1 - TOWNS[0].rooms
    yield _room(REPLACEMENT, town, place, date(2025, 9, 4), date(2025, 9, 25), date(2025, 9, 9))


def _cabins() -> Iterator[Station]:
    for number, opened_on in cabins.OPENED.items():
        yield Station(
            number=number,
            name=f"余杭示例移动驿站{cabins.NAMES[number]}号",
            town=None,
            lat=None,
            lon=None,
            datum=None,
            area_m2=20,
            host_body="杭州示例移动驿站服务队",
            planned_on=date(2025, 4, 15),
            opened_on=opened_on,
            entered_on=days.FIRST,
        )


STATIONS = tuple(sorted((*_rooms(), *_cabins()), key=lambda station: station.number))
BY_NUMBER = {station.number: station for station in STATIONS}

HEADER = (
    *("驿站编号", "类型", "驿站名称", "负责的工会", "镇街编号", "纬度", "经度", "坐标系"),
    *("面积（平方米）", "承办单位", "规划日期", "启用日期"),
)


def actions() -> Iterator[Action]:
    """The ledger, by the day on which its rows are brought in; then those that open later, and the one that closes."""
    for day, rows in groupby(sorted(STATIONS, key=lambda row: row.entered_on), key=lambda row: row.entered_on):
        yield filled_in(day, "stations", HEADER, [_row(station) for station in rows])
    for station in STATIONS:
        if not station.in_use:
            opened = {"station": station.id, "opened_on": f"{station.opened_on}"}
            yield asked(days.entered(station.opened_on), "open-station", opened, "opened")
    closed = {"station": station_id(CLOSED), "reason": "replaced", "closed_on": f"{CLOSED_ON}"}
    yield asked(CLOSED_ON, "close-station", closed, "closed")


def _row(station: Station) -> tuple[object, ...]:
    return (
        station.id,
        "固定" if station.town else "移动",
        station.name,
        "u-330110",
        station.town.id if station.town else None,
        station.lat,
        station.lon,
        station.datum,
        station.area_m2,
        station.host_body,
        station.planned_on,
        station.opened_on if station.in_use else None,
    )
