"""Who keeps a station, when it opens, and what it has: entered when it comes into use."""

from collections.abc import Iterator, Sequence
from datetime import date

from demo import days
from demo.action import Action
from demo.yuhang.stations import CLOSED, STATIONS, Station
from demo.yuhang.steps import asked

Time = tuple[str, str, str]
"""The day on which it holds, when it opens, and when it closes."""

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _each_day(opens: str, closes: str) -> tuple[Time, ...]:
    return tuple((on, opens, closes) for on in _WEEK)


HOURS = {
    "daily": _each_day("07:00", "21:00"),
    "working": (("working_days", "08:00", "18:00"), ("saturday", "09:00", "16:00")),
    "late": _each_day("10:00", "02:00"),
    "round": _each_day("00:00", "24:00"),
}
"""Of each kind; the third goes on over midnight."""

_KINDS = ("daily", "working", "daily", "late", "daily", "working", "daily", "round")
_EXCEPTIONS: dict[str, Sequence[dict[str, object]]] = {
    "daily": ({"day": "2025-10-01"}, {"day": "2025-10-06", "opens": "09:00", "closes": "12:00"}),
    "working": ({"day": "2025-10-04"},),
}
_WINTER = date(2025, 11, 4)

_ENTERED = date(2025, 5, 8)
"""Of those that are in use when the play begins."""

_EVERYWHERE = ("seating", "drinking_water", "air_conditioning")


def kind_of_hours(number: int) -> str:
    return _KINDS[(number - 1) % len(_KINDS)]


def equipment(number: int) -> tuple[str, ...]:
    """What it has: three things everywhere, four not everywhere, a television in a few."""
    some = (("charging", 3), ("microwave", 4), ("first_aid", 5), ("refrigerator", 6))
    found = tuple(what for what, each in some if number % each != 2)
    return (*_EVERYWHERE, *found, *(("television",) if number % 9 == 0 else ()))


def actions() -> Iterator[Action]:
    for station in STATIONS:
        yield from _begun(station, _ENTERED if station.in_use else days.entered(station.opened_on))
    for station in STATIONS:
        if kind_of_hours(station.number) == "late" and station.number % 3 == 0:
            yield _hours(station, _each_day("10:00", "23:00"), (), _WINTER, _WINTER)
    watched = {"station": STATIONS[17].id, "equipment": "television", "removed_on": "2025-08-14"}
    yield asked(date(2025, 8, 14), "remove-equipment", watched, "television")


def _begun(station: Station, day: date) -> Iterator[Action]:
    about = {"station": station.id}
    host = {
        "host": "p-" + "".join(f"{digit}h" for digit in f"{station.number:04}"),
        "name": "示例管理员",
        "phone": "0571-00000000",
        "named_on": f"{day}",
    }
    yield asked(day, "name-host", about | host, "host")
    kind = kind_of_hours(station.number)
    exceptions = () if station.number == CLOSED else _EXCEPTIONS.get(kind, ())
    yield _hours(station, HOURS[kind], exceptions, station.opened_on, day)
    for piece in equipment(station.number):
        installed = {"equipment": piece, "installed_on": f"{station.opened_on}"}
        yield asked(day, "install-equipment", about | installed, piece)


def _hours(
    station: Station, times: Sequence[Time], exceptions: Sequence[dict[str, object]], since: date, day: date
) -> Action:
    said = {
        "station": station.id,
        "times": [{"on": on, "opens": opens, "closes": closes} for on, opens, closes in times],
        "exceptions": list(exceptions),
        "since": f"{since}",
    }
    return asked(day, "set-opening-hours", said, f"{since}")
