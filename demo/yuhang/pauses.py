"""Stations that are shut for a while (暂停开放): renovated in summer, in a typhoon's way, by their host."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from demo.action import Action
from demo.yuhang import cabins
from demo.yuhang.stations import BY_NUMBER, CLOSED, CLOSED_ON
from demo.yuhang.steps import asked, station_id


@dataclass(frozen=True, slots=True)
class Pause:
    """From `since` up to the day before `ends`; `said`: what was said of its end, None: nothing. Where the two differ,
    it is opened again by hand."""

    number: int
    reason: str
    since: date
    said: date | None
    ends: date


def _pause(number: int, reason: str, since: str, said: str | None, ends: str | None = None) -> Pause:
    last = ends or said
    assert last is not None, "every pause ends within the year"
    until = date.fromisoformat(f"2025-{said}") if said else None
    return Pause(number, reason, date.fromisoformat(f"2025-{since}"), until, date.fromisoformat(f"2025-{last}"))


PAUSES = (
    _pause(3, "renovation", "07-01", "08-15"),
    _pause(17, "renovation", "07-15", "09-02"),
    _pause(22, "renovation", "08-05", "09-30", "09-16"),
    *(_pause(number, "weather", "07-08", "07-11") for number in (34, 35, 36, 54)),
    _pause(31, "equipment", "11-11", None, "11-20"),
    _pause(47, "host", "10-28", "11-06"),
    _pause(51, "safety", "09-16", "09-20"),
)


def in_use_on(number: int, day: date) -> bool:
    """Opened, neither shut for a while nor for good; a cabin stands somewhere."""
    if day < BY_NUMBER[number].opened_on or (number == CLOSED and day >= CLOSED_ON):
        return False
    if number in cabins.NUMBERS and cabins.stay_on(number, day) is None:
        return False
    return not any(pause.number == number and pause.since <= day < pause.ends for pause in PAUSES)


def actions() -> Iterator[Action]:
    for pause in PAUSES:
        about = {"station": station_id(pause.number)}
        until = {} if pause.said is None else {"until": f"{pause.said}"}
        told = about | {"reason": pause.reason, "suspended_on": f"{pause.since}"} | until
        yield asked(pause.since, "suspend-station", told, f"{pause.since}")
        if pause.said != pause.ends:
            yield asked(pause.ends, "resume-station", about | {"resumed_on": f"{pause.ends}"}, f"{pause.ends}")
    grown = BY_NUMBER[17]
    described = {
        "station": grown.id,
        "name": grown.name,
        "area_m2": grown.area_m2 + 20,
        "host_body": grown.host_body,
        "described_on": "2025-09-02",
    }
    yield asked(date(2025, 9, 2), "describe-station", described, "renovated")
