"""What the demo prints beside its boards, and the history as `gonglian timeline` prints it."""

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from demo.drive.beside import show_beside
from services.cli.demo import _show_history


def told() -> dict[str, Any]:
    target = {"percent": 70, "due_on": "2025-12-31", "set_for": "610000"}
    change = {"month": "2025-07", "region": "610100", "metric": "own_union_100"}
    figures = {"covered_sealed": 4, "total_sealed": 25, "covered": 4, "total": 29}
    return {
        "shares": {
            "union_50": {"short_by": 21, "needed_of_children": 170, "region": {"target": target}},
            "own_union_100": {"short_by": 0, "needed_of_children": 90, "region": {"target": target}},
        },
        "reports": [{"state": "accepted"}, {"state": "accepted"}, {"state": "returned"}],
        "report": {"report": {"month": "2025-08"}, "listed": [change | figures]},
        "export": {"ledger": "survey", "rows": 1024},
    }


def test_shares_that_fall_short_reports_and_what_came_later_have_a_line_each() -> None:
    console = Console(file=StringIO(), width=80, color_system=None)
    show_beside(told(), console)
    assert isinstance(console.file, StringIO)
    text = console.file.getvalue()
    assert "警告 union_50: 各市目标合计 170 家" in text
    assert "警告 own_union_100" not in text
    assert "已验收 accepted 2 · 退回 returned 1" in text
    assert "4/25 → 4/29" in text
    assert "survey, 1024 行 rows" in text


def test_the_history_says_who_when_due_and_late(capsys: pytest.CaptureFixture[str]) -> None:
    entry = {
        "event": "VisitHeld",
        "zh": "入企深谈",
        "en": "visited: the deep talk",
        "happened_on": "2025-06-17",
        "entered_on": "2025-06-24",
        "entered_late": True,
        "who": "p-7f3k9a2c",
        "due_on": "2025-06-19",
        "late": False,
    }
    _show_history({"enterprise": "91610423000000ED6E", "name": "咸阳泾阳示例医药有限公司0447", "entries": [entry]})
    text = capsys.readouterr().out
    for word in ("91610423000000ED6E", "2025-06-17", "2025-06-24", "入企深谈", "p-7f3k9a2c", "2025-06-19", "否 no"):
        assert word in text
