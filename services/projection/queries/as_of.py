"""The figures of a region and those right below it, as they were on a day by what is known now."""

from collections.abc import Mapping
from datetime import date

from eventing.read_models import Reading
from services.projection.queries.board import board, load_cells
from services.projection.scoreboard import Measures, Metric
from services.projection.targets import Targets


async def figures_as_of(reading: Reading, region: str, on: date) -> Mapping[tuple[str, Metric], Measures]:
    """By place and rate, every child and every rate among them. `on` decides which regions there are; it counts all
    facts, those of later days too."""
    own, children = board(region, await load_cells(reading), on, Targets({}))
    return {
        (line.code, figure.metric): Measures(figure.total, figure.covered, figure.derived)
        for line in (own, *children)
        for figure in line.figures
    }
