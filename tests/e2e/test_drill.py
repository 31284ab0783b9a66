"""The drill: back up, write on, lose the database, restore, recover; nothing that was acknowledged is missing."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from contracts.creditcode import make_credit_code
from eventing.embedded import MockBroker, Postgres
from eventing.identity import Role
from eventing.shell.issuer import fresh_key
from eventing.topics import HEADS, source_of, topic_of
from tests.support.platform_process import PlatformProcess
from tests.support.service_process import ServiceProcess
from tests.support.waiting import eventually_sync

DAY = "2026-03-03"
COUNTY, UNION = "610113", "u-610113"
SOURCE = source_of("610000", "enterprise")

CONTENT = {
    "log": "select sequence, hash, epoch, stream, version, id, tail from log join event using (pos) order by sequence",
    "view": "select * from view_enterprises order by 1",
}


class Drill:
    """Both services in processes of their own; the broker is the test's and stays."""

    def __init__(self, postgres: Postgres, kafka: str, folder: Path) -> None:
        self.postgres, key = postgres, fresh_key()
        self.create()
        self.enterprise = ServiceProcess(
            "enterprise", postgres.dsn(database="drill_enterprise"), kafka, key, folder / "enterprise.out"
        )
        self.projection = ServiceProcess(
            "projection",
            postgres.dsn(database="drill_projection"),
            kafka,
            key,
            folder / "projection.out",
            self.enterprise.url,
        )
        self.acknowledged: list[tuple[str, int]] = []
        self._number = 0

    def create(self) -> None:
        asyncio.run(self.postgres.ensure(["drill_enterprise", "drill_projection"]))

    def lose(self) -> None:
        """The database is gone, and an empty one stands in its place."""

        async def drop() -> None:
            connection = await asyncpg.connect(self.postgres.dsn())
            await connection.execute("drop database drill_enterprise with (force)")
            await connection.close()

        asyncio.run(drop())
        self.create()

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        async def asked() -> list[tuple[Any, ...]]:
            connection = await asyncpg.connect(self.postgres.dsn(database="drill_enterprise"))
            rows = await connection.fetch(sql)
            await connection.close()
            return [tuple(row) for row in rows]

        return asyncio.run(asked())

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        return {name: self.ask(sql) for name, sql in CONTENT.items()}

    def send(self, officer: httpx.Client, command: str, body: dict[str, Any]) -> httpx.Response:
        self._number += 1
        answer = officer.post(f"/api/enterprise/{command}", json=body, headers={"Idempotency-Key": f"d{self._number}"})
        if answer.status_code == 200:
            self.acknowledged.append((answer.json()["stream"], answer.json()["version"]))
        return answer

    def live(self, officer: httpx.Client, number: int, *, up_to: str) -> str:
        """An enterprise's life up to that command."""
        code = make_credit_code("91", COUNTY, number)
        steps: dict[str, dict[str, Any]] = {
            "register": {
                "name": f"西安示例机械有限公司{number}",
                "ownership": "private",
                "county": COUNTY,
                "union": UNION,
                "registered_on": DAY,
            },
            "survey": {"headcount": 130, "surveyed_on": DAY},
            "state-will": {"will": "willing", "stated_on": DAY},
            "apply": {"applied_on": DAY},
            "approve": {"members": 30, "own_committee": True, "approved_on": DAY, "document": "雁工发〔2026〕1号"},
        }
        for command, body in steps.items():
            self.send(officer, command, {"enterprise": code} | body).raise_for_status()
            if command == up_to:
                break
        return code

    def head(self) -> int:
        return int(self.ask("select sequence from head")[0][0])

    def quiet(self) -> bool:
        """Everything sealed, every reader at the head, no clock that is due."""
        asked = "select not exists (select from unsealed) and not exists (select from deadline where due_at < now())"
        own = "source = (select source from head)"  # the service of stations is away in this drill
        at_head = f"select bool_and(sequence = (select sequence from head)) from position where {own}"
        return bool(self.ask(asked)[0][0] and self.ask(at_head)[0][0] and self.board() is not None)

    def board(self) -> Any:
        """The board, when it is at the log's head; else None."""
        with self.projection.officer(list(Role), "u-610000") as officer:
            answer = officer.get("/api/projection/scoreboard", params={"region": COUNTY})
        if answer.status_code != 200:
            return None
        board = answer.json()
        (fresh,) = board.pop("freshness")
        return board if fresh["sequence"] == self.head() else None


@pytest.fixture
def drill(postgres: Postgres, broker: MockBroker, tmp_path: Path) -> Iterator[Drill]:
    broker.ensure_topics([HEADS, topic_of(SOURCE), topic_of(source_of("610000", "projection"))])
    drill = Drill(postgres, broker.address, tmp_path)
    try:
        drill.enterprise.start()
        drill.projection.start()
        yield drill
    finally:
        drill.enterprise.kill()
        drill.projection.kill()


def test_nothing_acknowledged_is_missing_after_the_drill(drill: Drill, tmp_path: Path) -> None:
    """Mechanism: backup, fork guard and recovery together, in processes, by the commands that an operator gives."""
    backup = tmp_path / "enterprise.backup"
    ours = drill.enterprise
    with ours.officer(list(Role), "u-610000") as officer:
        for number in range(1, 6):
            drill.live(officer, number, up_to="survey")
        drill.live(officer, 6, up_to="approve")
        told = ours.gonglian_json("backup", "enterprise", str(backup))
        in_backup = told["sequence"] + told["unsealed"]
        for number in range(7, 12):
            drill.live(officer, number, up_to="approve")
        late = drill.live(officer, 12, up_to="state-will")  # its visit is overdue at once
        today = drill.live(officer, 13, up_to="survey")
        drill.send(officer, "state-will", {"enterprise": today, "will": "willing", "stated_on": _today(drill)})
    eventually_sync(drill.quiet, within=30)
    before, board, head = drill.content(), drill.board(), drill.head()
    clocks = drill.ask("select name, subject, due_on from deadline order by 1, 2")
    assert head > in_backup + 20
    assert any(subject == today for _, subject, _ in clocks)
    assert _overdue(before, late) == 1

    ours.kill()
    drill.lose()
    assert ours.gonglian_json("restore", "enterprise", str(backup))["sequence"] == told["sequence"]
    ours.start()
    eventually_sync(lambda: any("behind the world" in said for said in (ours.unready or {}).values()), within=20)
    with ours.officer(list(Role), "u-610000") as officer:
        refused = drill.send(officer, "survey", {"enterprise": today, "headcount": 1, "surveyed_on": DAY})
        assert (refused.status_code, refused.json()["code"]) == (503, "log_behind")
        assert refused.headers["retry-after"]
    code, out, _ = ours.gonglian("audit", "verify", "enterprise", "--json")
    assert (code, json.loads(out)[0]["finding"]["kind"]) == (1, "truncated")

    (done,) = ours.gonglian_json("recover", "enterprise")
    assert (done["before"], done["after"], done["missing"], done["set_aside"]) == (told["sequence"], head, None, [])
    eventually_sync(lambda: ours.unready is None, within=20)
    eventually_sync(drill.quiet, within=30)
    assert drill.content() == before
    streams = {(stream, version) for _, _, _, stream, version, *_ in before["log"]}
    assert set(drill.acknowledged) <= streams
    assert drill.ask("select name, subject, due_on from deadline order by 1, 2") == clocks
    assert drill.board() == board
    assert ours.gonglian("audit", "verify", "enterprise")[0] == 0

    with ours.officer(list(Role), "u-610000") as officer:
        drill.live(officer, 14, up_to="approve")
    eventually_sync(drill.quiet, within=30)
    assert drill.projection.unready is None
    assert _overdue(drill.content(), late) == 1
    assert drill.board() != board


def _overdue(content: dict[str, list[tuple[Any, ...]]], enterprise: str) -> int:
    return sum(".VisitOverdue." in row[-1] and row[3] == f"enterprise-{enterprise}" for row in content["log"])


def _today(drill: Drill) -> str:
    return str(drill.ask("select (now() at time zone 'Asia/Shanghai')::date")[0][0])


def test_the_embedded_platform_is_restored_and_recovers_from_a_kept_file(tmp_path: Path) -> None:
    """Mechanism: its broker comes back empty, so that only the other services' readers prove that the log is behind,
    and the tail comes from what a subscriber kept. Backup needs no running platform, restore a stopped one."""
    platform, backup, kept = PlatformProcess(tmp_path / "data"), tmp_path / "e.backup", tmp_path / "kept.json"

    def gonglian(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "services.cli", *words, "--data", str(platform.data)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout + done.stderr

    def register(officer: httpx.Client, number: int) -> httpx.Response:
        body = {
            "enterprise": make_credit_code("91", COUNTY, number),
            "name": f"西安示例机械有限公司{number}",
            "ownership": "private",
            "county": COUNTY,
            "union": UNION,
        }
        headers = {"Idempotency-Key": f"e{number}", "Prefer": "wait"}
        return officer.post("/api/enterprise/register", json=body, headers=headers)

    def seen(officer: httpx.Client, position: str) -> bool:
        asked = {"region": COUNTY, "at_least": position}
        return officer.get("/api/projection/scoreboard", params=asked).status_code == 200

    try:
        platform.start()
        with platform.officer(list(Role), "u-610000") as officer:
            register(officer, 1).raise_for_status()
            assert gonglian("backup", "enterprise", str(backup))[0] == 0
            assert gonglian("backup", "enterprise", str(backup))[0] == 1
            assert gonglian("restore", "enterprise", str(backup), "--erase-existing-data")[0] == 1
            position = register(officer, 2).json()["position"]
            eventually_sync(lambda: seen(officer, position), within=20)
            kept.write_bytes(officer.get("/api/enterprise/events", params={"after": 0}).content)
        assert platform.stop() == 0
        assert gonglian("backup", "projection", str(tmp_path / "p.backup"))[0] == 0
        code, told = gonglian("restore", "enterprise", str(backup))
        assert (code, "--erase-existing-data" in told) == (1, True)
        assert gonglian("restore", "enterprise", str(backup), "--erase-existing-data")[0] == 0

        platform.start()
        eventually_sync(lambda: "behind the world (projection" in httpx.get(f"{platform.url}/readyz").text, within=20)
        with platform.officer(list(Role), "u-610000") as officer:
            assert register(officer, 3).json()["code"] == "log_behind"
            assert gonglian("recover", "enterprise")[0] == 1
            assert gonglian("recover", "enterprise", "--from", str(kept))[0] == 0
            eventually_sync(lambda: httpx.get(f"{platform.url}/readyz").status_code == 200, within=20)
            position = register(officer, 3).json()["position"]
            assert position.endswith("@3")
            eventually_sync(lambda: seen(officer, position), within=20)
        assert gonglian("audit", "verify")[0] == 0
        assert gonglian("relay", "resend", "enterprise", "--after", "0")[0] == 0
    finally:
        platform.stop()
