"""One that refuses to talk, over HTTP: who sees it, and how its supervision ends by itself."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from tests.support.platform_process import PlatformProcess
from tests.support.waiting import eventually_sync

COUNTY, CITY, ELSEWHERE = "u-610104", "u-610100", "u-610103"
DAYS = ("2025-05-04", "2025-05-05", "2025-05-06")
REFUSER = make_credit_code("91", "610104", 424_242)
_KEYS = count(1)


@pytest.fixture(scope="module")
def officer(platform: PlatformProcess) -> Iterator[httpx.Client]:
    with platform.officer((Role.OFFICER, Role.APPROVER), COUNTY, subject="p-refusers") as client:
        yield client


def send(officer: httpx.Client, command: str, **facts: object) -> httpx.Response:
    headers = {"Idempotency-Key": f"refusers{next(_KEYS)}"}
    return officer.post(f"/api/enterprise/{command}", json={"enterprise": REFUSER, **facts}, headers=headers)


def listed(client: httpx.Client, **asked: bool) -> list[dict[str, Any]]:
    page = client.get("/api/enterprise/supervisions", params={"limit": 500, **asked}).raise_for_status().json()
    return [row for row in page["supervisions"] if row["enterprise"] == REFUSER]


@pytest.fixture(scope="module")
def confirmed(officer: httpx.Client) -> None:
    first, second, third = DAYS
    place: dict[str, object] = {
        "name": "西安示例食品有限公司",
        "ownership": "private",
        "county": "610104",
        "union": COUNTY,
    }
    steps: list[tuple[str, dict[str, object]]] = [
        ("register", place),
        ("survey", {"headcount": 40, "surveyed_on": first}),
        ("state-will", {"will": "refusing", "stated_on": first}),
        ("record-refusal-contact", {"way": "telephone", "contacted_on": second}),
        ("record-refusal-contact", {"way": "visit", "contacted_on": third}),
        ("confirm-refusal", {"confirmed_on": third}),
    ]
    for command, facts in steps:
        send(officer, command, **facts).raise_for_status()


@pytest.mark.usefixtures("confirmed")
def test_only_the_unions_above_it_see_a_refuser(platform: PlatformProcess, officer: httpx.Client) -> None:
    (row,) = listed(officer, no_letter=True)
    assert (row["contacts"], row["confirmed_on"], row["union_id"]) == (2, DAYS[2], COUNTY)
    for union, seen in [(CITY, 1), (ELSEWHERE, 0)]:
        with platform.officer([Role.OFFICER], union) as other:
            assert len(listed(other)) == seen
    with platform.officer([Role.VIEWER], COUNTY) as viewer:
        assert viewer.get("/api/enterprise/supervisions").status_code == 403


@pytest.mark.usefixtures("confirmed")
def test_a_page_ends_where_the_next_begins(officer: httpx.Client) -> None:
    page = officer.get("/api/enterprise/supervisions", params={"limit": 1, "after": REFUSER}).raise_for_status().json()
    assert REFUSER not in [row["enterprise"] for row in page["supervisions"]]


@pytest.mark.usefixtures("confirmed")
def test_with_its_will_its_supervision_ends(officer: httpx.Client) -> None:
    letter = {"authority": "labour_inspection", "document": "莲工函〔2025〕1号", "sent_on": DAYS[2]}
    send(officer, "send-supervision-letter", **letter).raise_for_status()
    assert listed(officer, no_letter=True) == []
    assert listed(officer)[0]["labour_inspection_sent_on"] == DAYS[2]
    send(officer, "state-will", will="willing", stated_on=DAYS[2]).raise_for_status()
    eventually_sync(lambda: len(listed(officer, ended=True)) == 1, within=10)
    assert listed(officer) == []
    assert listed(officer, ended=True)[0]["outcome"] == "talks"
