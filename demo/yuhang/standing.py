"""Where the cabins stand on the terminal: the 15 towns with a cabin or the way to a station, and each cabin's year."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from demo.yuhang import words
from demo.yuhang.answers import Coverage, Placement
from demo.yuhang.towns import TOWNS

_ENGLISH = {town.id: town.english for town in TOWNS}
_SHORT = {town.id: town.short for town in TOWNS}


def show_towns(coverage: Coverage, console: Console) -> None:
    """Print them with who works outdoors there; and where the next cabin is suggested."""
    table = Table(
        title=f"镇街覆盖 Towns with a cabin: {coverage.covered}/{len(coverage.towns)}",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    table.add_column("镇街/平台\nTown, subdistrict, platform", no_wrap=True)
    table.add_column("户外劳动者\nworkers", no_wrap=True, justify="right")
    table.add_column("移动驿站\ncabin", no_wrap=True)
    table.add_column("最近开放驿站\nnearest open", no_wrap=True, justify="right")
    for town in coverage.towns:
        cabins = (
            Text("■ " + " ".join(map(_number, town.cabins)), style="green") if town.cabins else Text("—", style="dim")
        )
        way = f"{_number(town.nearest)} {town.metres:6} m" if town.nearest else ""
        workers = "—" if town.workers is None else str(town.workers)
        table.add_row(f"{town.name} {_ENGLISH.get(town.town, town.town)}", workers, cabins, way)
    console.print(table)
    if (next_ := coverage.suggestion) is not None:
        told = f"下一处建议 next one suggested: {next_.name}，{words.SUGGESTED[next_.reason]}\n"
        console.print(Text(told + f"  {next_.workers} 人 workers × {next_.metres} m"))
    console.print(Text("049: s-330110-049 · 路程自镇街中心直线量 a straight line from the centre\n"))


def show_cabins(placements: Sequence[Placement], months: Sequence[date], console: Console) -> None:
    """Print where each cabin stands on the last day of each month, given by its first; › it was moved during it."""
    table = Table(title="移动驿站的一年 The cabins' year", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("驿站\nCabin", no_wrap=True)
    for month in months:
        table.add_column(f"{month.month}月\n{month:%b}", no_wrap=True)
    for station in sorted({each.station for each in placements}):
        stays = [each for each in placements if each.station == station]
        table.add_row(_number(station), *(_month(stays, month) for month in months))
    console.print(table)
    had = len({each.town for each in placements})
    console.print(Text("月末所在 at the month's end · › 当月移来 moved there · — 无处 nowhere"))
    console.print(Text(f"先后到过 had one at one time or another: {had} 个镇街 towns\n"))


def _number(station: str) -> str:
    """What its district's union numbered it."""
    return station.rsplit("-", 1)[1]


def _month(stays: Sequence[Placement], begins: date) -> Text:
    """The town on the month's last day."""
    last = begins.replace(day=monthrange(begins.year, begins.month)[1])
    there = [stay for stay in stays if stay.placed_on <= last and (stay.until is None or last < stay.until)]
    if not there:
        return Text("  —", style="dim")
    (stay,) = there
    moved = stay.placed_on >= begins
    return Text(("› " if moved else "  ") + _SHORT.get(stay.town, stay.town), style="bold" if moved else "")
