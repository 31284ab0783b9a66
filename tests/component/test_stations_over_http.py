"""A district's stations as its officers see them over HTTP: lists in either datum, coverage, and the ledgers' way."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from eventing.identity import Role
from services.stations.ledgers.placements import PLACEMENTS
from services.stations.ledgers.stations import STATIONS
from tests.support.ledgers import xlsx
from tests.support.platform_process import PlatformProcess

DISTRICT, UNION, DAY = "610115", "u-610115", "2025-05-06"
NEAR, FAR = f"t-{DISTRICT}-01", f"t-{DISTRICT}-02"
CENTRES = {NEAR: (34.3671, 109.2142), FAR: (34.4371, 109.2142)}
ROOM, CABIN = f"s-{DISTRICT}-001", f"s-{DISTRICT}-002"
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def officer(platform: PlatformProcess) -> Iterator[httpx.Client]:
    """Of a district with two towns, a room in the first, and a cabin that stands nowhere yet."""
    with platform.officer([Role.OFFICER, Role.VIEWER], UNION, subject="p-stations") as client:
        for town, (lat, lon) in CENTRES.items():
            centre = {"lat": lat, "lon": lon, "datum": "wgs84"}
            listed = {"name": f"示例{town[-2:]}街道", "kind": "subdistrict", "centre": centre, "reach_m": 5000}
            send(client, "list-town", town=town, listed_on=DAY, **listed)
            send(client, "count-outdoor-workers", town=town, workers=300, counted_on=DAY)
        ledger: list[list[Any]] = [
            [column.zh for column in STATIONS.columns],
            [ROOM, "固定", "示例驿站", UNION, NEAR, 34.3671, 109.2142, "WGS-84", 45, "示例街道办事处", DAY, DAY],
            [CABIN, "移动", "示例小木屋", UNION, None, None, None, None, 20, "示例街道办事处", DAY, DAY],
        ]
        assert imported(client, "stations", ledger)["findings"] == []
        yield client


def send(client: httpx.Client, command: str, **body: object) -> httpx.Response:
    key = {"Idempotency-Key": f"stations{next(_NUMBERS)}"}
    return client.post(f"/api/stations/{command}", json=body, headers=key)


def imported(client: httpx.Client, ledger: str, rows: list[list[Any]]) -> dict[str, Any]:
    answer = client.post(f"/api/stations/ledgers/{ledger}/import", content=xlsx(rows).getvalue())
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def got(client: httpx.Client, path: str, **params: str) -> dict[str, Any]:
    answer = client.get(f"/api/stations/{path}", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_list_gives_positions_in_either_datum(officer: httpx.Client) -> None:
    (room,) = got(officer, "stations", region=DISTRICT, kind="fixed")["stations"]
    assert (room["lat"], room["lon"], room["state"]) == (34.3671, 109.2142, "open")
    shown = got(officer, f"stations/{ROOM}", datum="gcj02")
    assert shown["datum"] == "gcj02"
    assert 0.002 < shown["station"]["lon"] - room["lon"] < 0.008


def test_hours_are_kept_and_say_until_when_it_is_open(officer: httpx.Client) -> None:
    daily = [{"on": on, "opens": "00:00", "closes": "24:00"} for on in ("monday", "tuesday", "wednesday")]
    assert send(officer, "set-opening-hours", station=ROOM, times=daily, since=DAY).status_code == 200
    found = got(officer, f"stations/{ROOM}")
    assert [time["on"] for time in found["station"]["times"]] == ["monday", "tuesday", "wednesday"]
    assert found["open_until"].startswith("2025-05-08T00:00")


def test_swapped_degrees_are_refused_at_their_field(officer: httpx.Client) -> None:
    swapped = {"lat": 109.2142, "lon": 34.3671, "datum": "wgs84"}
    answer = send(officer, "place-cabin", station=CABIN, town=NEAR, placed_on=DAY, **swapped)
    assert answer.status_code == 422
    assert [(one["code"], one["field"]) for one in answer.json()["errors"]] == [
        ("place_swapped", "lat"),
        ("place_swapped", "lon"),
    ]


def test_who_writes_a_time_or_an_id_wrongly_is_shown_one(officer: httpx.Client) -> None:
    early = [{"on": "monday", "opens": "8:00", "closes": "24:00"}]
    answer = send(officer, "set-opening-hours", station=ROOM, times=early, since=DAY)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "form_wrong", "times.0.opens")
    assert answer.json()["detail"] == "此项的写法如：08:00。请照此核对后更正。"
    listed = officer.get("/api/stations/placements", params={"after": "1"}, headers={"accept-language": "en"})
    assert "looks like s-330110-049/2025-05-06" in listed.json()["detail"]


def test_nobodys_number_stands_in_a_public_name(officer: httpx.Client) -> None:
    described = {"name": "示例驿站", "area_m2": 45, "host_body": "张三 １３８-1234-5678", "described_on": DAY}
    answer = send(officer, "describe-station", station=ROOM, **described)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "name_with_mobile", "host_body")
    assert "name-host" in answer.json()["detail"]
    assert "1234" not in answer.text
    assert got(officer, f"stations/{ROOM}")["station"]["host_body"] == "示例街道办事处"


def test_a_cabin_covers_its_town_and_the_next_one_goes_where_the_way_is_long(officer: httpx.Client) -> None:
    before = got(officer, "coverage", region=DISTRICT)
    assert (before["covered"], before["idle"]) == (0, [CABIN])
    assert (before["suggestion"]["town"], before["suggestion"]["reason"]) == (FAR, "workers_and_way")
    assert before["suggestion"]["nearest"] == ROOM
    assert 7750 < before["suggestion"]["metres"] < 7780  # 0.07° of latitude

    placing: list[list[Any]] = [
        [column.zh for column in PLACEMENTS.columns],
        [CABIN, FAR, 34.4371, 109.2142, "WGS-84", DAY, None],
    ]
    assert imported(officer, "placements", placing)["findings"] == []
    after = got(officer, "coverage", region=DISTRICT, on=DAY)
    assert (after["covered"], after["idle"], after["suggestion"]["town"]) == (1, [], NEAR)
    assert [town["cabins"] for town in after["towns"]] == [[], [CABIN]]
    earlier = got(officer, "coverage", region=DISTRICT, on="2025-05-05")
    assert (earlier["covered"], earlier["towns"]) == (0, []), "the towns weren't on the list yet"
    assert earlier["idle"] == [], "it wasn't planned yet"
    (placed,) = got(officer, "placements", region=DISTRICT, on=DAY)["placements"]
    assert (placed["placement"], placed["name"]) == (f"{CABIN}/{DAY}", "示例小木屋")


def test_a_plan_that_was_a_mistake_is_ended(officer: httpx.Client) -> None:
    particulars = {"name": "误录小木屋", "area_m2": 20, "host_body": "示例街道办事处", "union": UNION}
    mistake = {"station": f"s-{DISTRICT}-009", "kind": "mobile", "planned_on": DAY, **particulars}
    assert send(officer, "plan-station", **mistake).status_code == 200
    assert mistake["station"] in got(officer, "coverage", region=DISTRICT)["idle"]
    end = {"station": mistake["station"], "reason": "mistake"}
    early = send(officer, "close-station", closed_on="2025-05-05", **end)
    assert (early.status_code, early.json()["code"], early.json()["field"]) == (
        409,
        "closed_before_planned",
        "closed_on",
    )
    assert send(officer, "close-station", closed_on=DAY, **end).json()["events"] == ["StationClosed"]
    found = got(officer, f"stations/{mistake['station']}")
    row = found["station"]
    assert (row["state"], row["opened_on"], row["closed_on"], row["closed_for"]) == ("closed", None, DAY, "mistake")
    assert found["open_until"] is None
    assert mistake["station"] not in got(officer, "coverage", region=DISTRICT)["idle"]
    answer = send(officer, "open-station", station=mistake["station"], opened_on=DAY)
    assert (answer.status_code, answer.json()["code"]) == (409, "station_closed")


def test_seconds_since_1970_are_no_day(officer: httpx.Client) -> None:
    answer = officer.get("/api/stations/coverage", params={"region": DISTRICT, "on": "1746489600"})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "date_wrong", "on")


@pytest.mark.parametrize("ledger", ["stations", "placements"])
def test_what_was_exported_is_nothing_new_when_it_is_imported(officer: httpx.Client, ledger: str) -> None:
    """Mechanism: the exported row has the fields of its command, and a cabin's place only beside them."""
    exported = officer.get(f"/api/stations/ledgers/{ledger}/export", params={"region": DISTRICT})
    assert exported.status_code == 200, exported.text
    back = officer.post(f"/api/stations/ledgers/{ledger}/import", content=exported.content)
    assert back.json()["findings"] == [], back.text
