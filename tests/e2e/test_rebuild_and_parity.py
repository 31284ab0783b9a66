"""`gonglian rebuild` and `gonglian parity` as an operator runs them, beside a platform that goes on."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from contracts.creditcode import make_credit_code
from eventing.embedded import Home
from eventing.identity import Role
from tests.support.platform_process import PlatformProcess
from tests.support.waiting import eventually_sync

ROLES = (Role.OFFICER, Role.APPROVER, Role.VIEWER)


@pytest.fixture
def ours(tmp_path: Path) -> Any:
    process = PlatformProcess(tmp_path / "data")
    process.start("--played-from", "2025-05-06T09:00:00")
    yield process
    process.stop()


def gonglian(ours: PlatformProcess, *words: str) -> tuple[int, str]:
    """Exit code and what was printed."""
    done = subprocess.run(
        [sys.executable, "-m", "services.cli", *words, "--data", str(ours.data)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def register(officer: httpx.Client, number: int) -> None:
    code = make_credit_code("91", "610102", number)
    for command, body in (
        (
            "register",
            {"name": "西安示例机械有限公司", "ownership": "private", "county": "610102", "union": "u-610102"},
        ),
        ("survey", {"headcount": 120, "surveyed_on": "2025-05-06"}),
    ):
        answer = officer.post(
            f"/api/enterprise/{command}",
            json={"enterprise": code} | body,
            headers={"Idempotency-Key": f"{command}{number}"},
        )
        assert answer.status_code == 200, answer.text


def board(officer: httpx.Client) -> tuple[int, int]:
    """Enterprises that count, and the sequence that is applied."""
    answer = officer.get("/api/projection/scoreboard", params={"region": "610102"})
    assert answer.status_code == 200, answer.text
    said = answer.json()
    (figure,) = (one for one in said["region"]["figures"] if one["metric"] == "own_union_100")
    return figure["total"], said["freshness"][0]["sequence"]


def test_all_is_rebuilt_and_compared_while_officers_write_and_ask(ours: PlatformProcess) -> None:
    """Mechanism: the running service notices the swap and reads on with the new build. No request fails, no figure
    goes back, and what was written meanwhile is in it."""
    stop, written, seen = Event(), list[int](), list[tuple[int, int]]()

    def write() -> None:
        with ours.officer(ROLES, "u-610000") as officer:
            while not stop.is_set():
                register(officer, len(written) + 1)
                written.append(1)

    def ask() -> None:
        with ours.officer(ROLES, "u-610000") as officer:
            while not stop.is_set():
                seen.append(board(officer))

    with ThreadPoolExecutor(2) as threads, ours.officer(ROLES, "u-610000") as officer:
        running = [threads.submit(write), threads.submit(ask)]
        try:
            eventually_sync(lambda: len(written) > 5, within=30)
            for way in ("feed", "kafka"):
                code, said = gonglian(ours, "rebuild", "--all", "--json", "--from", way)
                assert code == 0, said
                made = {one["name"]: one["build"] for one in json.loads(said)}
            assert (made["enterprises"], made["scoreboard"], made["held_targets"]) == (1, 3, 3)
            code, said = gonglian(ours, "parity", "--all", "--json")
            assert code == 0, said
            compared = json.loads(said)
            assert {one["name"] for one in compared} == made.keys()
            assert {one["total"] for one in compared} == {0}
        finally:
            stop.set()
        for one in running:
            one.result()
        assert seen == sorted(seen)
        eventually_sync(lambda: board(officer)[0] == len(written), within=15)


def test_parity_says_what_is_wrong_and_a_rebuild_mends_it(ours: PlatformProcess) -> None:
    """Mechanism: both commands go by the events, whatever somebody did to the rows."""
    with ours.officer(ROLES, "u-610000") as officer:
        register(officer, 1)
        eventually_sync(lambda: board(officer)[0] == 1, within=10)
        psql(ours, "projection", "update scoreboard_1 set union_id = '7'")
        psql(ours, "enterprise", "update view_enterprises set headcount = 7")
        for name, column, should_be in (("scoreboard", "union_id", "u-610102"), ("enterprises", "headcount", "120")):
            code, said = gonglian(ours, "parity", name)
            assert code == 1
            assert column in said
            assert "there: 7" in said
            assert f"should be: {should_be}" in said
            assert gonglian(ours, "rebuild", name)[0] == 0
            assert gonglian(ours, "parity", name)[0] == 0
    code, said = gonglian(ours, "rebuild", "scorebord")
    assert code == 2
    assert "scoreboard" in said


def psql(ours: PlatformProcess, database: str, sql: str) -> None:
    import asyncio

    import asyncpg

    from eventing.embedded.postgres import dsn_by

    async def execute() -> None:
        connection = await asyncpg.connect(dsn_by(Home(ours.data).run.resolve(), database))
        await connection.execute(sql)
        await connection.close()

    asyncio.run(execute())
