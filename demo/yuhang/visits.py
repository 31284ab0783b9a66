"""How many come in (客流), what inspections (巡查) find, and which titles (称号) a body grants."""

from collections.abc import Iterator
from datetime import date, timedelta

from demo import days
from demo.action import AFTERNOON, Action
from demo.yuhang.pauses import in_use_on
from demo.yuhang.stations import STATIONS
from demo.yuhang.steps import asked, station_id

_BODY = "杭州示例评选委员会"
_SUMMER = (7, 8, 9)


def counted(number: int, day: date) -> int:
    """Made-up visits: more in summer's heat, another number for each station and week."""
    week = (day - days.FIRST).days // 7
    return 18 + number * 11 % 37 + week * 5 % 13 + (15 if day.month in _SUMMER else 0)


def actions() -> Iterator[Action]:
    """On Thursdays, of the day before; half of the stations are inspected in summer, the others in autumn."""
    for day in filter(days.is_thursday, days.entry_days()):
        before = day - timedelta(days=1)
        for station in STATIONS:
            if in_use_on(station.number, before):
                came = {"station": station.id, "day": f"{before}", "visits": counted(station.number, before)}
                yield asked(day, "count-visits", came, f"{before}")
    yield from _inspections()
    yield from _titles()


def _inspections() -> Iterator[Action]:
    for station in STATIONS:
        weeks = 8 + station.number % 4 if station.number % 2 else 24 + station.number % 5
        day = days.entered(days.FIRST + timedelta(weeks=weeks))
        if in_use_on(station.number, day):
            yield _inspected(station.number, day, found_open=station.number != 21)
    yield _inspected(39, days.LAST, found_open=True, hour=AFTERNOON)


def _inspected(number: int, day: date, *, found_open: bool, hour: int = 9) -> Action:
    points = 78 + number * 7 % 21 if found_open else 40
    found = {"station": station_id(number), "inspected_on": f"{day}", "found_open": found_open, "points": points}
    return asked(day, "inspect-station", found, f"{day}", hour=hour)


def _titles() -> Iterator[Action]:
    for number, title, on in ((1, "most_beautiful", "2025-06-26"), (24, "model", "2025-06-26"), (40, "model", "")):
        day = date.fromisoformat(on or "2025-09-25")
        granted = {"station": station_id(number), "title": title, "granted_by": _BODY, "granted_on": f"{day}"}
        yield asked(day, "grant-title", granted, title)
    lost = {"station": station_id(24), "title": "model", "granted_by": _BODY, "withdrawn_on": "2025-11-27"}
    yield asked(date(2025, 11, 27), "withdraw-title", lost, "model")
