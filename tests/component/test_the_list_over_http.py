"""The list as a county's officer has it: similar names, filters, moves and ends, and a survey that is closed."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from tests.support.platform_process import PlatformProcess
from tests.support.waiting import eventually_sync

_NUMBERS = count(1)
DAY = "2025-05-06"


@pytest.fixture
def officer(platform: PlatformProcess) -> Iterator[httpx.Client]:
    with platform.officer([Role.VIEWER, Role.OFFICER], "u-610000", subject="p-list") as client:
        yield client


def do(officer: httpx.Client, command: str, **body: object) -> list[str]:
    """The names of the events that came of it."""
    key = {"Idempotency-Key": f"list{next(_NUMBERS)}"}
    answer = officer.post(f"/api/enterprise/{command}", json=body, headers=key)
    assert answer.status_code == 200, answer.text
    events: list[str] = answer.json()["events"]
    return events


def registered(officer: httpx.Client, county: str, name: str | None = None, **more: Any) -> str:
    number = next(_NUMBERS)
    code = make_credit_code("91", county, number)
    facts = {
        "enterprise": code,
        "name": name or f"西安示例电器第{number}有限公司",
        "ownership": "private",
        "county": county,
        "union": f"u-{county}",
        "registered_on": DAY,
    }
    do(officer, "register", **facts, **more)
    return code


def surveyed(officer: httpx.Client, county: str, headcount: int = 60, **more: Any) -> str:
    code = registered(officer, county, **more)
    do(officer, "survey", enterprise=code, headcount=headcount, size_class="small", surveyed_on=DAY)
    return code


def listed(officer: httpx.Client, **asked: Any) -> list[str]:
    page = officer.get("/api/enterprise/enterprises", params={"limit": 500, **asked}).raise_for_status().json()
    return [row["enterprise"] for row in page["enterprises"]]


def similar(officer: httpx.Client, county: str, **asked: Any) -> dict[str, Any]:
    asked = {"county": county, **asked}
    page: dict[str, Any] = officer.get("/api/enterprise/similar-names", params=asked).raise_for_status().json()
    return page


def baseline(officer: httpx.Client, county: str, **asked: Any) -> dict[str, Any]:
    asked = {"county": county, **asked}
    page: dict[str, Any] = officer.get("/api/enterprise/baseline", params=asked).raise_for_status().json()
    return page


def test_a_closed_survey_reaches_the_baseline_and_the_live_list_goes_on(officer: httpx.Client) -> None:
    """Mechanism: the policy on SurveyClosed enters each enterprise by itself."""
    first, second = surveyed(officer, "610117"), surveyed(officer, "610117")
    never_counted = registered(officer, "610117")
    assert do(officer, "close-survey", county="610117", closed_on=DAY) == ["SurveyClosed"]
    eventually_sync(lambda: len(baseline(officer, "610117")["baseline"]) == 2, within=20)
    later = surveyed(officer, "610117")
    do(officer, "move-enterprise", enterprise=first, county="610118", union="u-610118", moved_on=DAY)
    page = baseline(officer, "610117", limit=1)
    assert page["baseline"] == [{"enterprise": first, "county": "610117", "closed_on": DAY}]
    assert page["freshness"][0]["source"] == "/regions/610000/enterprise"
    last = baseline(officer, "610117", limit=1, after=page["next"])
    assert ([row["enterprise"] for row in last["baseline"]], last["next"]) == ([second], None)
    assert listed(officer, region="610117") == sorted([second, never_counted, later])
    assert do(officer, "close-survey", county="610117", closed_on=DAY) == []


def test_a_baseline_belongs_to_the_countys_union_and_those_above(platform: PlatformProcess) -> None:
    for union, status in {"u-610117": 200, "u-610100": 200, "u-610118": 403}.items():
        with platform.officer([Role.VIEWER], union) as viewer:
            answer = viewer.get("/api/enterprise/baseline", params={"county": "610117"})
            assert answer.status_code == status


def test_similar_names_of_a_county_are_listed_until_they_are_adjudicated(officer: httpx.Client) -> None:
    county = "610116"
    one = registered(officer, county, "西安示例面粉有限公司")
    two = registered(officer, county, "示例面粉（西安）有限责任公司")
    three = registered(officer, county, "长安示例面粉集团")
    elsewhere = registered(officer, "610118", "西安示例面粉有限公司")
    unlike = registered(officer, county, "西安示例面条有限公司")
    pairs = [f"{one}-{two}", f"{one}-{three}", f"{two}-{three}"]
    assert [pair["pair"] for pair in similar(officer, county)["similar_names"]] == pairs
    page = similar(officer, county, limit=2)
    assert page["next"] == pairs[1]
    assert [pair["pair"] for pair in similar(officer, county, after=page["next"])["similar_names"]] == pairs[2:]
    first = page["similar_names"][0]
    assert (first["enterprise"]["name"], first["other"]["name"]) == (
        "西安示例面粉有限公司",
        "示例面粉（西安）有限责任公司",
    )
    assert (first["enterprise"]["name_key"], first["verdict"]) == ("示例面粉", None)

    verdict = {"evidence": "licence", "decided_by": "p-7f3k9a2c", "decided_on": DAY}
    asked = {"enterprise": two, "other": one, "verdict": "different", **verdict}
    assert do(officer, "adjudicate-name", **asked) == ["NameAdjudicated"]
    asked = {"enterprise": three, "other": one, "verdict": "same", **verdict}
    assert do(officer, "adjudicate-name", **asked) == ["NameAdjudicated", "EnterpriseClosed"]
    assert similar(officer, county)["similar_names"] == []
    decided = similar(officer, county, adjudicated=True)["similar_names"]
    assert [(pair["pair"], pair["verdict"]["verdict"]) for pair in decided] == [
        (pairs[0], "different"),
        (pairs[1], "same"),
    ]
    assert decided[1]["enterprise"]["enterprise"] == three
    assert decided[1]["verdict"]["decided_by"] == "p-7f3k9a2c"
    assert three not in listed(officer)
    assert {one, two, elsewhere, unlike} <= set(listed(officer))


def test_only_who_sees_both_sees_a_pair(officer: httpx.Client, platform: PlatformProcess) -> None:
    registered(officer, "610115", "西安示例陶瓷有限公司")
    registered(officer, "610115", "示例陶瓷（西安）公司")
    for union, seen in {"u-610115": 1, "u-610100": 1, "u-610116": 0}.items():
        with platform.officer([Role.VIEWER], union) as viewer:
            assert len(similar(viewer, "610115")["similar_names"]) == seen


def test_the_list_shows_the_active_ones_and_those_that_have_ended_when_asked_for(officer: httpx.Client) -> None:
    goes, stays = surveyed(officer, "610124"), surveyed(officer, "610124")
    into = registered(officer, "610124")
    assert do(officer, "merge-enterprise", enterprise=goes, into=into, merged_on=DAY) == ["EnterpriseMerged"]
    assert listed(officer, region="610124") == sorted([stays, into])
    assert listed(officer, region="610124", active=False) == [goes]
    row = officer.get(f"/api/enterprise/enterprises/{goes}").json()["enterprise"]
    assert (row["ended_as"], row["ended_on"]) == ("merged", DAY)


def test_the_list_is_narrowed_by_industry_town_size_and_headcount(officer: httpx.Client) -> None:
    foundry = surveyed(officer, "610111", 120, industry="C33", town="t-610111-01")
    bakery = surveyed(officer, "610111", 30, industry="C1411", town="t-610111-02")
    unknown = registered(officer, "610111")
    asked = {"region": "610111"}
    assert listed(officer, **asked) == sorted([foundry, bakery, unknown])
    assert listed(officer, **asked, industry="C") == sorted([foundry, bakery])
    assert listed(officer, **asked, industry="C14") == [bakery]
    assert listed(officer, **asked, town="t-610111-01") == [foundry]
    assert listed(officer, **asked, size_class="small") == sorted([foundry, bakery])
    assert listed(officer, **asked, headcount_from=30) == sorted([foundry, bakery])
    assert listed(officer, **asked, headcount_from=31) == [foundry]


def test_a_code_that_is_registered_is_refused_with_a_link_to_it(officer: httpx.Client) -> None:
    code = registered(officer, "610118")
    body = {"enterprise": code, "name": "另一家有限公司", "ownership": "private", "county": "610118"}
    key = {"Idempotency-Key": f"list{next(_NUMBERS)}"}
    answer = officer.post("/api/enterprise/register", json={**body, "union": "u-610118"}, headers=key)
    assert (answer.status_code, answer.json()["code"]) == (409, "registered_already")
    assert f"/api/enterprise/enterprises/{code}" in answer.json()["detail"]


def test_it_leaves_the_province_and_closes(officer: httpx.Client) -> None:
    leaves, closes = registered(officer, "610118"), registered(officer, "610118")
    asked = {"enterprise": leaves, "province": "510000", "reason": "relocated", "left_on": DAY}
    assert do(officer, "leave-province", **asked) == ["EnterpriseLeft"]
    asked = {"enterprise": closes, "reason": "bankrupt", "closed_on": DAY}
    assert do(officer, "close-enterprise", **asked) == ["EnterpriseClosed"]
    described = {"enterprise": closes, "name": "西安示例有限公司", "ownership": "private", "described_on": DAY}
    answer = officer.post("/api/enterprise/describe-enterprise", json=described, headers={"Idempotency-Key": "gone"})
    assert (answer.status_code, answer.json()["code"]) == (409, "enterprise_gone")
