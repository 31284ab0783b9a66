from io import StringIO
from typing import Any

from rich.cells import cell_len
from rich.console import Console

from contracts import regions
from demo.drive import board

CELLS = {"own_union_100": (17, 20, 85), "union_50": (279, 400, 70), "small_micro_covered": (0, 0, 60)}

COUNTS = {
    "live": 1024, "baseline": 981, "visits_overdue": 16, "open_plans": 35, "alongside": 77, "shells": 3,
    "members": 24379, "members_gained": -703,
}  # fmt: skip


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
            "gap": max(0, -(-percent * total // 100) - covered),
            "status": "running" if total else None,
            "at_due_day": None,
            "needed_per_week": "12.34",
            "had_per_week": "-0.25",
            "forecast_on": "2026-08-22" if total == 400 else None,
            "forecast_reason": {400: "too_slow", 20: "reached", 0: "no_such_enterprise"}[total],
            "covered_without_shells": covered,
            "rate_without_shells": "83.21" if total else None,
            "baseline": {"total": total, "covered": covered, "rate": "100.00" if total else None},
        }
        for metric, (covered, total, percent) in CELLS.items()
    ]


def a_board(behind: bool | None = False) -> dict[str, Any]:
    province, *cities = (
        {"code": code, "name": regions.name(code), "figures": figures(), "counts": COUNTS}
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


def test_each_target_says_what_is_needed_and_had_a_week_and_when_or_why_it_will_not_be_reached() -> None:
    text = shown()
    assert "12.34" in text
    assert "-0.25" in text
    for word in ("晚 2026-08-22", "已达标 reached", "无企业 nobody", "进行 running", "83.21", "100.00"):
        assert word in text


def test_the_counts_stand_below_one_line_a_city() -> None:
    text = shown()
    assert text.count("24379") == len(regions.children("610000")) + 1
    assert "逾期未走访 visits overdue" in text
