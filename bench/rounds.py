"""Alternating rounds: what is compared runs in turn, so that a machine that slows down slows all of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import click


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: `rounds` of each side, `share` of the full number of events in each."""

    rounds: int
    share: float

    def of(self, full: int) -> int:
        return int(full * self.share)

    @property
    def seconds(self) -> float:
        """How long a round lasts that goes by time."""
        return 2 * self.share


FULL, QUICK = Scale(5, 1.0), Scale(3, 0.2)


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several rounds, between the lowest and the highest."""

    median: float
    low: float
    high: float

    @classmethod
    def over(cls, values: Sequence[float]) -> "Spread":
        return cls(median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Ratio:
    """One side by another, round by round, beside its goal (None: for information)."""

    name: str
    spread: Spread
    at_least: float | None = None
    at_most: float | None = None

    @property
    def missed(self) -> bool:
        low, high = self.at_least, self.at_most
        return (low is not None and self.spread.median < low) or (high is not None and self.spread.median > high)

    @property
    def goal(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return f"≤ {self.at_most:g}" if self.at_most is not None else "–"


Side = Callable[[], Awaitable[float]]


async def alternate(rounds: int, sides: Mapping[str, Side]) -> dict[str, list[float]]:
    """Each side once a round, in turned order every other round; a round before the first one is not counted."""
    measured: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        order = list(sides)[:: 1 if number % 2 else -1]
        for name in order:
            value = await sides[name]()
            click.echo(f"round {number} of {rounds}, {name}: {value:,.4g}", err=True)
            if number:
                measured[name].append(value)
    return measured


def ratio(name: str, over: Sequence[float], under: Sequence[float], **goal: float) -> Ratio:
    """Round by round, so that what slowed both of a round down falls out."""
    return Ratio(name, Spread.over([a / b for a, b in zip(over, under, strict=True)]), **goal)
