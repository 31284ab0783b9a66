"""The board on the terminal: the province and its cities, each rate with its bar, its target's progress, the counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from demo.drive.cities import CITIES, PROVINCE
from demo.drive.scoreboard import Figure, RegionBoard, Scoreboard
from demo.freshness import Freshness, as_of

Boards = Mapping[str, Mapping[str, Any]]
"""The scoreboard's answers by region: the province and its ten cities."""

_BAR = 18
_HEADINGS = {
    "own_union_100": "百人以上单独建会率\nOwn union, 100+",
    "union_50": "50人以上建会率\nUnion, 50+",
    "small_micro_covered": "小微企业覆盖率\nSmall and micro",
}
_TITLES = {
    "own_union_100": "百人以上单独建会 Own union, 100+",
    "union_50": "50人以上建会 Union, 50+",
    "small_micro_covered": "小微企业覆盖 Small and micro",
}
_STATUS = {"running": "进行 running", "met": "达标 met", "missed": "未达 missed"}
_WHY_NONE = {
    "no_target": "无目标 no target",
    "no_such_enterprise": "无企业 nobody",
    "reached": "已达标 reached",
    "over": "已到期 over",
    "no_progress": "停滞 no progress",
}
_PROGRESS = (
    "地区\nRegion",
    "差\ngap",
    "周需\nneed",
    "周得\nhad",
    "预计达标\nforecast",
    "状态\nstatus",
    "去壳%\nsound%",
    "底册%\nbase%",
)
_COUNTS = {
    "live": "在册\nlive",
    "baseline": "底册\nbase",
    "visits_overdue": "逾期\nlate",
    "open_plans": "在办\nplans",
    "alongside": "陪跑\nalong",
    "shells": "空壳\nshells",
    "members": "会员\nmembers",
    "members_gained": "本月+\ngained",
}
_ENGLISH = {PROVINCE: "Shaanxi"} | {city.code: city.english for city in CITIES}


def show(boards: Boards, console: Console) -> None:
    """Print the province's board with a line for each city: its rates, each target's progress, the counts."""
    province = Scoreboard.model_validate(boards[PROVINCE])
    show_rates(province, console)
    for number, _ in enumerate(province.region.figures):
        console.print(_progress(province, number))
    console.print(_counts(province))
    console.print(_legend(province.freshness))


def show_rates(province: Scoreboard, console: Console) -> None:
    """Print the rates, each with its bar."""
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
    console.print(_rates_explained())


def _progress(province: Scoreboard, number: int) -> Table:
    """How far the target of that rate is, in each city and in the province."""
    metric = province.region.figures[number].metric
    table = Table(title=_TITLES.get(metric, metric), box=box.SIMPLE_HEAD, padding=0, pad_edge=False)
    for place, heading in enumerate(_PROGRESS):
        table.add_column(heading, no_wrap=True, justify="left" if place in (0, 4, 5) else "right")
    for board in province.children:
        table.add_row(_named(board), *_pace(board.figures[number]))
    table.add_section()
    own = province.region
    table.add_row(_named(own), *_pace(own.figures[number]), style="bold")
    return table


def _named(board: RegionBoard) -> str:
    return f"{board.name[:2]} {_ENGLISH.get(board.code, board.code)}"


def _pace(figure: Figure) -> list[str]:
    late = figure.forecast_reason == "too_slow"
    forecast = f"{'晚 ' if late else ''}{figure.forecast_on}" if figure.forecast_on else None
    return [
        "—" if figure.gap is None else str(figure.gap),
        figure.needed_per_week or "—",
        figure.had_per_week,
        forecast or _WHY_NONE.get(figure.forecast_reason or "", "过慢 too slow"),
        _STATUS.get(figure.status or "", "—"),
        figure.rate_without_shells or "—",
        figure.baseline.rate or "—",
    ]


def _counts(province: Scoreboard) -> Table:
    table = Table(
        title="在册与未了事项 What is there, and what is open",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    table.add_column("地区\nRegion", no_wrap=True)
    for heading in _COUNTS.values():
        table.add_column(heading, no_wrap=True, justify="right")
    for board in province.children:
        table.add_row(_named(board), *_numbers(board))
    table.add_section()
    own = province.region
    table.add_row(_named(own), *_numbers(own), style="bold")
    return table


def _numbers(board: RegionBoard) -> list[str]:
    return [str(getattr(board.counts, name)) for name in _COUNTS]


def _row(board: RegionBoard) -> list[Text]:
    return [Text(f"{board.name}\n{_ENGLISH.get(board.code, board.code)}"), *(_cell(figure) for figure in board.figures)]


def _cell(figure: Figure) -> Text:
    if figure.rate is None:
        return Text("— 无 none")
    colour = {True: "green", False: "yellow", None: "default"}[figure.reached]
    text = Text(f"{figure.covered}/{figure.total} ")
    text.append(f"{figure.rate}%", style=colour)
    if figure.reached is not None:
        text.append(" ✓" if figure.reached else f" −{figure.gap}", style=colour)
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


def _rates_explained() -> Text:
    return Text(
        "已建/应建 covered/total   ✓ 达标 reached   −N 还差N家 N to go   │ 目标 target\n"
        "各市按自己的目标 each city by its own target\n"
    )


def _legend(freshness: Sequence[Freshness]) -> Text:
    text = Text(
        "差 gap: 还须建会企业 still to be covered · 周需 need, 周得 had: 每周 a week\n"
        "晚 late: 在期限之后 after the due day · 停滞: 近28天无进展 none in 28 days\n"
        "去壳 sound: 不计空壳 without shells · 底册 base: 摸底底册 closed surveys' lists\n"
        "逾期 late: 逾期未走访 visits overdue · 在办 plans: 一企一策 of 100+\n"
        "陪跑 along: 60天陪跑 60 days alongside · 空壳 shells: 空壳工会 on paper only\n"
    )
    text.append(as_of(freshness))
    return text.append("合成数据，并无真实企业 Synthetic data: no enterprise here is real.", style="italic")
