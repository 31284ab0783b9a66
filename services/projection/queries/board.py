"""The board of a region: the drive's rates there and in each region right below it, against their targets."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from contracts import regions
from contracts.vocabulary import RegionCode
from eventing.fold import add
from eventing.read_models import Freshness, Reading
from eventing.shell.desk import Desk
from services.projection.queries import places
from services.projection.queries.figures import Figure, figure
from services.projection.scoreboard import SCOREBOARD, Cell, Measures, Metric
from services.projection.targets import Targets, held

_CELLS = "select metric, county, total, covered, derived from {cells} where total > 0"

_NOBODY = Measures(total=0, covered=0, derived=0)

AskedRegion = Annotated[
    RegionCode, Field(description="A region in the area of your union, as it stands today (行政区划).")
]
AtLeast = Annotated[
    str | None,
    Field(
        description="Wait until what this command did is in the answer: its `position`.",
        examples=["/regions/610000/enterprise@41"],
    ),
]


class BoardAsked(BaseModel):
    """Whose board, and how fresh at least."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: AskedRegion
    at_least: AtLeast = None


class RegionBoard(BaseModel):
    """A region's rates, in the order of `Metric`."""

    model_config = ConfigDict(frozen=True)

    code: RegionCode
    name: str = Field(examples=["新城区"])
    figures: tuple[Figure, ...]


class Scoreboard(BaseModel):
    """A region's board, with those of the regions right below: all of today's, and an ended one that still counts."""

    model_config = ConfigDict(frozen=True)

    region: RegionBoard
    children: tuple[RegionBoard, ...]
    freshness: tuple[Freshness, ...]


async def board_of(desk: Desk, asked: BoardAsked) -> Scoreboard:
    """Raises `Invalid`, `Forbidden`, and `Busy` where the answer isn't as fresh as asked."""
    places.must_be_yours(asked.region, desk.actor, desk.moment)
    await desk.at_least(SCOREBOARD, asked.at_least)
    async with desk.read(SCOREBOARD) as reading:
        cells = await load_cells(reading)
    region, children = board(asked.region, cells, desk.moment.today, await held(desk, desk.moment.today))
    return Scoreboard(region=region, children=children, freshness=reading.freshness)


async def load_cells(reading: Reading) -> Mapping[Cell, Measures]:
    """All cells that count somebody: at most three a county, and those of one region's platform."""
    return {
        Cell(Metric(record["metric"]), record["county"]): Measures(
            record["total"], record["covered"], record["derived"]
        )
        for record in await reading.fetch(_CELLS.format(cells=reading.cells))
    }


def board(
    region: str, cells: Mapping[Cell, Measures], on: date, targets: Targets
) -> tuple[RegionBoard, tuple[RegionBoard, ...]]:
    """The region's board and its children's, from the cells of the counties that count there on that day.

    Everywhere a county goes by the code that it has become: nothing vanishes with an ended code, and the children add
    up to the region (but for what was recorded at the region itself).
    """
    sums: dict[tuple[str, Metric], Measures] = defaultdict(lambda: _NOBODY)
    below = set(regions.children(region, on))
    for cell, measures in cells.items():
        county = places.counts_in(cell.county, on)
        if measures.total == 0 or not regions.contains(region, county):
            continue
        _add(sums, (region, cell.metric), measures)
        if (child := places.child_with(region, county)) is not None:
            below.add(child)
            _add(sums, (child, cell.metric), measures)
    lines = {
        place: RegionBoard(
            code=place,
            name=regions.name(place),
            figures=tuple(figure(metric, place, sums[place, metric], targets) for metric in Metric),
        )
        for place in (region, *sorted(below))
    }
    return lines.pop(region), tuple(lines.values())


def _add(sums: dict[tuple[str, Metric], Measures], where: tuple[str, Metric], measures: Measures) -> None:
    sums[where] = add(sums[where], measures)
