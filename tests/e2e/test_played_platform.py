"""What the played drive left behind, seen through the API: lists behind numbers, open items, and nothing personal."""

from collections.abc import Iterator, Sequence
from typing import Any

import httpx
import orjson
import pytest

from contracts.cloudevent import Recorded
from demo import days
from demo.drive.ledger import ledger
from eventing.identity import Role
from tests.support.demo_recount import TARGETS, Recount
from tests.support.figures import figures
from tests.support.platform_process import PlatformProcess

COUNTS = ("live", "baseline", "visits_overdue", "open_plans", "alongside", "shells")


@pytest.fixture
def officer(played_platform: PlatformProcess) -> Iterator[httpx.Client]:
    with played_platform.officer([Role.VIEWER, Role.SUBSCRIBER], "u-610000") as client:
        yield client


def pages(officer: httpx.Client, path: str, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = officer.get(path, params={**asked, "limit": 500, **after}).raise_for_status().json()
        found += page["enterprises"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


def test_played_again_on_its_data_the_demo_tells_the_same(played: dict[str, Any], played_again: dict[str, Any]) -> None:
    assert figures(played_again) == figures(played)


@pytest.mark.parametrize("metric", TARGETS)
@pytest.mark.parametrize("covered", [True, False])
def test_behind_every_number_there_are_as_many_enterprises(
    officer: httpx.Client, played_board: dict[str, Any], metric: str, covered: bool
) -> None:
    shown = {f["metric"]: f for f in played_board["610000"]["region"]["figures"]}[metric]
    rows = pages(officer, "/api/projection/scoreboard/enterprises", region="610000", metric=metric, covered=covered)
    assert len(rows) == (shown["covered"] if covered else shown["total"] - shown["covered"])
    assert {row["covered"] for row in rows} == {covered}


@pytest.mark.parametrize("count", COUNTS)
def test_behind_every_count_there_are_as_many_enterprises(
    officer: httpx.Client, played_board: dict[str, Any], count: str
) -> None:
    shown = played_board["610000"]["region"]["counts"][count]
    rows = pages(officer, "/api/projection/scoreboard/enterprises", region="610000", count=count)
    assert len(rows) == shown > 0


def test_the_list_shows_the_same_visits_as_overdue_and_the_same_unions_walked_with(
    officer: httpx.Client, played_log: Sequence[Recorded]
) -> None:
    counted = Recount([recorded.event for recorded in played_log], days.LAST).line("610000")["counts"]
    rows = pages(officer, "/api/enterprise/enterprises")
    assert len(pages(officer, "/api/enterprise/enterprises", overdue=True)) == counted["visits_overdue"] > 0
    assert len(rows) == counted["live"] < len(ledger())
    assert len([row for row in rows if row["alongside_until"]]) == counted["alongside"] > 0


def test_refusers_are_supervised_to_an_end_or_still_are_and_only_officers_see_it(
    played_platform: PlatformProcess,
) -> None:
    with played_platform.officer([Role.OFFICER], "u-610000") as officer:
        ended, going_on = (
            officer.get("/api/enterprise/supervisions", params={"ended": ended, "limit": 500}).json()["supervisions"]
            for ended in ("true", "false")
        )
    assert {row["outcome"] for row in ended} >= {"talks", "still_refusing", "no_cause"}
    assert going_on
    with played_platform.officer([Role.VIEWER], "u-610000") as viewer:
        assert viewer.get("/api/enterprise/supervisions").status_code == 403


def test_the_whole_log_is_one_chain_and_holds_nothing_that_it_should_not(officer: httpx.Client) -> None:
    """Ids, codes, enums, days and counts only; the one text is a registered name."""
    texts, after = [], 0
    while True:
        page = officer.get("/api/enterprise/events", params={"after": after, "limit": 1000}).raise_for_status()
        events = orjson.loads(page.content)
        if not events:
            break
        texts += events
        after = int(events[-1]["sequence"])
    assert [int(event["sequence"]) for event in texts] == list(range(1, len(texts) + 1))
    names = {entry.name for entry in ledger()}
    for event in texts:
        free = {key: value for key, value in event["data"].items() if isinstance(value, str) and not value.isascii()}
        assert free.keys() <= {"name", "document"}, event
        if "name" in free and "formed_by" not in event["data"]:
            assert free["name"] in names
