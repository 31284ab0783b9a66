"""What the played drive left behind, seen through the API: lists behind numbers, open items, and nothing personal."""

from collections.abc import Iterator
from typing import Any

import httpx
import orjson
import pytest

from demo import days
from demo.drive.actions import plan
from demo.drive.ledger import ledger
from eventing.identity import Role
from tests.support import recount
from tests.support.figures import figures
from tests.support.platform_process import PlatformProcess

ACTIONS = tuple(action for entry in ledger() for action in plan(entry))


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


@pytest.mark.parametrize("metric", recount.TARGETS)
@pytest.mark.parametrize("covered", [True, False])
def test_behind_every_number_there_are_as_many_enterprises(
    officer: httpx.Client, played_board: dict[str, Any], metric: str, covered: bool
) -> None:
    shown = {f["metric"]: f for f in played_board["610000"]["region"]["figures"]}[metric]
    rows = pages(officer, "/api/projection/scoreboard/enterprises", region="610000", metric=metric, covered=covered)
    assert len(rows) == (shown["covered"] if covered else shown["total"] - shown["covered"])
    assert {row["covered"] for row in rows} == {covered}


def test_visits_that_nobody_made_in_time_are_overdue_and_no_others(officer: httpx.Client) -> None:
    open_ones = [visit for visit in recount.overdue_visits(ACTIONS, days.LAST) if visit.open]
    rows = pages(officer, "/api/enterprise/enterprises", overdue=True)
    assert len(rows) == len(open_ones) > 0


def test_every_new_union_is_walked_with_for_sixty_days(officer: httpx.Client) -> None:
    running = recount.running_accompaniments(ACTIONS, days.LAST)
    rows = pages(officer, "/api/enterprise/enterprises")
    assert len(rows) == len(ledger())
    assert len([row for row in rows if row["alongside_until"]]) == len(running) > 0


def test_the_whole_log_is_one_chain_and_holds_nothing_that_it_should_not(officer: httpx.Client) -> None:
    """Ids, codes, enums, days and counts only; the one text is the enterprise's registered name."""
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
        assert free.get("name", next(iter(names))) in names
