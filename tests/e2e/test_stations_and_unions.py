"""What the service of stations says reaches the unions of a town, and the board, over real parts."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from tests.support.platform_process import PlatformProcess
from tests.support.waiting import eventually_sync

CODE = make_credit_code("91", "610102", 666_001)
TOWN, STATION, MISTAKE = "t-610102-66", "s-610102-066", "s-610102-067"
DAY = "2025-05-06"
POINT = {"lat": 34.2658, "lon": 108.9541, "datum": "wgs84"}


@pytest.fixture
def officer(platform: PlatformProcess) -> Iterator[httpx.Client]:
    roles = (Role.OFFICER, Role.APPROVER, Role.VIEWER, Role.OPERATOR)
    with platform.officer(roles, "u-610100") as client:
        yield client


def do(officer: httpx.Client, service: str, command: str, **body: Any) -> None:
    headers = {"Idempotency-Key": f"stations-and-unions-{command}-{body.get('station')}"}
    answer = officer.post(f"/api/{service}/{command}", json=body, headers=headers)
    assert answer.status_code == 200, answer.text


def of_enterprise(officer: httpx.Client, command: str, **body: Any) -> None:
    do(officer, "enterprise", command, enterprise=CODE, **body)


def stations_beside_the_60_days(officer: httpx.Client) -> list[str] | None:
    found = officer.get("/api/enterprise/accompaniments", params={"region": "610102", "limit": 500}).json()
    return next((one["stations"] for one in found["accompaniments"] if one["enterprise"] == CODE), None)


def told(officer: httpx.Client) -> list[tuple[str, str]]:
    desk = officer.get("/api/enterprise/desk", params={"limit": 500}).json()
    duties = [duty for part in ("today", "overdue", "coming") for duty in desk[part]["duties"]]
    return [(duty["enterprise"], duty["due_on"]) for duty in duties if duty["kind"] == "station_closed"]


def open_stations(officer: httpx.Client) -> int:
    board = officer.get("/api/projection/stations", params={"region": "610102"}).raise_for_status().json()
    listed = officer.get(
        "/api/projection/stations/list", params={"region": "610102", "count": "open", "kind": "fixed"}
    ).json()
    shown: int = board["region"]["stations"][0]["open"]
    assert listed["total"] == shown == len(listed["lines"])
    return shown


def test_a_founded_union_sees_its_towns_stations_and_hears_when_one_closes(officer: httpx.Client) -> None:
    """Mechanism: the policies of context `stations` read that service's log; nobody calls the other service."""
    before = open_stations(officer)
    do(
        officer,
        "stations",
        "list-town",
        town=TOWN,
        name="示例街道",
        kind="subdistrict",
        reach_m=3000,
        listed_on=DAY,
        centre=POINT,
    )
    particulars = {"name": "示例街道工会驿站", "area_m2": 45, "host_body": "示例街道办事处"}
    of_town = {"kind": "fixed", "union": "u-610102", "town": TOWN, "planned_on": DAY, **POINT}
    for station in (STATION, MISTAKE):
        do(officer, "stations", "plan-station", station=station, **of_town, **particulars)
    do(officer, "stations", "open-station", station=STATION, opened_on=DAY)
    particulars = {"name": "西安示例机械有限公司", "ownership": "private", "county": "610102", "union": "u-610102"}
    of_enterprise(officer, "register", **particulars, town=TOWN, registered_on=DAY)
    of_enterprise(officer, "survey", headcount=120, surveyed_on=DAY)
    of_enterprise(officer, "state-will", will="willing", stated_on=DAY)
    of_enterprise(officer, "hold-visit", held_on=DAY)
    of_enterprise(officer, "apply", applied_on=DAY)
    of_enterprise(officer, "approve", members=30, own_committee=True, approved_on=DAY, document="西工发〔2025〕1号")
    eventually_sync(lambda: stations_beside_the_60_days(officer) == [STATION], within=30)
    eventually_sync(lambda: open_stations(officer) == before + 1, within=30)
    do(officer, "stations", "close-station", station=MISTAKE, reason="mistake", closed_on=DAY)  # told to nobody
    do(officer, "stations", "close-station", station=STATION, reason="unused", closed_on=DAY)
    eventually_sync(lambda: told(officer) == [(CODE, DAY)], within=30)
    assert stations_beside_the_60_days(officer) == []
    listed = officer.get("/api/enterprise/station-closings", params={"limit": 500}).json()["closings"]
    assert [one["stations"] for one in listed if one["enterprise"] == CODE] == [[STATION]]
    of_enterprise(officer, "see-station-closing", station=STATION, seen_on=DAY)
    assert told(officer) == []
    eventually_sync(lambda: open_stations(officer) == before, within=30)
