"""The drill-through: which enterprises stand behind a figure of the board, by the same rows and the same rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from contracts import regions
from contracts.enterprise import SizeClass, UnionForm
from contracts.vocabulary import CreditCode, RegionCode, UnionId
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.projection.queries import places
from services.projection.queries.board import AskedRegion, AtLeast, load_cells
from services.projection.scoreboard import SCOREBOARD, Cell, Metric, Standing

_COUNT = """
select count(*) as total, count(*) filter (where union_id = any($3::text[])) as shown
from {rows} where {metric} = any($1::text[]) and county = any($2::text[])
"""

_PAGE = """
select code, name, county, union_id, headcount, dispatched, size_class, derived, form, members, approved_on,
    {metric} as standing
from {rows}
where {metric} = any($1::text[]) and county = any($2::text[]) and union_id = any($3::text[]) and code > $4
order by code limit $5
"""


class EnterprisesAsked(BaseModel):
    """Behind which figure, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: AskedRegion
    metric: Metric
    covered: bool | None = None
    """Only the covered ones, or only those that aren't; left out: all that count."""
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    at_least: AtLeast = None


class EnterpriseLine(BaseModel):
    """One enterprise, and what makes it count."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    code: CreditCode
    name: str
    county: RegionCode
    """Where it counts today: an ended county's enterprises go by the code that came in its place."""
    county_name: str
    union_id: UnionId
    headcount: int
    """Workers with a labour contract."""
    dispatched: int
    """Dispatched workers, beside them: they count for no rate."""
    size_class: SizeClass | None
    """The statistics bureau's; null: not known."""
    derived: bool
    """It counts as small or micro by its headcount, for want of the bureau's class."""
    covered: bool
    form: UnionForm | None
    members: int
    approved_on: date | None


class EnterprisePage(BaseModel):
    """A page of the enterprises behind a figure, in the order of their credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    region: RegionCode
    metric: Metric
    total: int
    """All of them, on every page: the board's figure."""
    hidden: int
    """Those of `total` that belong to a union outside your subtree: they count, and aren't shown."""
    enterprises: tuple[EnterpriseLine, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_enterprises(desk: Desk, asked: EnterprisesAsked) -> EnterprisePage:
    """Raises `Invalid`, `Forbidden`, and `Busy` where the answer isn't as fresh as asked."""
    places.must_be_yours(asked.region, desk.actor, desk.moment)
    today = desk.moment.today
    ours = [desk.actor.union, *desk.moment.unions.below(desk.actor.union, today)]
    await desk.at_least(SCOREBOARD, asked.at_least)
    async with desk.read(SCOREBOARD) as reading:
        where = (standings(asked.covered), counties_of(asked, await load_cells(reading), today), ours)
        (count,) = await reading.fetch(_COUNT.format(rows=reading.rows, metric=asked.metric.value), *where)
        found = await reading.fetch(
            _PAGE.format(rows=reading.rows, metric=asked.metric.value),
            *where,
            asked.after or "",
            asked.limit + 1,  # one more tells whether there is a next page
        )
    page = tuple(line(dict(record), today) for record in found[: asked.limit])
    return EnterprisePage(
        region=asked.region,
        metric=asked.metric,
        total=count["total"],
        hidden=count["total"] - count["shown"],
        enterprises=page,
        next=page[-1].code if len(found) > asked.limit else None,
        freshness=reading.freshness,
    )


def standings(covered: bool | None) -> list[str]:
    """Which standings are asked for. Never none: who doesn't count for a rate isn't behind its figure."""
    match covered:
        case True:
            return [Standing.COVERED]
        case False:
            return [Standing.UNCOVERED]
        case None:
            return list(Standing)


def counties_of(asked: EnterprisesAsked, cells: Iterable[Cell], on: date) -> list[str]:
    """The counties, as recorded, that the board counts in the region: hence the same number here and there."""
    return sorted(
        cell.county
        for cell in cells
        if cell.metric is asked.metric and regions.contains(asked.region, places.counts_in(cell.county, on))
    )


def line(record: Mapping[str, Any], on: date) -> EnterpriseLine:
    """A row as it is shown on that day."""
    county = places.counts_in(record["county"], on)
    return EnterpriseLine.model_validate(
        {
            **record,
            "county": county,
            "county_name": regions.name(county),
            "covered": record["standing"] == Standing.COVERED,
        }
    )
