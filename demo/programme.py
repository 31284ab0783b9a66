"""What a programme brings to the demo: what its officers do, what is asked at the end, and how that is printed."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from rich.console import Console

from demo.action import Action
from demo.officers import Json, Officers


@dataclass(frozen=True, slots=True)
class Programme:
    """One line of `demo/programmes.py`.

    `name` is its key in what `gonglian demo --json` prints, `region` the one on whose platform it is played. `actions`
    answers the same ones each time, those of one day about the same thing in their order. `ask(officers, position)`
    reads what the demo shows at the end, as fresh as the log position of its last action, or fresher; `show` prints
    that for a person.
    """

    name: str
    region: str
    actions: Callable[[], Iterable[Action]]
    ask: Callable[[Officers, str | None], Awaitable[Json]]
    show: Callable[[Json, Console], None]
