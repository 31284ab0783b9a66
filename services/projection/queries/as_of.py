"""The rates of a region and those right below it, as they were on a day by what is known now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eventing.read_models import Reading
from services.projection.queries import places
from services.projection.queries.board import board
from services.projection.queries.sums import load_sums
from services.projection.scoreboard import Metric
from services.projection.targets import Targets


@dataclass(frozen=True, slots=True)
class Counted:
    """Enterprises that count for a rate, those of them that are covered, and those that count by a derived class."""

    total: int
    covered: int
    derived: int


async def figures_as_of(reading: Reading, region: str, on: date) -> Mapping[tuple[str, Metric], Counted]:
    """By place and rate, every child and every rate among them; regions as they stand on that day."""
    sums = await load_sums(reading, {on}, places.summed(region, on))
    own, children = board(region, sums, on, on, Targets({}))
    return {
        (line.code, figure.metric): Counted(figure.total, figure.covered, figure.derived)
        for line in (own, *children)
        for figure in line.figures
    }
