"""How far the play has come, on a line of the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text


class Played:
    """Told of each day and each command."""

    def __init__(self, bar: Progress, total: int) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=total)

    def day(self, day: date) -> None:
        self._bar.update(self._task, description=day.isoformat())

    def sent(self) -> None:
        self._bar.advance(self._task)


class _Speed(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.0f}/s" if speed else "")


@contextmanager
def progress_of(total: int, console: Console) -> Iterator[Played]:
    """Shows days, commands sent and commands per second while the block runs."""
    columns = (
        TextColumn("演示 playing {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("条 commands"),
        _Speed(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, refresh_per_second=5) as bar:
        yield Played(bar, total)
