"""Services of the day over the public API: what is on, a ticket and its return without a login, the host behind it."""

from itertools import count
from typing import Any

import httpx
import pytest

from eventing.identity import Role
from tests.support.platform_process import PlatformProcess

UNION, OTHER = "u-610104", "u-610300"
TOWN, STATION = "t-610104-01", "s-610104-001"
PLACE = {"lat": 34.2651, "lon": 108.9231, "datum": "wgs84"}
DAY, LISTED = "20251114", "2025-05-06"
_NUMBERS = count(1)


def send(client: httpx.Client, route: str, key: str | None = None, **body: Any) -> httpx.Response:
    headers = {"Idempotency-Key": key or f"tickets{next(_NUMBERS)}"}
    return client.post(f"/api/stations/{route}", json=body, headers=headers)


@pytest.fixture(scope="module")
def officer(platform: PlatformProcess) -> Any:
    """Of a union with an open station."""
    with platform.officer((Role.OFFICER, Role.VIEWER), UNION, subject="p-services") as client:
        listed: dict[str, Any] = {"name": "北院门街道", "kind": "subdistrict", "centre": PLACE, "reach_m": 3000}
        send(client, "list-town", town=TOWN, listed_on=LISTED, **listed).raise_for_status()
        room: dict[str, Any] = {"kind": "fixed", "union": UNION, "town": TOWN, **PLACE}
        particulars: dict[str, Any] = {"name": "北院门工会驿站", "area_m2": 45, "host_body": "北院门街道办事处"}
        planned: dict[str, Any] = {"planned_on": LISTED, "opened_on": LISTED}
        send(client, "plan-station", station=STATION, **room, **particulars, **planned).raise_for_status()
        yield client


@pytest.fixture(scope="module")
def anybody(platform: PlatformProcess) -> Any:
    with httpx.Client(base_url=platform.url, timeout=60) as client:
        yield client


def a_service(officer: httpx.Client, capacity: int = 2) -> str:
    service = f"d-610104-001-{DAY}-{next(_NUMBERS)}"
    offer: dict[str, Any] = {"kind": "haircut", "provider": "西安示例美发服务队", "starts": "13:30", "ends": "16:30"}
    send(officer, "plan-service", service=service, capacity=capacity, **offer).raise_for_status()
    return service


def free(client: httpx.Client, service: str) -> int:
    asked = {"station": STATION, "since": "2025-11-14", "until": "2025-11-14"}
    on = client.get("/api/stations/services", params=asked).raise_for_status().json()["services"]
    return int(next(each["free"] for each in on if each["service"] == service))


def test_a_place_is_booked_and_given_back_without_a_login(officer: httpx.Client, anybody: httpx.Client) -> None:
    service = a_service(officer)
    ticket = send(anybody, "book-ticket", service=service, phone="13900001234").raise_for_status().json()
    assert free(anybody, service) == 1
    send(anybody, "return-ticket", **ticket).raise_for_status()
    assert free(anybody, service) == 2


def test_what_is_planned_at_a_cabin_that_left_is_not_on(officer: httpx.Client, anybody: httpx.Client) -> None:
    cabin, service = "s-610104-050", f"d-610104-050-{DAY}-1"
    mobile: dict[str, Any] = {"kind": "mobile", "union": UNION, "planned_on": LISTED, "opened_on": LISTED}
    particulars: dict[str, Any] = {"name": "示例小木屋", "area_m2": 20, "host_body": "北院门街道办事处"}
    send(officer, "plan-station", station=cabin, **mobile, **particulars).raise_for_status()
    place: dict[str, Any] = {"town": TOWN, "placed_on": LISTED, **PLACE}
    send(officer, "place-cabin", station=cabin, **place).raise_for_status()
    offer: dict[str, Any] = {"kind": "film", "provider": "示例放映队", "starts": "13:30", "ends": "16:30"}
    send(officer, "plan-service", service=service, capacity=9, **offer).raise_for_status()
    asked = {"station": cabin, "since": "2025-11-14", "until": "2025-11-14"}
    on = anybody.get("/api/stations/services", params=asked).raise_for_status().json()["services"]
    assert [each["service"] for each in on] == [service]
    send(officer, "remove-cabin", station=cabin, removed_on=LISTED).raise_for_status()
    assert anybody.get("/api/stations/services", params=asked).raise_for_status().json()["services"] == []


def test_a_repeat_gets_the_same_ticket(officer: httpx.Client, anybody: httpx.Client) -> None:
    """Mechanism: id and proof follow from the service and the request's key."""
    service = a_service(officer)
    first = send(anybody, "book-ticket", "again-1", service=service, phone="13900001234").json()
    assert send(anybody, "book-ticket", "again-1", service=service, phone="13900001234").json() == first
    other = send(anybody, "book-ticket", "again-1", service=service, phone="13900005678")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert free(anybody, service) == 1


def test_a_number_has_one_ticket_until_it_is_returned(officer: httpx.Client, anybody: httpx.Client) -> None:
    service = a_service(officer)
    ticket = send(anybody, "book-ticket", service=service, phone="13900001234").json()
    again = send(anybody, "book-ticket", service=service, phone="13900001234")
    assert (again.status_code, again.json()["code"], again.json()["field"]) == (409, "phone_has_a_ticket", "phone")
    send(anybody, "return-ticket", **ticket).raise_for_status()
    assert send(anybody, "book-ticket", service=service, phone="13900001234").status_code == 200


def test_the_id_without_its_proof_returns_nothing(officer: httpx.Client, anybody: httpx.Client) -> None:
    service = a_service(officer)
    ticket = send(anybody, "book-ticket", service=service, phone="13900001234").json()
    refused = send(anybody, "return-ticket", **{**ticket, "proof": "0" * 32})
    assert (refused.status_code, refused.json()["code"]) == (404, "ticket_unknown")
    assert free(anybody, service) == 1


def test_keepers_reach_those_who_booked_until_they_are_forgotten(
    officer: httpx.Client, anybody: httpx.Client, platform: PlatformProcess
) -> None:
    """Cancelled, somebody has to tell them: what the numbers are kept for."""
    service = a_service(officer, capacity=3)
    mine = send(anybody, "book-ticket", service=service, phone="13900001234").json()
    gone = send(anybody, "book-ticket", service=service, phone="13900005678").json()
    send(anybody, "return-ticket", **gone).raise_for_status()
    told = {"reason": "weather", "cancelled_on": LISTED}
    send(officer, "cancel-service", service=service, **told).raise_for_status()
    path = f"/api/stations/services-of-the-day/{service}/tickets"
    assert officer.get(path).json()["code"] == "role_missing"
    assert anybody.get(path).status_code == 401
    with platform.officer([Role.KEEPER], UNION, subject="p-keeper") as keeper:
        found = keeper.get(path).raise_for_status().json()
        assert found == {"service": service, "tickets": [{"ticket": mine["ticket"], "phone": "13900001234"}]}
        assert keeper.get(path.replace(service, f"d-610104-001-{DAY}-99")).json()["code"] == "service_unknown"
    with platform.officer([Role.KEEPER], OTHER, subject="p-keeper") as stranger:
        assert stranger.get(path).json()["code"] == "not_your_union"
    assert "13900001234" not in platform.output()


def test_one_number_has_one_ticket_however_it_is_written(officer: httpx.Client, anybody: httpx.Client) -> None:
    service = a_service(officer)
    send(anybody, "book-ticket", service=service, phone="13900001234").raise_for_status()
    again = send(anybody, "book-ticket", service=service, phone="+86 139-0000-1234")
    assert again.json()["code"] == "phone_has_a_ticket"


def test_a_full_service_and_a_wrong_number_are_refused(officer: httpx.Client, anybody: httpx.Client) -> None:
    service = a_service(officer, capacity=1)
    wrong = send(anybody, "book-ticket", service=service, phone="139-secret")
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (422, "phone_form", "phone")
    assert "secret" not in wrong.text
    send(anybody, "book-ticket", service=service, phone="13900001234").raise_for_status()
    full = send(anybody, "book-ticket", service=service, phone="13900005678")
    assert (full.status_code, full.json()["code"]) == (409, "service_full")


def test_what_is_on_leaves_out_what_a_shut_station_was_planned_for(
    officer: httpx.Client, anybody: httpx.Client
) -> None:
    """Mechanism: the station is looked at, as the booking does."""
    shut = "s-610104-002"
    room: dict[str, Any] = {"kind": "fixed", "union": UNION, "town": TOWN, **PLACE, "name": "示例驿站", "area_m2": 30}
    begun = {"host_body": "北院门街道办事处", "planned_on": LISTED, "opened_on": LISTED}
    send(officer, "plan-station", station=shut, **room, **begun).raise_for_status()
    offer: dict[str, Any] = {"kind": "film", "provider": "西安示例放映队", "starts": "13:30", "ends": "16:30"}
    service = f"d-610104-002-{DAY}-1"
    send(officer, "plan-service", service=service, capacity=5, **offer).raise_for_status()

    def on() -> list[str]:
        asked = {"station": shut, "since": "2025-11-14"}
        found = anybody.get("/api/stations/services", params=asked).raise_for_status().json()["services"]
        return [each["service"] for each in found]

    assert on() == [service]
    hours = [{"on": "friday", "opens": "16:00", "closes": "20:00"}]
    send(officer, "set-opening-hours", station=shut, times=hours, since=LISTED).raise_for_status()
    assert on() == []
    hours[0]["opens"] = "13:30"
    send(officer, "set-opening-hours", station=shut, times=hours, since=LISTED).raise_for_status()
    assert on() == [service]
    send(anybody, "book-ticket", service=service, phone="13900001234").raise_for_status()
    told = {"reason": "weather", "suspended_on": LISTED, "until": "2025-11-14"}
    done = send(officer, "suspend-station", station=shut, **told).raise_for_status()
    assert (on(), "warnings" in done.json()) == ([service], False)  # it opens again that morning
    done = send(officer, "suspend-station", station=shut, **told | {"until": "2025-11-15"}).raise_for_status()
    assert on() == []
    assert done.json()["warnings"] == [{"code": "service_stranded", "service": service, "booked": 1}]


def test_what_is_on_leaves_out_what_is_over(officer: httpx.Client, anybody: httpx.Client) -> None:
    """Entered late, it is counted; nobody can come any more."""
    offer: dict[str, Any] = {"kind": "film", "provider": "西安示例放映队", "starts": "00:00", "ends": "00:01"}
    over = f"d-610104-001-20250506-{next(_NUMBERS)}"
    send(officer, "plan-service", service=over, capacity=5, **offer).raise_for_status()
    asked = {"station": STATION, "since": LISTED, "until": LISTED}
    assert anybody.get("/api/stations/services", params=asked).raise_for_status().json()["services"] == []


def test_the_hosts_page_shows_no_shows_of_such_services(officer: httpx.Client, platform: PlatformProcess) -> None:
    service = a_service(officer)
    sheet = officer.get(f"/api/stations/services-of-the-day/{service}").raise_for_status().json()
    assert sheet["service"]["capacity"] == 2
    assert sheet["before"] == {
        "services": 0,
        "booked": 0,
        "no_shows": 0,
        "percent": None,
        "tickets_for_capacity": None,
    }
    with platform.officer([Role.VIEWER], OTHER, subject="p-other") as other:
        assert other.get(f"/api/stations/services-of-the-day/{service}").status_code == 403
        listed = other.get("/api/stations/services-of-the-day").json()["services"]
        assert service not in [row["service"] for row in listed]


def test_who_keeps_a_station_is_for_keepers_of_its_union_and_in_no_event(
    officer: httpx.Client, platform: PlatformProcess
) -> None:
    person: dict[str, Any] = {"host": "p-7f3k9a2c", "name": "示例管理员甲", "phone": "13900009999", "named_on": LISTED}
    done = send(officer, "name-host", station=STATION, **person).raise_for_status()
    assert "13900009999" not in done.text
    path = f"/api/stations/stations/{STATION}/host"
    assert officer.get(path).status_code == 403
    with platform.officer([Role.KEEPER], UNION, subject="p-keeper") as keeper:
        assert keeper.get(path).raise_for_status().json() == {"station": STATION, **person}
    with platform.officer([Role.KEEPER], OTHER, subject="p-keeper") as stranger:
        assert stranger.get(path).json()["code"] == "not_your_union"
    with platform.officer([Role.SUBSCRIBER], "u-610000", subject="p-feed") as feed:
        events = feed.get("/api/stations/events", params={"after": 0, "limit": 500, "wait": 2}).text
    assert "p-7f3k9a2c" in events
    # Closed for good, it needs nobody to be reached.
    gone = "s-610104-003"
    room: dict[str, Any] = {"kind": "fixed", "union": UNION, "town": TOWN, "planned_on": LISTED, **PLACE}
    particulars: dict[str, Any] = {"name": "误录工会驿站", "area_m2": 45, "host_body": "北院门街道办事处"}
    send(officer, "plan-station", station=gone, **room, **particulars).raise_for_status()
    send(officer, "name-host", station=gone, **person).raise_for_status()
    send(officer, "close-station", station=gone, reason="mistake", closed_on=LISTED).raise_for_status()
    with platform.officer([Role.KEEPER], UNION, subject="p-keeper") as keeper:
        assert keeper.get(f"/api/stations/stations/{gone}/host").json()["code"] == "station_closed"
    for secret in ("13900009999", "示例管理员甲", "13900001234"):
        assert secret not in events
