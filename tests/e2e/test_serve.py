"""`gonglian serve` as a person lives with it: starting, stopping, being killed, being in somebody's way."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import httpx
import psutil
import pytest

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from tests.support.platform_process import PlatformProcess, free_port
from tests.support.waiting import eventually_sync

OFFICER = (Role.OFFICER, Role.APPROVER, Role.VIEWER)


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[PlatformProcess]:
    process = PlatformProcess(tmp_path / "data")
    yield process
    process.stop()


def a_registration(number: int) -> dict[str, object]:
    return {
        "enterprise": make_credit_code("91", "610102", number),
        "name": f"西安示例机械有限公司{number}",
        "ownership": "private",
        "county": "610102",
        "union": "u-610102",
    }


def register(officer: httpx.Client, number: int) -> str | None:
    """The enterprise, if the platform acknowledged it."""
    try:
        body = a_registration(number)
        answer = officer.post("/api/enterprise/register", json=body, headers={"Idempotency-Key": f"r{number}"})
        assert answer.status_code == 200, answer.text
    except httpx.TransportError:
        return None
    return str(body["enterprise"])


def test_ctrl_c_leaves_nothing_running(ours: PlatformProcess) -> None:
    ours.start()
    children = psutil.Process(ours.pid).children(recursive=True)
    assert any("postgres" in child.name() for child in children)
    assert ours.stop() == 0
    assert [child for child in children if child.is_running()] == []


def test_data_is_kept_and_used_again(ours: PlatformProcess) -> None:
    ours.start()
    with ours.officer(OFFICER, "u-610102") as officer:
        enterprise = register(officer, 1)
    ours.stop()
    ours.start()
    with ours.officer(OFFICER, "u-610102") as officer:
        assert officer.get(f"/api/enterprise/enterprises/{enterprise}").json()["enterprise"]["enterprise"] == enterprise


def test_kill_9_while_commands_go_on_loses_nothing_that_was_acknowledged(ours: PlatformProcess) -> None:
    """Mechanism: the log in PostgreSQL is the truth; the relay goes on from its mark, and the feed fills the read
    models though the broker came back empty."""
    numbers, acknowledged = count(1), list[str]()
    for _ in range(3):
        ours.start("--played-from", "2025-05-06T09:00:00")
        with ours.officer(OFFICER, "u-610000") as officer, ThreadPoolExecutor(4) as pool:
            before = len(acknowledged)
            writers = [pool.submit(_write_until_gone, officer, numbers, acknowledged) for _ in range(4)]
            eventually_sync(lambda enough=before + 40: len(acknowledged) >= enough, within=30)  # type: ignore[misc]
            ours.kill()
            for writer in writers:
                writer.result()
    ours.start()
    with ours.officer((*OFFICER, Role.OPERATOR), "u-610000") as officer:
        found = _all_enterprises(officer)
        assert found >= set(acknowledged)
        # No command is under way any more once the clock may move: every reader is at its head.
        moved = officer.post("/api/platform/clock", json={"to": "2025-05-06T10:00:00+08:00"})
        assert moved.status_code == 200, moved.text
        board = officer.get("/api/projection/scoreboard", params={"region": "610000"}).json()
        assert board["freshness"][0]["sequence"] == len(found)


def _write_until_gone(officer: httpx.Client, numbers: "count[int]", acknowledged: list[str]) -> None:
    while (enterprise := register(officer, next(numbers))) is not None:
        acknowledged.append(enterprise)


def _all_enterprises(officer: httpx.Client) -> set[str]:
    found: set[str] = set()
    after = None
    while True:
        page = officer.get("/api/enterprise/enterprises", params={"limit": 500, **({"after": after} if after else {})})
        rows = page.json()["enterprises"]
        found |= {row["enterprise"] for row in rows}
        if (after := page.json()["next"]) is None:
            return found


def test_a_port_that_is_taken_is_named_in_both_languages(ours: PlatformProcess, tmp_path: Path) -> None:
    ours.start()
    second = _serve(tmp_path / "other", ours.port)
    assert second.returncode == 1
    assert f"端口 {ours.port}" in second.stderr
    assert f"Port {ours.port}" in second.stderr
    assert "Traceback" not in second.stderr


def test_data_in_use_is_refused_with_the_pid_that_uses_it(ours: PlatformProcess) -> None:
    ours.start()
    second = _serve(ours.data, free_port())
    assert second.returncode == 1
    assert f"pid {ours.pid}" in second.stderr


def test_data_of_another_version_is_refused(ours: PlatformProcess) -> None:
    ours.start()
    ours.stop()
    (ours.data / "format.json").write_text('{"format": 99, "postgres": "18"}')
    second = _serve(ours.data, free_port())
    assert second.returncode == 1
    assert "99" in second.stderr


def test_data_of_another_region_is_refused(ours: PlatformProcess) -> None:
    """Its logs are named by the region: under another name they would be other logs."""
    ours.start()
    ours.stop()
    second = _serve(ours.data, free_port(), GONGLIAN_REGION="330110")
    assert second.returncode == 1
    assert "GONGLIAN_REGION=610000" in second.stderr
    assert "Traceback" not in second.stderr


def _serve(data: Path, port: int, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "serve", "--data", str(data), "--port", str(port)],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env=os.environ | settings,
    )
