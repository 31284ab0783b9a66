"""How far a board has read its logs, as it is printed below it."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from demo.days import CHINA


class Freshness(BaseModel):
    """How far the board has read a log. `behind`: the log is known to be further; None: nothing was heard of it."""

    model_config = ConfigDict(frozen=True)

    source: str
    sequence: int
    time: datetime | None
    behind: bool | None


def as_of(freshness: Iterable[Freshness]) -> str:
    """A line for each log."""
    lines = []
    for source in freshness:
        when = f"{source.time.astimezone(CHINA):%Y-%m-%d %H:%M}" if source.time else "—"
        behind = {True: " 有滞后 behind", False: " 最新 current", None: ""}[source.behind]
        lines.append(f"{source.source}@{source.sequence} 数据截至 as of {when}{behind}\n")
    return "".join(lines)
