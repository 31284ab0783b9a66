"""A bar on the terminal for what takes long: how far, how fast, how long still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def shown(title: str, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Gives a function to be told (done, of how many). On stderr, so that it doesn't mix with what is printed."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=quiet) as progress:
        task = progress.add_task(title, total=None)

        def told(done: int, of: int) -> None:
            progress.update(task, completed=done, total=of)

        yield told
