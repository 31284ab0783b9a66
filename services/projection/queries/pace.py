"""What was had over the days of the pace: the enterprises that came to be covered, and those that no longer are."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from contracts.vocabulary import CreditCode, Day, RegionCode
from eventing.engine import Table
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.projection.queries import places
from services.projection.queries.board import AskedRegion, AsOf, AtLeast, day_of
from services.projection.queries.enterprises import EnterpriseLine, line
from services.projection.queries.forecasts import pace_from
from services.projection.scoreboard import SCOREBOARD, Metric, bit

_CHANGED = """
with dated as materialized (
    select code, union_id, width_bucket($1::date, days) as at, width_bucket($2::date, days) as before, counties, figures
    from {rows}
),
looked as (
    select code, union_id, coalesce(counties[at] = any($3::text[]) and figures[at] & $4 = $4, false) as now,
        coalesce(counties[before] = any($3::text[]) and figures[before] & $4 = $4, false) as was
    from dated
),
changed as materialized (select code, union_id, now from looked where now <> was)
select count(*) filter (where now) as won, count(*) filter (where not now) as lost,
    count(*) filter (where now = $5 and union_id <> all($6::text[])) as hidden,
    array(select code from changed where now = $5 and union_id = any($6::text[]) and code > $7 order by code limit $8)
        as page
from changed
"""

_PAGE = "select {columns} from {rows} where code = any($1) order by code"


class Change(StrEnum):
    """Which of the two."""

    WON = "won"
    """Covered in the region on the day, and not at the beginning; it may have been covered elsewhere."""
    LOST = "lost"
    """Covered in the region at the beginning, and not on the day: no union now, or it counts no longer there."""


class PaceAsked(BaseModel):
    """Behind `had` of which rate, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: AskedRegion
    metric: Metric
    change: Change = Change.WON
    as_of: AsOf = None
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    at_least: AtLeast = None


class PacePage(BaseModel):
    """A page of them, in the order of their credit codes; each as it is on the day."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    region: RegionCode
    metric: Metric
    since: Day
    """Compared with the end of that day."""
    as_of: Day
    won: int
    lost: int
    had: int
    """`won` less `lost`: the board's number."""
    hidden: int
    """Those on this list that belong to a union outside your subtree: they count, and aren't shown."""
    enterprises: tuple[EnterpriseLine, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_pace(desk: Desk, asked: PaceAsked) -> PacePage:
    """Raises `Invalid`, `Forbidden`, and `Busy` where the answer isn't as fresh as asked."""
    places.must_be_yours(asked.region, desk.actor, desk.moment)
    as_of, today = day_of(asked.as_of, desk.moment), desk.moment.today
    since = pace_from(as_of)
    await desk.at_least(SCOREBOARD, asked.at_least)
    async with desk.read(SCOREBOARD) as reading:
        (found,) = await reading.fetch(
            _CHANGED.format(rows=reading.rows),
            as_of,
            since,
            list(places.lines(asked.region, today)),
            bit(asked.metric, "covered"),
            asked.change is Change.WON,
            list(desk.subtree),
            asked.after or "",
            asked.limit + 1,  # one more tells whether there is a next page
        )
        table = Table(SCOREBOARD, reading.rows)
        page = _PAGE.format(rows=reading.rows, columns=", ".join(table.columns()[reading.rows]))
        rows = [table.row_of(tuple(record)) for record in await reading.fetch(page, found["page"][: asked.limit])]
    return PacePage(
        region=asked.region,
        metric=asked.metric,
        since=since,
        as_of=as_of,
        won=found["won"],
        lost=found["lost"],
        had=found["won"] - found["lost"],
        hidden=found["hidden"],
        enterprises=tuple(line(row, asked.metric, as_of, today) for row in rows),
        next=rows[-1].code if len(found["page"]) > asked.limit else None,
        freshness=reading.freshness,
    )
