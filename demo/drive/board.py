"""The board on the terminal: the province and its cities, each rate with its bar and how far the target is."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from demo.days import CHINA
from demo.drive.cities import CITIES, PROVINCE
from demo.drive.scoreboard import Figure, Freshness, RegionBoard, Scoreboard

Boards = Mapping[str, Mapping[str, Any]]
"""The scoreboard's answers by region: the province and its ten cities."""

_BAR = 18
_HEADINGS = {
    "own_union_100": "百人以上单独建会率\nOwn union, 100+",
    "union_50": "50人以上建会率\nUnion, 50+",
    "small_micro_covered": "小微企业覆盖率\nSmall and micro",
}
_ENGLISH = {PROVINCE: "Shaanxi"} | {city.code: city.english for city in CITIES}


def show(boards: Boards, console: Console) -> None:
    """Print the province's board with a line for each city."""
    province = Scoreboard.model_validate(boards[PROVINCE])
    table = Table(
        title=f"{province.region.name}非公企业建会入会 Unions in non-public enterprises, Shaanxi", box=box.SIMPLE_HEAD
    )
    table.add_column("地区\nRegion", no_wrap=True)
    for figure in province.region.figures:
        table.add_column(Text(f"{_HEADINGS.get(figure.metric, figure.metric)}\n{_goal(figure)}"), no_wrap=True)
    for city in province.children:
        table.add_row(*_row(city))
    table.add_section()
    table.add_row(*_row(province.region), style="bold")
    console.print(table)
    console.print(_legend(province.freshness))


def _row(board: RegionBoard) -> list[Text]:
    return [Text(f"{board.name}\n{_ENGLISH.get(board.code, board.code)}"), *(_cell(figure) for figure in board.figures)]


def _cell(figure: Figure) -> Text:
    if figure.rate is None:
        return Text("— 无 none")
    colour = {True: "green", False: "yellow", None: "default"}[figure.reached]
    text = Text(f"{figure.covered}/{figure.total} ")
    text.append(f"{figure.rate}%", style=colour)
    if figure.reached is not None:
        text.append(" ✓" if figure.reached else f" −{figure.to_go}", style=colour)
    return text.append("\n").append_text(_bar(figure, colour))


def _bar(figure: Figure, colour: str) -> Text:
    """Filled up to the rate, never further; a stroke stands where the target is."""
    filled = figure.covered * _BAR // figure.total
    bar = Text("█" * filled, style=colour).append("·" * (_BAR - filled), style="dim")
    if figure.target is None:
        return bar
    goal = figure.target.percent * _BAR // 100
    return bar[:goal].append("│").append_text(bar[goal:])


def _goal(figure: Figure) -> str:
    if figure.target is None:
        return "无目标 no target"
    return f"≥{figure.target.percent}%  {figure.target.due_on}"


def _legend(freshness: Sequence[Freshness]) -> Text:
    text = Text("已建/应建 covered/total   ✓ 达标 reached   −N 还差N家 N to go   │ 目标 target\n")
    for source in freshness:
        when = f"{source.time.astimezone(CHINA):%Y-%m-%d %H:%M}" if source.time else "—"
        behind = {True: " 有滞后 behind", False: " 最新 current", None: ""}[source.behind]
        text.append(f"{source.source}@{source.sequence} 数据截至 as of {when}{behind}\n")
    return text.append("合成数据，并无真实企业 Synthetic data: no enterprise here is real.", style="italic")
