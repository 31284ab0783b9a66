"""Yuhang's board on the terminal: stations, targets, months; then the towns, the cabins' year, and a rider's day."""

from collections import Counter
from datetime import date

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from demo.freshness import as_of
from demo.officers import Json
from demo.yuhang import words
from demo.yuhang.answers import Figure, Line, Told
from demo.yuhang.riding import show_ride
from demo.yuhang.standing import show_cabins, show_towns

_BAR = 15


def shown(told: Json, console: Console) -> None:
    """Print all of it."""
    answers = Told.model_validate(told)
    board = answers.board
    console.print(_stations(board.region, f"{board.as_of}"))
    console.print(_targets(board.region))
    console.print(_happened(board.region, f"{board.since}"))
    console.print(Text(as_of(board.freshness)))
    console.print(_months(answers.months))
    console.print(Text("报修 faults: 未结 open · 服务、到场、客流 services, came, visits: 近28天 28 days\n"))
    states = Counter(fault["state"] for fault in told["faults"])
    counted = "\n".join(f"  {number:2} {words.FAULTS[state]}" for state, number in sorted(states.items()))
    console.print(Text(f"全年报修 faults of the year:\n{counted}\n"))
    show_towns(answers.coverage, console)
    show_cabins(answers.placements, [date.fromisoformat(f"{month}-01") for month in answers.months], console)
    show_ride(told["rider"], console)
    console.print(Text(f"台账导出 exported: {told['export']['ledger']}, {told['export']['rows']} 行 rows"))
    console.print(
        Text(
            "合成数据，镇街为真，驿站皆虚构\nSynthetic data: no station here is real (towns are true).\n",
            style="italic",
        )
    )


def _stations(line: Line, as_of: str) -> Table:
    table = Table(title=f"{line.name}工会驿站 Rest stations, Yuhang · {as_of}", box=box.SIMPLE_HEAD)
    table.add_column("类型\nKind", no_wrap=True)
    for heading in ("规划\nplanned", "启用\nopen", "暂停\nshut", "撤站\nclosed", "当日开放\nopen that day"):
        table.add_column(heading, no_wrap=True, justify="right")
    columns = [(of.planned, of.open, of.suspended, of.closed, of.open_that_day) for of in line.stations]
    for of, numbers in zip(line.stations, columns, strict=True):
        table.add_row(words.KINDS[of.kind], *map(str, numbers))
    table.add_section()
    table.add_row("合计 all", *(str(sum(each)) for each in zip(*columns, strict=True)), style="bold")
    return table


def _targets(line: Line) -> Table:
    table = Table(title="力争目标 What is striven for", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("目标\nTarget", "现/目标\nnow/target", "差\ngap", "周需\nneed", "周得\nhad", "预计\nforecast"):
        right = heading[0] in "差周"
        table.add_column(heading, no_wrap=True, justify="right" if right else "left")
    table.add_column("状态\nstatus", no_wrap=True)
    for figure in line.figures:
        chinese, english = words.METRICS[figure.metric].split(" ", 1)
        table.add_row(f"{chinese}\n{english}", _bar(figure), *_pace(figure))
    return table


def _bar(figure: Figure) -> Text:
    """Filled as far as it is, never further than the target."""
    if figure.target is None:
        return Text(f"{figure.count}/—")
    colour = "yellow" if figure.gap else "green"
    filled = min(_BAR, figure.count * _BAR // figure.target.count)
    text = Text(f"{figure.count}/{figure.target.count}  {figure.target.due_on}\n")
    return text.append("█" * filled, style=colour).append("·" * (_BAR - filled), style="dim")


def _pace(figure: Figure) -> tuple[str, ...]:
    late = "晚 " if figure.forecast_reason == "too_slow" else ""
    forecast = f"{late}{figure.forecast_on}" if figure.forecast_on else words.WHY_NONE[figure.forecast_reason or ""]
    return (
        "—" if figure.gap is None else str(figure.gap),
        figure.needed_per_week or "—",
        figure.had_per_week,
        forecast.replace(" ", "\n", 1),
        words.STATUS.get(figure.status or "", "—").replace(" ", "\n", 1),
    )


def _happened(line: Line, since: str) -> Text:
    return Text(
        "差 gap: 还差 still to go · 周需 need, 周得 had: 每周 a week\n"
        "停滞 no progress: 近28天 in 28 days · 晚 late: 在期限之后 after the due day\n"
        "状态 status: 到期后才定 decided when the due day is over\n\n"
        f"报修未结 faults open {line.faults_open} · 逾期 overdue {line.faults_overdue}\n"
        f"{since} 之后 since then:\n"
        f"  服务 services {line.services} ({line.services_per_week} 每周 a week)，"
        f"到场 came to them {line.service_visits}\n"
        f"  客流 visits {line.visits} ({line.visits_per_week} 每周 a week)\n"
    )


def _months(months: dict[str, Line]) -> Table:
    table = Table(
        title="逐月 Month by month, as of the last day", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False
    )
    table.add_column("月份\nMonth", no_wrap=True)
    table.add_column("开放驿站\nopen", no_wrap=True, justify="right")
    table.add_column("有移动驿站镇街\ntowns with cabin", no_wrap=True)
    for heading in ("报修\nfaults", "逾期\nlate", "服务\nservices", "到场\ncame", "客流\nvisits"):
        table.add_column(heading, no_wrap=True, justify="right")
    for month, line in months.items():
        covered = Text(f"{line.towns_covered:2}/{line.towns} ").append("█" * line.towns_covered, style="yellow")
        covered.append("·" * (line.towns - line.towns_covered), style="dim")
        happened = (line.faults_open, line.faults_overdue, line.services, line.service_visits, line.visits)
        table.add_row(month, str(line.open_that_day), covered, *map(str, happened))
    return table
