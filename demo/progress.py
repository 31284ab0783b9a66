"""How far the play has come, a line of the terminal for each region."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.text import Text

from contracts import regions


class Played:
    """One region's line: told of each day and each command."""

    def __init__(self, bars: Bars, region: str, total: int) -> None:
        self._bars, self._region = bars, regions.name(region)
        self._task = bars.add_task(self._region, total=total)

    def day(self, day: date) -> None:
        self._bars.update(self._task, description=f"{self._region} {day}")

    def sent(self) -> None:
        self._bars.advance(self._task)


class Progress:
    """All lines."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars

    def of(self, region: str, total: int) -> Played:
        """A line for that many commands."""
        return Played(self._bars, region, total)


class _Speed(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.0f}/s" if speed else "")


@contextmanager
def progress_on(console: Console) -> Iterator[Progress]:
    """Shows days, commands sent and commands per second while the block runs."""
    columns = (
        TextColumn("演示 playing {task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("条 commands"),
        _Speed(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console, refresh_per_second=5) as bars:
        yield Progress(bars)
