"""`gonglian ledger` as an officer runs it: check, import, killed and again, export."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from services.enterprise.ledgers.survey import SURVEY
from tests.support.ledgers import xlsx
from tests.support.platform_process import PlatformProcess
from tests.support.waiting import eventually_sync

UNION, COUNTY, DAY = "u-610102", "610102", date(2025, 5, 6)
HEADER = [column.zh for column in SURVEY.columns]


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[PlatformProcess]:
    process = PlatformProcess(tmp_path / "data")
    process.start("--played-from", "2025-05-06T09:00:00")
    yield process
    process.stop()


def rows(number: int, begin: int = 1) -> list[list[Any]]:
    return [
        [make_credit_code("91", COUNTY, serial), f"示例{serial}公司", "私营", COUNTY, UNION, DAY, 60, 1, "中型", DAY]
        for serial in range(begin, begin + number)
    ]


def words(*said: str) -> list[str]:
    return [sys.executable, "-m", "services.cli", "ledger", *said]


def gonglian(*said: str) -> tuple[int, str]:
    done = subprocess.run(words(*said), capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def test_a_report_is_mended_and_imported_and_the_list_exported(ours: PlatformProcess, tmp_path: Path) -> None:
    file, report, out = tmp_path / "摸底.xlsx", tmp_path / "问题.xlsx", tmp_path / "out.xlsx"
    good, (bad,) = rows(3), rows(1, begin=900)
    file.write_bytes(xlsx([HEADER, *good, [9.16101e17, *bad[1:]]]).getvalue())
    reach = ("--data", str(ours.data), "--union", UNION)
    code, said = gonglian("check", "survey", str(file), "--report", str(report))
    assert code == 1
    assert "行 row 5: 统一社会信用代码 · 代码变成了数字" in said
    assert "4 行 rows, 3 合格 good" in said
    code, said = gonglian("import", "survey", str(file), *reach, "--json")
    assert (code, json.loads(said)["done"]) == (1, 3)

    sheet = CalamineWorkbook.from_path(report).get_sheet_by_index(0).to_python()
    sheet[4][0] = bad[0]
    report.write_bytes(xlsx(sheet).getvalue())
    code, said = gonglian("import", "survey", str(report), *reach, "--json")
    assert (code, json.loads(said)["done"]) == (0, 4)

    code, said = gonglian("export", "survey", f"region={COUNTY}", "-o", str(out), *reach)
    assert (code, "/regions/610000/enterprise@8" in said) == (0, True)
    exported = CalamineWorkbook.from_path(out).get_sheet_by_name(SURVEY.zh).to_python()
    assert sorted(line[0] for line in exported[1:]) == sorted(line[0] for line in (*good, bad))
    assert gonglian("export", "survey", "regio=1", "-o", str(out), *reach)[0] == 1
    assert gonglian("check", "surveys", str(file))[0] == 2
    assert gonglian("import", "survey", str(file), "--at", ours.url, "--token", "no")[0] == 1


def test_an_import_that_was_killed_and_begun_again_leaves_no_row_twice_and_none_missing(
    ours: PlatformProcess, tmp_path: Path
) -> None:
    """Mechanism: each command's key is made of its row's content; nothing is remembered where the import runs."""
    file, number = tmp_path / "big.xlsx", 300
    file.write_bytes(xlsx([HEADER, *rows(number)]).getvalue())
    said = words("import", "survey", str(file), "--data", str(ours.data), "--union", UNION)
    with ours.officer([Role.VIEWER, Role.SUBSCRIBER], "u-610000") as viewer:

        def sequence() -> int:
            (fresh,) = viewer.get("/api/enterprise/enterprises", params={"limit": 1}).json()["freshness"]
            return int(fresh["sequence"])

        for at_least in (20, 120):
            importing = subprocess.Popen(said, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            eventually_sync(lambda at_least=at_least: sequence() >= at_least, within=60)  # type: ignore[misc]
            os.kill(importing.pid, signal.SIGKILL)
            assert importing.wait(30) == -signal.SIGKILL
        assert sequence() < 2 * number
        assert subprocess.run(said, capture_output=True, timeout=300).returncode == 0
        eventually_sync(lambda: sequence() == 2 * number, within=30)
        events: list[dict[str, Any]] = []
        while page := viewer.get("/api/enterprise/events", params={"after": len(events)}).json():
            events += page
    assert len(events) == 2 * number
    assert len({(event["subject"], event["type"]) for event in events}) == 2 * number


def test_an_import_waits_for_a_platform_that_restarts(ours: PlatformProcess, tmp_path: Path) -> None:
    file = tmp_path / "some.xlsx"
    file.write_bytes(xlsx([HEADER, *rows(120)]).getvalue())
    token = tmp_path / "token"
    token.write_text(ours.token(Role.OFFICER, union=UNION))
    said = words("import", "survey", str(file), "--at", ours.url, "--token-file", str(token), "--json")
    importing = subprocess.Popen(said, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with ours.officer([Role.VIEWER], UNION) as viewer:

        def begun() -> bool:
            shown = viewer.get("/api/enterprise/enterprises", params={"limit": 1}).json()
            return bool(shown["enterprises"])

        eventually_sync(begun, within=60)
    ours.kill()
    ours.start("--played-from", "2025-05-06T09:00:00")
    out, errors = importing.communicate(timeout=120)
    assert importing.returncode == 0, errors.decode()
    assert json.loads(out)["done"] == 120
