"""A county's work list as officers live it: it opens by itself, is planned, checked by the city, and opened again."""

from itertools import count
from typing import Any

import httpx
import pytest

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from tests.support.platform_process import PlatformProcess
from tests.support.waiting import eventually_sync

COUNTY, CITY, OTHER = "u-610803", "u-610800", "u-610300"
DAY = "2025-05-06"
_NUMBERS = count(1)


def send(client: httpx.Client, command: str, enterprise: str, **body: Any) -> httpx.Response:
    return client.post(
        f"/api/enterprise/{command}",
        json={"enterprise": enterprise, **body},
        headers={"Idempotency-Key": f"list{next(_NUMBERS)}"},
    )


def a_surveyed_one(client: httpx.Client, headcount: int) -> str:
    code = make_credit_code("91", "610803", next(_NUMBERS))
    send(
        client,
        "register",
        code,
        name="榆林示例化工有限公司",
        ownership="private",
        county="610803",
        union=COUNTY,
        registered_on=DAY,
    ).raise_for_status()
    send(client, "survey", code, headcount=headcount, surveyed_on=DAY).raise_for_status()
    return code


def found(client: httpx.Client, code: str) -> None:
    send(client, "state-will", code, will="willing", stated_on=DAY).raise_for_status()
    send(client, "apply", code, applied_on=DAY).raise_for_status()
    approval = {"members": 30, "own_committee": True, "approved_on": DAY, "document": "横工发〔2025〕1号"}
    send(client, "approve", code, **approval).raise_for_status()


def plan(client: httpx.Client, code: str) -> dict[str, Any]:
    answer: dict[str, dict[str, Any]] = client.get(f"/api/enterprise/plans/{code}").json()
    return answer.get("plan", {})


def wait_for(client: httpx.Client, code: str, status: str) -> None:
    eventually_sync(lambda: plan(client, code).get("status") == status, within=20)


@pytest.fixture
def county(platform: PlatformProcess) -> Any:
    with platform.officer((Role.OFFICER, Role.APPROVER), COUNTY, subject="p-county") as client:
        yield client


@pytest.fixture
def city(platform: PlatformProcess) -> Any:
    with platform.officer((Role.OFFICER, Role.APPROVER), CITY, subject="p-city") as client:
        yield client


def test_a_plan_from_the_survey_to_the_citys_check(county: httpx.Client, city: httpx.Client) -> None:
    large, small = a_surveyed_one(county, 100), a_surveyed_one(county, 99)
    wait_for(county, large, "open")
    assert county.get(f"/api/enterprise/plans/{small}").json()["code"] == "plan_unknown"

    send(county, "agree-plan-step", large, step="find_preparers", officer="p-7f3k9a2c", due_on=DAY).raise_for_status()
    send(county, "do-plan-step", large, step="find_preparers", done_on=DAY).raise_for_status()
    send(county, "plan-founding", large, planned_on="2025-06-20").raise_for_status()
    (step,) = county.get(f"/api/enterprise/plans/{large}").json()["steps"]
    assert (step["step"], step["officer"], step["due_on"], step["done_on"]) == (
        "find_preparers",
        "p-7f3k9a2c",
        DAY,
        DAY,
    )
    assert plan(county, large)["planned_on"] == "2025-06-20"

    found(county, large)
    wait_for(county, large, "awaiting_check")
    refused = send(county, "check-plan", large, approved=True, checked_on=DAY)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_union")
    send(city, "check-plan", large, approved=False, checked_on=DAY).raise_for_status()
    assert plan(county, large)["status"] == "returned"
    send(city, "check-plan", large, approved=True, checked_on=DAY).raise_for_status()
    assert plan(county, large)["status"] == "struck_off"

    send(county, "dissolve-union", large, reason="shell", dissolved_on=DAY).raise_for_status()
    wait_for(county, large, "open")


def test_the_list_is_paged_and_counts_what_stands_how(platform: PlatformProcess, county: httpx.Client) -> None:
    codes = sorted(a_surveyed_one(county, 150) for _ in range(3))
    found(county, codes[0])
    for code, status in zip(codes, ("awaiting_check", "open", "open"), strict=True):
        wait_for(county, code, status)

    def page(**asked: Any) -> dict[str, Any]:
        answer: dict[str, Any] = county.get("/api/enterprise/plans", params=asked).raise_for_status().json()
        return answer

    whole = page(county="610803", limit=500)
    listed = [row["enterprise"] for row in whole["plans"]]
    assert set(codes) <= set(listed)
    assert whole["counts"] == {
        status: sum(row["status"] == status for row in whole["plans"]) for status in whole["counts"]
    }
    awaiting = page(status="awaiting_check")
    assert codes[0] in [row["enterprise"] for row in awaiting["plans"]]
    assert {row["status"] for row in awaiting["plans"]} == {"awaiting_check"}
    assert awaiting["counts"] == whole["counts"]
    assert page(county="610800")["counts"] == whole["counts"]
    assert page(county="610802")["plans"] == []
    first = page(limit=1)
    assert [row["enterprise"] for row in page(limit=1, after=first["next"])["plans"]] == listed[1:2]

    with platform.officer([Role.VIEWER], OTHER) as elsewhere:
        answer = elsewhere.get("/api/enterprise/plans", params={"county": "610803"}).json()
        assert (answer["plans"], sum(answer["counts"].values())) == ([], 0)
        assert elsewhere.get(f"/api/enterprise/plans/{codes[0]}").json()["code"] == "not_your_union"
