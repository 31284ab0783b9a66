"""A call for each route of the service of stations; the matters are of a county within the city."""

from typing import Any

from services.stations.api.faults import number_of
from tests.support.calls import WALKED, Call

_TOWN = "t-610102-01"
_POINT = {"lat": 34.2658, "lon": 108.9541, "datum": "wgs84"}
_ROOM = "s-610102-001"
_DAY = "2025-05-06"
_REPORT = "/api/stations/report-fault"
_FAULT = number_of(f"{WALKED}{_REPORT}")
"""The walk reports it under that key."""


def station_calls() -> list[Call]:
    return [
        *_towns(),
        *_stations(),
        *_placements(),
        *_faults(),
        *_nearby(),
        *_hosts(),
        *_services(),
        *_targets(),
    ]


def _command(route: str, **body: Any) -> Call:
    return Call("POST", f"/api/stations/{route}", body, of_county=True)


def _towns() -> list[Call]:
    return [
        _command(
            "list-town",
            town=_TOWN,
            name="西一路街道",
            kind="subdistrict",
            centre=_POINT,
            reach_m=3000,
            listed_on=_DAY,
        ),
        _command("count-outdoor-workers", town=_TOWN, workers=800, counted_on=_DAY),
        _command("delist-town", town="t-610102-02", delisted_on=_DAY),
        Call("GET", "/api/stations/towns", bound=False),
    ]


def _stations() -> list[Call]:
    particulars = {"name": "西一路工会驿站", "area_m2": 45, "host_body": "西一路街道办事处"}
    place = {"kind": "fixed", "union": "u-610102", "town": _TOWN, **_POINT}
    hours = [{"on": "monday", "opens": "08:00", "closes": "20:00"}]
    return [
        _command("plan-station", station=_ROOM, planned_on=_DAY, **place, **particulars),
        _command("describe-station", station=_ROOM, described_on=_DAY, **particulars),
        _command("open-station", station=_ROOM, opened_on=_DAY),
        _command("set-opening-hours", station=_ROOM, times=hours, since=_DAY),
        _command("suspend-station", station=_ROOM, reason="weather", suspended_on=_DAY),
        _command("resume-station", station=_ROOM, resumed_on=_DAY),
        _command("close-station", station=_ROOM, reason="unused", closed_on="2031-05-06"),
        Call("GET", "/api/stations/stations", bound=False),
        Call("GET", "/api/stations/stations/{station}", named={"station": _ROOM}, of_county=True),
    ]


def _placements() -> list[Call]:
    return [
        _command("place-cabin", station=_ROOM, town=_TOWN, placed_on=_DAY, **_POINT),
        _command("remove-cabin", station=_ROOM, removed_on=_DAY),
        Call("GET", "/api/stations/placements", bound=False),
        Call("GET", "/api/stations/coverage", params={"region": "610102"}, of_county=True),
    ]


def _faults() -> list[Call]:
    water = {"station": _ROOM, "equipment": "drinking_water"}
    title = {"station": _ROOM, "title": "model", "granted_by": "陕西省总工会"}
    fault = {"station": _ROOM, "fault": _FAULT}
    return [
        _command("install-equipment", **water, installed_on=_DAY),
        Call("POST", _REPORT, {**water, "symptom": "empty"}, anonymous=True),
        Call("GET", "/api/stations/faults/{fault}", named={"fault": _FAULT}, anonymous=True),
        _command("confirm-fault", **fault, confirmed_on="2031-05-06"),
        _command("dismiss-fault", **fault, reason="works", dismissed_on="2031-05-06"),
        _command("repair-fault", **fault, repaired_on="2031-05-06"),
        Call("GET", "/api/stations/faults", bound=False),
        _command("inspect-station", station=_ROOM, inspected_on=_DAY, found_open=True, points=92),
        _command("count-visits", station=_ROOM, day=_DAY, visits=84),
        _command("grant-title", **title, granted_on=_DAY),
        _command("withdraw-title", **title, withdrawn_on=_DAY),
        Call("GET", "/api/stations/stations/{station}/sheet", named={"station": _ROOM}, of_county=True),
        _command("remove-equipment", **water | {"equipment": "television"}, removed_on=_DAY),
    ]


def _nearby() -> list[Call]:
    return [Call("GET", "/api/stations/nearby", params=_POINT, anonymous=True)]


def _hosts() -> list[Call]:
    person = {"host": "p-7f3k9a2c", "name": "示例管理员", "phone": "13900001234"}
    return [
        _command("name-host", station=_ROOM, named_on=_DAY, **person),
        Call("GET", "/api/stations/stations/{station}/host", named={"station": _ROOM}, of_county=True),
    ]


def _services() -> list[Call]:
    service = "d-610102-001-20250512-1"
    offer = {"kind": "haircut", "provider": "西安示例美发服务队", "starts": "13:30", "ends": "16:30", "capacity": 30}
    ticket = {"ticket": "k-7f3k9a2c", "proof": "0" * 32}
    return [
        _command("plan-service", service=service, **offer),
        Call("GET", "/api/stations/services", anonymous=True),
        Call("POST", "/api/stations/book-ticket", {"service": service, "phone": "13900001234"}, anonymous=True),
        Call("POST", "/api/stations/return-ticket", {"service": service, **ticket}, anonymous=True),
        _command("cancel-service", service=service, reason="weather", cancelled_on=_DAY),
        _command("count-service", service=service, visits=5, no_shows=0),
        Call("GET", "/api/stations/services-of-the-day", bound=False),
        Call("GET", "/api/stations/services-of-the-day/{service}", named={"service": service}, of_county=True),
        Call("GET", "/api/stations/services-of-the-day/{service}/tickets", named={"service": service}, of_county=True),
    ]


def _targets() -> list[Call]:
    return [
        Call(
            "POST",
            "/api/stations/set-station-target",
            {"region": "610100", "metric": "stations_open", "count": 60, "due_on": "2025-12-31", "reason": "plan"},
        ),
        Call("GET", "/api/stations/targets", bound=False),
    ]
