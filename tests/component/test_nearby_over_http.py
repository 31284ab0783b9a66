"""Nearby as a map's app asks it: without login, by either datum; and what is refused, in both languages."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from contracts.places import Point
from eventing.identity import Role
from services.stations.geography import metres, to_gcj02
from tests.support.platform_process import PlatformProcess

HERE = Point(lat=34.2658, lon=108.9541)
THERE = Point(lat=34.2700, lon=108.9600)
AT = "2025-05-06T10:00:00+08:00"
STATION, TOWN = "s-610102-901", "t-610102-91"


@pytest.fixture(scope="module")
def anyone(platform: PlatformProcess) -> Iterator[httpx.Client]:
    """Without a token, where one station is open every day from 8 to 20."""
    place = {"lat": THERE.lat, "lon": THERE.lon, "datum": "wgs84"}
    days = ["working_days", "saturday", "sunday"]
    times = [{"on": day, "opens": "08:00", "closes": "20:00"} for day in days]
    with platform.officer([Role.OFFICER], "u-610102", subject="p-nearby") as officer:
        for command, body in (
            (
                "list-town",
                {
                    "town": TOWN,
                    "name": "示例街道",
                    "kind": "subdistrict",
                    "centre": place,
                    "reach_m": 5000,
                    "listed_on": "2025-01-06",
                },
            ),
            (
                "plan-station",
                {
                    "station": STATION,
                    "kind": "fixed",
                    "name": "示例街道工会驿站",
                    "union": "u-610102",
                    "town": TOWN,
                    **place,
                    "area_m2": 45,
                    "host_body": "示例街道办事处",
                    "planned_on": "2025-02-03",
                    "opened_on": "2025-03-03",
                },
            ),
            ("set-opening-hours", {"station": STATION, "times": times, "exceptions": [], "since": "2025-02-03"}),
        ):
            answer = officer.post(
                f"/api/stations/{command}", json=body, headers={"Idempotency-Key": f"nearby-{command}"}
            )
            assert answer.status_code == 200, answer.text
    with httpx.Client(base_url=platform.url) as client:
        yield client


def ask(anyone: httpx.Client, **asked: Any) -> httpx.Response:
    here = {"lat": HERE.lat, "lon": HERE.lon, "datum": "wgs84", "at": AT}
    wanted: dict[str, Any] = {name: value for name, value in (here | asked).items() if value is not None}
    return anyone.get("/api/stations/nearby", params=wanted)


def test_the_station_is_told_with_its_distance_and_until_when(anyone: httpx.Client) -> None:
    answer = ask(anyone).raise_for_status().json()
    (station,) = [one for one in answer["stations"] if one["station"] == STATION]
    assert station["metres"] == pytest.approx(metres(HERE, THERE), rel=0.005)
    assert station["open_until"] == "2025-05-06T20:00:00+08:00"
    assert (station["lat"], station["lon"], station["town"]) == (THERE.lat, THERE.lon, TOWN)
    assert answer["freshness"][0]["behind"] is False
    assert "union_id" not in station


def test_who_asks_by_a_chinese_map_is_answered_by_it(anyone: httpx.Client) -> None:
    shown, there = to_gcj02(HERE), to_gcj02(THERE)
    answer = ask(anyone, lat=shown.lat, lon=shown.lon, datum="gcj02").raise_for_status().json()
    (station,) = [one for one in answer["stations"] if one["station"] == STATION]
    assert station["metres"] == pytest.approx(metres(HERE, THERE), abs=0.5)
    assert (station["lat"], station["lon"]) == pytest.approx((there.lat, there.lon), abs=2e-6)


def test_without_an_instant_it_is_business_now(anyone: httpx.Client) -> None:
    assert ask(anyone, at=None).raise_for_status().json()["at"].startswith("2025-05-06T")


def test_what_is_shut_or_lacks_what_is_needed_is_not_told(anyone: httpx.Client) -> None:
    for asked in ({"at": "2025-05-06T21:00:00+08:00"}, {"equipment": "microwave"}, {"service": "film"}, {"lat": 35.3}):
        stations = ask(anyone, **asked).raise_for_status().json()["stations"]
        assert STATION not in [one["station"] for one in stations]


def test_how_far_an_instant_may_be_is_told_in_the_form_that_is_taken(anyone: httpx.Client) -> None:
    detail = ask(anyone, at="2026-07-01T10:00:00+08:00").json()["detail"]
    instants = re.findall(r"20\d\d-\d\d-\d\dT\S+\+08:00", detail)
    assert [ask(anyone, at=instant).status_code for instant in instants[1:]] == [200], detail


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"datum": None}, "field_missing", "datum"),
        ({"datum": "bd09"}, "choice_unknown", "datum"),
        ({"lat": None}, "field_missing", "lat"),
        ({"lat": HERE.lon}, "place_swapped", "lat"),
        ({"lon": HERE.lat}, "place_swapped", "lon"),
        ({"lat": "nan"}, "number_wrong", "lat"),
        ({"lon": "inf"}, "number_wrong", "lon"),
        ({"lat": "here"}, "number_wrong", "lat"),
        ({"lat": 60}, "number_too_large", "lat"),
        ({"lon": 151.2}, "number_too_large", "lon"),
        ({"lat": -33.9}, "number_too_small", "lat"),
        ({"limit": 0}, "number_too_small", "limit"),
        ({"limit": 51}, "number_too_large", "limit"),
        ({"equipment": "sauna"}, "choice_unknown", "equipment.0"),
        ({"service": "sauna"}, "choice_unknown", "service"),
        ({"at": "2025-05-06T10:00:00"}, "time_wrong", "at"),
        ({"at": "1746496800"}, "time_wrong", "at"),
        ({"at": "2025-03-01T10:00:00+08:00"}, "instant_too_far", "at"),
        ({"at": "2026-07-01T10:00:00+08:00"}, "instant_too_far", "at"),
        ({"radius": 500}, "field_unknown", "radius"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_its_field(
    anyone: httpx.Client, asked: dict[str, Any], code: str, field: str
) -> None:
    for language, word in (("zh", "。"), ("en", ".")):
        anyone.headers["Accept-Language"] = language
        answer = ask(anyone, **asked)
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["field"]) == (422, code, field)
        assert word in problem["detail"]


def test_the_edge_of_the_map_is_answered(anyone: httpx.Client) -> None:
    """Mechanism: a shift by datum stays within what a point takes."""
    for lat in (3, 54):
        for lon in (73, 136):
            assert ask(anyone, lat=lat, lon=lon, datum="gcj02").raise_for_status().json()["stations"] == []
