"""A bar on the terminal for what takes long: how far, how fast, how long still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
from rich.text import Text


class _Rate(TextColumn):
    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "–/s")


@contextmanager
def shown(title: str, quiet: bool = False) -> Iterator[Callable[[int, int | None], None]]:
    """Gives a function to be told (done, of how many or None). On stderr: it doesn't mix with what is printed."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    console = Console(stderr=True)
    # Into a file it would draw nothing but empty lines.
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task(title, total=None)

        def told(done: int, of: int | None) -> None:
            progress.update(task, completed=done, total=of)

        yield told
