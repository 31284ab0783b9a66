"""The 15 entries of Yuhang's list (镇街/平台): true names, kinds and centres, ids and outdoor workers of our own.

The seven subdistricts and five towns are the district's. Which three platforms make it 15 isn't said in the reports: as
far as is known from public sources, these. Centres are of WGS-84, rounded to 3 decimals; reaches are ours, and wide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from demo import days
from demo.action import Action
from demo.yuhang.steps import DISTRICT, asked

Kind = Literal["subdistrict", "town", "platform"]


@dataclass(frozen=True, slots=True)
class Town:
    """An entry of the list. `workers`: made-up outdoor workers of March; `rooms`: how many rooms are made for it."""

    number: int
    name: str
    english: str
    short: str
    kind: Kind
    lat: float
    lon: float
    reach_m: int
    workers: int
    rooms: int

    @property
    def id(self) -> str:
        return f"t-{DISTRICT}-{self.number:02}"


TOWNS = (
    Town(1, "余杭街道", "Yuhang", "余杭", "subdistrict", 30.276, 119.934, 7000, 4200, 5),
    Town(2, "仓前街道", "Cangqian", "仓前", "subdistrict", 30.297, 119.987, 7000, 5600, 5),
    Town(3, "闲林街道", "Xianlin", "闲林", "subdistrict", 30.228, 119.985, 7000, 3900, 4),
    Town(4, "五常街道", "Wuchang", "五常", "subdistrict", 30.257, 120.028, 5000, 3600, 4),
    Town(5, "中泰街道", "Zhongtai", "中泰", "subdistrict", 30.237, 119.910, 9000, 1100, 2),
    Town(6, "仁和街道", "Renhe", "仁和", "subdistrict", 30.442, 120.062, 9000, 2300, 3),
    Town(7, "良渚街道", "Liangzhu", "良渚", "subdistrict", 30.374, 120.043, 9000, 5200, 5),
    Town(8, "瓶窑镇", "Pingyao", "瓶窑", "town", 30.391, 119.962, 12000, 1900, 3),
    Town(9, "径山镇", "Jingshan", "径山", "town", 30.371, 119.868, 12000, 900, 2),
    Town(10, "黄湖镇", "Huanghu", "黄湖", "town", 30.440, 119.812, 9000, 420, 1),
    Town(11, "鸬鸟镇", "Luniao", "鸬鸟", "town", 30.437, 119.745, 9000, 310, 1),
    Town(12, "百丈镇", "Baizhang", "百丈", "town", 30.489, 119.741, 9000, 260, 1),
    Town(13, "未来科技城", "Future Sci-Tech City", "未来", "platform", 30.281, 120.000, 5000, 7400, 6),
    Town(14, "良渚新城", "Liangzhu New City", "新城", "platform", 30.352, 120.068, 6000, 3300, 4),
    Town(15, "云城", "Cloud City", "云城", "platform", 30.301, 119.959, 5000, 2700, 2),
)

_LISTED_ON, _COUNTED_ON, _RECOUNTED_ON = date(2025, 1, 6), date(2025, 3, 31), date(2025, 9, 15)


def actions() -> Iterator[Action]:
    """All are listed and counted on the first day, before anything lies in them; counted anew in autumn."""
    for town in TOWNS:
        about = {"town": town.id}
        listed = {
            "name": town.name,
            "kind": town.kind,
            "centre": {"lat": town.lat, "lon": town.lon, "datum": "wgs84"},
            "reach_m": town.reach_m,
            "listed_on": f"{_LISTED_ON}",
        }
        yield asked(days.FIRST, "list-town", about | listed, "listed")
        for on, day, more in ((_COUNTED_ON, days.FIRST, 0), (_RECOUNTED_ON, days.entered(_RECOUNTED_ON), 12)):
            counted = {"workers": town.workers * (100 + more) // 100, "counted_on": f"{on}"}
            yield asked(day, "count-outdoor-workers", about | counted, f"{on}")
