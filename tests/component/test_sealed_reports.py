"""A month's whole way: sealed, entered late, listed in the next, returned, sealed again, accepted; targets with it."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from tests.support.platform_process import PlatformProcess

_NUMBERS = count(1)
COUNTY, CITY = "610303", "610300"
MARCH, APRIL = "2025-03", "2025-04"


@pytest.fixture
def county(platform: PlatformProcess) -> Iterator[httpx.Client]:
    with platform.officer(list(Role), f"u-{COUNTY}", subject="p-county") as client:
        yield client


@pytest.fixture
def city(platform: PlatformProcess) -> Iterator[httpx.Client]:
    with platform.officer(list(Role), f"u-{CITY}", subject="p-city") as client:
        yield client


def send(officer: httpx.Client, path: str, body: dict[str, Any], key: str | None = None) -> httpx.Response:
    headers = {"Idempotency-Key": key or f"reports{next(_NUMBERS)}", "Prefer": "wait"}
    return officer.post(f"/api/{path}", json=body, headers=headers)


def enter(officer: httpx.Client, headcount: int, day: str) -> str:
    """An enterprise of that day, entered now; the position at which it can be read."""
    code = make_credit_code("91", COUNTY, next(_NUMBERS))
    company = {
        "enterprise": code,
        "name": f"宝鸡示例机械有限公司{code[-4:]}",
        "ownership": "private",
        "county": COUNTY,
        "union": f"u-{COUNTY}",
        "registered_on": day,
    }
    send(officer, "enterprise/register", company).raise_for_status()
    survey = {"enterprise": code, "headcount": headcount, "surveyed_on": day}
    return str(send(officer, "enterprise/survey", survey).raise_for_status().json()["position"])


def report(officer: httpx.Client, month: str, **asked: Any) -> Any:
    return officer.get(f"/api/projection/reports/{COUNTY}/{month}", params=asked).raise_for_status().json()


def total(found: Any, metric: str) -> int:
    return next(int(figure["total"]) for figure in found["figures"] if figure["metric"] == metric)


def test_a_late_entry_never_changes_a_sealed_report_and_is_listed_in_the_next(
    county: httpx.Client, city: httpx.Client
) -> None:
    position = enter(county, 60, "2025-03-10")
    sealing = {"region": COUNTY, "at_least": position}
    first = send(county, f"projection/reports/{MARCH}", sealing, key="seal-march").raise_for_status().json()
    assert first["events"] == ["ReportSealed"]
    sealed = report(county, MARCH)
    assert (total(sealed, "union_50"), sealed["since"]) == (1, [])
    source, _, sequence = position.partition("@")
    assert [at["sequence"] >= int(sequence) for at in sealed["sources"] if at["source"] == source] == [True]

    late = enter(county, 70, "2025-03-11")
    assert send(county, f"projection/reports/{MARCH}", sealing, key="seal-march").json()["version"] == first["version"]
    again = send(county, f"projection/reports/{MARCH}", sealing | {"at_least": late}).raise_for_status().json()
    assert again["events"] == []
    after = report(county, MARCH)
    assert after["figures"] == sealed["figures"]
    assert after["sources"] == sealed["sources"]
    changed = {"month": MARCH, "region": COUNTY, "metric": "union_50", "total_sealed": 1, "covered_sealed": 0}
    assert changed | {"total": 2, "covered": 0} in after["since"]

    send(county, f"projection/reports/{APRIL}", {"region": COUNTY}).raise_for_status()
    listed = report(county, APRIL)["listed"]
    assert changed | {"total": 2, "covered": 0} in listed
    further = enter(county, 80, "2025-03-12")
    county.get("/api/projection/scoreboard", params={"region": COUNTY, "at_least": further}).raise_for_status()
    assert report(county, APRIL)["listed"] == listed

    _returned_and_accepted(county, city)


def _returned_and_accepted(county: httpx.Client, city: httpx.Client) -> None:
    answer = {"region": COUNTY, "edition": 1}
    refused = send(county, f"projection/reports/{MARCH}/accept", answer)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_union")
    send(city, f"projection/reports/{MARCH}/return", answer | {"reason": "entries_missing"}).raise_for_status()
    assert report(city, MARCH)["report"]["reason"] == "entries_missing"

    send(county, f"projection/reports/{MARCH}", {"region": COUNTY}).raise_for_status()
    assert (total(report(county, MARCH), "union_50"), total(report(county, MARCH, edition=1), "union_50")) == (3, 1)
    old = send(city, f"projection/reports/{MARCH}/accept", answer)
    assert (old.status_code, old.json()["code"], old.json()["field"]) == (409, "report_other_edition", "edition")
    send(city, f"projection/reports/{MARCH}/accept", {"region": COUNTY, "edition": 2}).raise_for_status()
    page = city.get("/api/projection/reports", params={"region": CITY, "month": MARCH}).json()["reports"]
    assert [(line["region"], line["edition"], line["state"], line["answered_by"]) for line in page] == [
        (COUNTY, 1, "returned", f"u-{CITY}"),
        (COUNTY, 2, "accepted", f"u-{CITY}"),
    ]


def test_a_month_that_still_runs_is_not_sealed(county: httpx.Client) -> None:
    refused = send(county, "projection/reports/2025-05", {"region": COUNTY})
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (409, "month_not_over", "month")


def test_a_target_that_was_set_holds_on_the_board_and_is_warned_of_where_the_shares_do_not_reach_it(
    county: httpx.Client, city: httpx.Client
) -> None:
    def ask(region: str, percent: int) -> dict[str, Any]:
        return {
            "region": region,
            "metric": "own_union_100",
            "percent": percent,
            "due_on": "2025-12-31",
            "cascades": True,
            "reason": "shared_out",
        }

    for _ in range(10):
        enter(county, 120, "2025-05-06")
    send(city, "enterprise/set-target", ask(CITY, 90)).raise_for_status()
    done = send(city, "enterprise/set-target", ask(COUNTY, 20)).raise_for_status().json()
    position = done["position"]
    assert done["warnings"] == [
        {
            "code": "shares_below_target",
            "union": f"u-{CITY}",
            "percent": 90,
            "due_on": "2025-12-31",
            "below": [f"u-{COUNTY}"],
        }
    ]
    asked = {"region": CITY, "metric": "own_union_100", "at_least": position}
    found = city.get("/api/projection/targets", params=asked).raise_for_status().json()
    assert (found["region"]["target"]["percent"], found["region"]["total"]) == (90, 10)
    assert (found["region"]["needed"], found["needed_of_children"], found["short_by"]) == (9, 2, 7)
    board = city.get("/api/projection/scoreboard", params={"region": CITY, "at_least": position}).json()
    assert [figure["short_by"] for figure in board["region"]["figures"] if figure["metric"] == "own_union_100"] == [7]
    assert {figure["short_by"] for child in board["children"] for figure in child["figures"]} == {None}

    refused = send(county, "enterprise/set-target", ask(COUNTY, 10))
    assert (refused.status_code, refused.json()["code"]) == (403, "target_set_above")
    assert "warnings" not in send(city, "enterprise/set-target", ask(COUNTY, 95)).raise_for_status().json()
    history = county.get("/api/enterprise/targets", params={"metric": "own_union_100"}).json()["targets"]
    assert [(line["percent"], line["holds"], line["set_by"]) for line in history] == [
        (20, False, f"u-{CITY}"),
        (95, True, f"u-{CITY}"),
    ]
