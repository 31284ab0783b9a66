"""A rider's question at night on the terminal: until when what was found is open."""

import io

import pytest
from rich.console import Console

from demo.yuhang.riding import show_ride


@pytest.mark.parametrize(
    ("open_until", "told"),
    [
        ("2025-12-30T23:30:00+08:00", "开放至 open until 23:30"),
        ("2025-12-31T02:00:00+08:00", "开放至 open until 12-31 02:00"),
        ("2026-01-06T23:00:00+08:00", "昼夜开放 day and night"),
    ],
)
def test_it_is_told_until_when_it_is_open(open_until: str, told: str) -> None:
    station = {"name": "示例驿站", "metres": 192.4, "open_until": open_until, "broken": [], "on": []}
    paper = io.StringIO()
    show_ride([{"at": "2025-12-30T23:00:00+08:00", "asked": "night", "stations": [station]}], Console(file=paper))
    assert f"示例驿站 192 m · {told}\n" in paper.getvalue()
