"""A worker reports a fault without login and looks it up; the host confirms and repairs it."""

from itertools import count

import httpx
import pytest

from eventing.identity import Role
from services.stations.ledgers.faults import FAULTS
from tests.support.ledgers import xlsx
from tests.support.platform_process import PlatformProcess

ROOM, TOWN, UNION, DAY = "s-610116-001", "t-610116-01", "u-610116", "2025-05-06"
POINT = {"lat": 34.1578, "lon": 108.9399, "datum": "wgs84"}
SEEN = {"station": ROOM, "equipment": "drinking_water", "symptom": "empty"}
_NUMBERS = count(1)


def send(client: httpx.Client, command: str, **body: object) -> httpx.Response:
    key = {"Idempotency-Key": f"fault{next(_NUMBERS)}"}
    return client.post(f"/api/stations/{command}", json=body, headers=key)


@pytest.fixture
def officer(platform: PlatformProcess) -> httpx.Client:
    return platform.officer([Role.OFFICER, Role.VIEWER], UNION, subject="p-host")


def test_a_fault_from_report_to_repair(platform: PlatformProcess, officer: httpx.Client) -> None:
    with officer as host, httpx.Client(base_url=platform.url) as worker:
        town = {"name": "示例街道", "kind": "subdistrict", "centre": POINT, "reach_m": 5000}
        room = {"kind": "fixed", "name": "示例驿站", "area_m2": 45, "host_body": "示例街道办事处"}
        assert send(host, "list-town", town=TOWN, listed_on=DAY, **town).status_code == 200
        plan = {"station": ROOM, "union": UNION, "town": TOWN, **POINT, **room}
        assert send(host, "plan-station", planned_on=DAY, opened_on=DAY, **plan).status_code == 200
        water = {"station": ROOM, "equipment": "drinking_water"}
        assert send(host, "install-equipment", installed_on=DAY, **water).status_code == 200

        key = {"Idempotency-Key": "a-worker"}
        taken = worker.post("/api/stations/report-fault", json=SEEN, headers=key).json()
        assert worker.post("/api/stations/report-fault", json=SEEN, headers=key).json() == taken
        found = worker.get(taken["look_up"]).json()
        assert (found["fault"], found["state"], found["due_on"]) == (taken["fault"], "reported", None)
        fault, day = taken["fault"], found["reported_on"]

        assert send(host, "confirm-fault", station=ROOM, fault=fault, confirmed_on=day).status_code == 200
        told = send(worker, "report-fault", **SEEN)
        assert (told.status_code, told.json()["code"]) == (409, "fault_known")
        assert fault in told.json()["detail"]
        listed = host.get("/api/stations/faults", params={"open": True}).json()["faults"]
        assert [(row["fault"], row["state"]) for row in listed] == [(fault, "confirmed")]

        rows = [[column.zh for column in FAULTS.columns], [fault, ROOM, day]]
        imported = host.post("/api/stations/ledgers/faults/import", content=xlsx(rows).getvalue()).json()
        assert (imported["done"], imported["findings"]) == (1, [])
        assert worker.get(taken["look_up"]).json()["state"] == "repaired"
        exported = host.get("/api/stations/ledgers/faults/export", params={"format": "csv"})
        assert fault in exported.text
        shown = host.get(f"/api/stations/stations/{ROOM}/sheet").json()
        assert [(piece["equipment"], piece["state"]) for piece in shown["equipment"]] == [("drinking_water", "works")]
        assert shown["rating"]["score"] is None


def test_without_a_key_nothing_is_reported(platform: PlatformProcess) -> None:
    answer = httpx.post(f"{platform.url}/api/stations/report-fault", json=SEEN)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_missing")
