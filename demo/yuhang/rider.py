"""A rider's day (外卖骑手的一天): what is asked at a phone, without a login, and what the platform answers."""

from datetime import timedelta
from typing import Any

from demo.days import at
from demo.officers import Json, Officers
from demo.yuhang import faults, services
from demo.yuhang.stations import BY_NUMBER
from demo.yuhang.steps import station_id

_STATION = BY_NUMBER[faults.RIDERS.number]
_DAY = faults.RIDERS.reported_on
_LOOKS = (at(_DAY, 12) - timedelta(minutes=10)).isoformat()
_NOON, _NIGHT = at(_DAY, 12).isoformat(), at(_DAY, 23).isoformat()


def where() -> tuple[float, float]:
    """The rider, by GPS (WGS-84): some 200 m from the station."""
    assert _STATION.lat is not None, "a room has a place"
    assert _STATION.lon is not None, "a room has a place"
    return round(_STATION.lat + 0.0015, 4), round(_STATION.lon + 0.001, 4)


async def day_of(officers: Officers) -> list[Json]:
    """In order: `at`, `asked`, and `stations` that are open then, or what came of the `ticket` or the `fault`."""
    service = await officers.ask(f"/api/stations/services-of-the-day/{services.RIDERS.id}")
    known = await officers.ask("/api/stations/faults", station=station_id(faults.RIDERS.number), open="true")
    reported = [fault for fault in known["faults"] if fault["reported_on"] == f"{_DAY}"]
    return [
        {
            "at": _LOOKS,
            "asked": "microwave",
            "stations": await _nearby(officers, _LOOKS, equipment="microwave"),
        },
        {
            "at": _LOOKS,
            "asked": "haircut",
            "stations": await _nearby(officers, _LOOKS, service="haircut"),
        },
        {"at": _NOON, "asked": "ticket", "ticket": _only(service["service"], _OF_A_SERVICE)},
        {"at": _NOON, "asked": "fault", "fault": _only(reported[0], _OF_A_FAULT)},
        {"at": _NIGHT, "asked": "night", "stations": await _nearby(officers, _NIGHT)},
    ]


_OF_A_SERVICE = ("service", "kind", "held_on", "starts", "ends", "booked", "visits", "state")
_OF_A_FAULT = ("fault", "station", "name", "equipment", "symptom", "reported_on", "state", "due_on")


def _only(row: Json, names: tuple[str, ...]) -> Json:
    return {name: row[name] for name in names}


async def _nearby(officers: Officers, moment: str, **needed: str) -> list[Any]:
    lat, lon = where()
    place = {"lat": f"{lat}", "lon": f"{lon}", "datum": "wgs84", "at": moment, "limit": "3"}
    answer = await officers.ask("/api/stations/nearby", role="anyone", **place, **needed)
    found: list[Any] = answer["stations"]
    return found
