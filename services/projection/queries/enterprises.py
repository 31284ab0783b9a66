"""The drill-through: the enterprises behind a number of the board, as of the same day and by the same rows."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from contracts import regions
from contracts.enterprise import SizeClass, UnionForm
from contracts.vocabulary import CreditCode, Day, RegionCode, UnionId
from eventing.engine import Table
from eventing.read_models import Freshness, Reading
from eventing.refusal import Invalid
from eventing.shell.desk import Desk
from services.projection.queries import places
from services.projection.queries.behind import Behind, of_count, of_rate
from services.projection.queries.board import AskedRegion, AsOf, AtLeast, Count, day_of, month_before
from services.projection.scoreboard import BIT, SCOREBOARD, EnterpriseRow, Metric
from services.projection.scoreboard.counting import Covering, latest

# What has not changed since that day is found by its last columns, in their index alone. Of the rest, where a day falls
# among a row's days says which of its figures hold then; before the first of them, none does.
_BEHIND = """
with dated as materialized (
    select code, union_id, width_bucket($1::date, days) as at, width_bucket($2::date, days) as before,
        counties, figures, members
    from {rows} where last_day > $8 and (last_county = any($3::text[]) or moved)
),
looked as (
    select code, union_id, coalesce(figures[at], 0) as figures, coalesce(counties[at] = any($3::text[]), false) as here,
        case when counties[at] = any($3::text[]) then members[at] else 0 end as members,
        case when counties[before] = any($3::text[]) then members[before] else 0 end as members_before
    from dated
),
behind as materialized (
    select code, union_id, last_members as members, last_members as members_before from {rows}
    where not $6 and last_county = any($3::text[]) and last_day <= $8
        and last_figures & $4 = $4 and last_figures & $5 = 0
    union all
    select code, union_id, members, members_before from looked
    where case when $6 then members <> members_before else here and figures & $4 = $4 and figures & $5 = 0 end
)
select count(*) as total, count(*) filter (where union_id = any($7::text[])) as shown,
    coalesce(sum(members), 0)::bigint as members, coalesce(sum(members - members_before), 0)::bigint as gained,
    array(select code from behind where union_id = any($7::text[]) and code > $9 order by code limit $10) as page
from behind
"""

_PAGE = "select {columns} from {rows} where code = any($1) order by code"


class EnterprisesAsked(BaseModel):
    """Behind which number of which day's board, and from where on: one of `metric` and `count`."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: AskedRegion
    metric: Metric | None = None
    """Behind a rate, with the next four."""
    covered: bool | None = None
    """Only the covered ones, or only those that aren't; left out: all that count."""
    shell: bool | None = None
    """Only those covered by nothing but a shell (空壳工会), or only the others."""
    derived: bool | None = None
    """Only those that are small or micro by their headcount, for want of the bureau's class, or only the others."""
    baseline: bool | None = None
    """Of the closed surveys' lists, those that counted when the list was closed (摸底底册); or only those that count
    and are not on these lists for the rate."""
    count: Count | None = None
    """Behind a count; of members: the enterprises that have some, or another number than the month before."""
    as_of: AsOf = None
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    at_least: AtLeast = None


class EnterpriseLine(BaseModel):
    """One enterprise, and what makes it count, as of the day."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    code: CreditCode
    name: str
    county: RegionCode
    """Where it counts: an ended county's enterprises go by the code that came in its place."""
    county_name: str
    union_id: UnionId
    """The union that looks after it now."""
    headcount: int | None
    """Workers with a labour contract; null: not surveyed by then."""
    dispatched: int | None
    """Dispatched workers, beside them: they count for no rate."""
    size_class: SizeClass | None
    """The statistics bureau's; null: not known."""
    derived: bool
    """It counts as small or micro by its headcount, for want of the bureau's class."""
    covered: bool
    """For the rate that was asked about; of a count: whether it has a union at all."""
    form: UnionForm | None
    """Of its own union; else of the one that it is a unit of."""
    members: int
    approved_on: date | None
    """Since when it has that union."""


class EnterprisePage(BaseModel):
    """A page of the enterprises behind a number, in the order of their credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    region: RegionCode
    as_of: Day
    metric: Metric | None
    count: Count | None
    total: int
    """All of them, on every page: the board's number, where it is one of enterprises."""
    hidden: int
    """Those of `total` that belong to a union outside your subtree: they count, and aren't shown."""
    members: int
    """The members of all of them; behind `members_gained`: by how many these have become more. Then it's the board's
    number."""
    enterprises: tuple[EnterpriseLine, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]
    needed: int | None = None
    """Behind a gap (`covered=false`): so many of `total` must be covered to reach the target; else null."""


async def list_enterprises(desk: Desk, asked: EnterprisesAsked) -> EnterprisePage:
    """Raises `Invalid`, `Forbidden`, and `Busy` where the answer isn't as fresh as asked."""
    places.must_be_yours(asked.region, desk.actor, desk.moment)
    as_of, today, behind = day_of(asked.as_of, desk.moment), desk.moment.today, behind_of(asked)
    counties = list(places.lines(asked.region, today))
    ours = [desk.actor.union, *desk.moment.unions.below(desk.actor.union, today)]
    before = month_before(as_of)
    settled_by = before if behind.gained else as_of
    where = (as_of, before, counties, behind.wanted, behind.unwanted, behind.gained, ours, settled_by)
    await desk.at_least(SCOREBOARD, asked.at_least)
    async with desk.read(SCOREBOARD) as reading:
        # One more tells whether there is a next page.
        (found,) = await reading.fetch(_BEHIND.format(rows=reading.rows), *where, asked.after or "", asked.limit + 1)
        rows = await _rows(reading, found["page"][: asked.limit])
    page = tuple(line(row, asked.metric, as_of, today) for row in rows)
    return EnterprisePage(
        region=asked.region,
        as_of=as_of,
        metric=asked.metric,
        count=asked.count,
        total=found["total"],
        hidden=found["total"] - found["shown"],
        members=found["gained" if behind.gained else "members"],
        enterprises=page,
        next=page[-1].code if len(found["page"]) > asked.limit else None,
        freshness=reading.freshness,
    )


def behind_of(asked: EnterprisesAsked) -> Behind:
    """Raises `Invalid` where not exactly one number is asked about."""
    parts = (asked.covered, asked.shell, asked.derived, asked.baseline)
    match asked.metric, asked.count:
        case Metric() as metric, None:
            return of_rate(metric, *parts)
        case None, Count() as count if parts == (None,) * 4:
            return of_count(count)
        case _:
            raise Invalid("one_number_behind", "metric")


async def _rows(reading: Reading, codes: Sequence[str]) -> Sequence[EnterpriseRow]:
    table = Table(SCOREBOARD, reading.rows)
    sql = _PAGE.format(rows=reading.rows, columns=", ".join(table.columns()[reading.rows]))
    return [table.row_of(tuple(record)) for record in await reading.fetch(sql, codes)]


def line(row: EnterpriseRow, metric: Metric | None, as_of: date, today: date) -> EnterpriseLine:
    """A row as it was on that day; its county by today's code."""
    at = sum(day <= as_of for day in row.days) - 1
    county, figures = places.counts_in(row.counties[at], today), row.figures[at] if at >= 0 else 0
    described, counted = latest(row.described, as_of) or row.described[0], latest(row.counted, as_of)
    covering = Covering.of(row, as_of) if figures & BIT["live"] else Covering(None, 0, None)  # its end ends its union
    union = covering.own or covering.unit
    return EnterpriseLine(
        code=row.code,
        name=described.name,
        county=county,
        county_name=regions.name(county),
        union_id=row.union_id or "",
        headcount=counted.headcount if counted else None,
        dispatched=counted.dispatched if counted else None,
        size_class=counted.size_class if counted else None,
        derived=bool(figures & BIT["derived"]),
        covered=metric in covering.covers() if metric is not None else union is not None,
        form=union.form if union else None,
        members=row.members[at] if at >= 0 else 0,
        approved_on=union.since if union else None,
    )
