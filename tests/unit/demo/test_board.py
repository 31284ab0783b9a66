import json
from io import StringIO
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from contracts import regions
from demo import board
from demo.scoreboard import Figure, Goal

CELLS = {"own_union_100": (17, 20, 85), "union_50": (279, 400, 70), "small_micro_covered": (0, 0, 60)}


def figures() -> list[dict[str, Any]]:
    return [
        {
            "metric": metric,
            "total": total,
            "covered": covered,
            "derived": 0,
            "rate": {400: "69.75", 20: "85.00", 0: None}[total],
            "reason": None if total else "no_such_enterprise",
            "target": {"percent": percent, "due_on": "2025-12-31", "set_for": "u-610000"},
            "reached": covered * 100 >= percent * total if total else None,
        }
        for metric, (covered, total, percent) in CELLS.items()
    ]


def a_board(behind: bool | None = False) -> dict[str, Any]:
    province, *cities = (
        {"code": code, "name": regions.name(code), "figures": figures()}
        for code in ("610000", *regions.children("610000"))
    )
    source = "/regions/610000/enterprise"
    fresh = {"source": source, "sequence": 41, "time": "2025-12-31T01:00:00Z", "behind": behind}
    return {"region": province, "children": cities, "freshness": [fresh]}


def shown(width: int = 80, **how: bool | None) -> str:
    console = Console(file=StringIO(), width=width, color_system=None)
    board.show({"610000": a_board(**how)}, console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_each_city_and_the_province_have_a_line_in_both_languages_within_eighty_columns() -> None:
    text = shown()
    for name in ("西安市", "Xi'an", "铜川市", "商洛市", "Shangluo", "陕西省", "Shaanxi", "百人以上单独建会率"):
        assert name in text
    assert "…" not in text
    assert all(cell_len(line) <= 80 for line in text.splitlines())
    assert text.count("\n") == shown(120).count("\n")  # no line was broken


def test_a_rate_stands_there_as_it_was_answered_with_what_is_still_to_go() -> None:
    text = shown()
    assert "279/400 69.75% −1" in text
    assert "17/20 85.00% ✓" in text
    assert "— 无 none" in text


def test_it_says_how_fresh_it_is_and_that_it_is_made_up() -> None:
    text = shown()
    assert "/regions/610000/enterprise@41" in text
    assert "2025-12-31 09:00" in text
    assert "最新 current" in text
    assert "合成数据" in text
    assert "Synthetic data" in text
    assert "有滞后 behind" in shown(behind=True)


def test_the_json_is_what_was_answered_in_a_stable_order() -> None:
    text = board.as_json({"610000": a_board()})
    assert json.loads(text) == {"610000": a_board()}
    assert text == board.as_json({"610000": dict(reversed(a_board().items()))})


@pytest.mark.parametrize(
    ("covered", "total", "percent", "to_go"), [(84, 100, 85, 1), (85, 100, 85, 0), (2, 3, 70, 1), (0, 0, 85, 0)]
)
def test_as_many_are_to_go_as_reach_the_target_exactly(covered: int, total: int, percent: int, to_go: int) -> None:
    goal = Goal.model_validate({"percent": percent, "due_on": "2025-12-31"})
    figure = Figure(metric="union_50", total=total, covered=covered, derived=0, rate=None, target=goal, reached=None)
    assert figure.to_go == to_go
