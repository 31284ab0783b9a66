"""Monthly reports as they were sealed: the list of them, and one with what has changed since."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from contracts import regions
from contracts.projection import Edition, LateChange, ReportSealed, ReturnReason, SealedFigure, SourceRead
from contracts.vocabulary import Day, Month, RegionCode, UnionId
from eventing.read_models import Freshness
from eventing.refusal import NotFound
from eventing.shell.desk import Desk
from services.projection.queries import places
from services.projection.queries.board import AskedRegion
from services.projection.queries.figures import rate
from services.projection.queries.sealing import changes
from services.projection.scoreboard import SCOREBOARD
from services.projection.views import REPORTS, ReportState

_ONE = """
select * from {rows} where region = $1 and month = $2 and ($3::bigint is null or edition = $3)
order by edition desc limit 1
"""
_LIST = """
select * from {rows}
where starts_with(region, $1) and ($2::text is null or month = $2) and ($3::text is null or state = $3) and report > $4
order by report limit $5
"""


class ReportLine(BaseModel):
    """One edition of a region's report of a month."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    report: str
    region: RegionCode
    month: Month
    edition: Edition
    """1, and one more each time that it was sealed again after a return."""
    state: ReportState
    union_id: UnionId
    """The region's union."""
    sent_to: UnionId
    """The union next up, which accepts or returns it."""
    sealed_on: Day
    reason: ReturnReason | None
    """Why it was returned."""
    answered_by: UnionId | None
    answered_on: Day | None


class ReportsAsked(BaseModel):
    """Which reports, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: AskedRegion
    month: Month | None = None
    state: ReportState | None = None
    after: Annotated[str, Field(max_length=40)] | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class ReportPage(BaseModel):
    """A page of the reports of the region and those in it, by region and month."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    reports: tuple[ReportLine, ...]
    next: str | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


class FigureShown(SealedFigure):
    """A figure as it was sealed, with what follows from it."""

    name: str
    """The region's."""
    rate: str | None
    """Percent with two decimals, cut. Null where no enterprise counted."""
    reached: bool | None
    """Whether the target was reached. Null without a target or without a rate."""


class ReportFound(BaseModel):
    """A report exactly as it was sealed, and what has changed since."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    report: ReportLine
    sources: tuple[SourceRead, ...]
    figures: tuple[FigureShown, ...]
    listed: tuple[LateChange, ...]
    """补录变动: what this report says about the months sealed before it."""
    since: tuple[LateChange, ...]
    """What has changed in this month's own figures since it was sealed; the next report will list it."""
    freshness: tuple[Freshness, ...]


class EditionAsked(BaseModel):
    """Which edition."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    edition: Annotated[int, Field(ge=1, le=1000)] | None = None
    """Left out: the last one."""


async def get_report(desk: Desk, region: str, month: str, asked: EditionAsked) -> ReportFound:
    """Raises `Invalid`, `Forbidden`, `NotFound`."""
    places.must_be_yours(region, desk.actor, desk.moment)
    async with desk.read(REPORTS) as kept:
        found = await kept.fetch(_ONE.format(rows=kept.rows), region, month, asked.edition)
    if not found:
        raise NotFound("report_unknown", "month", region=region, month=month)
    report = ReportSealed.model_validate_json(found[0]["sealed"])
    async with desk.read(SCOREBOARD) as reading:
        since = await changes(reading, report)
    return ReportFound(
        report=_line(found[0]),
        sources=report.sources,
        figures=tuple(_shown(figure) for figure in report.figures),
        listed=report.since,
        since=tuple(since),
        freshness=(*kept.freshness, *reading.freshness),
    )


async def list_reports(desk: Desk, asked: ReportsAsked) -> ReportPage:
    """Raises `Invalid`, `Forbidden`."""
    places.must_be_yours(asked.region, desk.actor, desk.moment)
    async with desk.read(REPORTS) as reading:
        found = await reading.fetch(
            _LIST.format(rows=reading.rows),
            regions.prefix(asked.region),
            asked.month,
            asked.state,
            asked.after or "",
            asked.limit + 1,  # one more tells whether there is a next page
        )
    page = tuple(map(_line, found[: asked.limit]))
    return ReportPage(
        reports=page,
        next=page[-1].report if len(found) > asked.limit else None,
        freshness=reading.freshness,
    )


def _shown(figure: SealedFigure) -> FigureShown:
    reached = None
    if figure.percent is not None and figure.total:
        reached = figure.covered * 100 >= figure.percent * figure.total
    return FigureShown(
        **figure.model_dump(),
        name=regions.name(figure.region),
        rate=rate(figure.covered, figure.total),
        reached=reached,
    )


def _line(record: Any) -> ReportLine:
    return ReportLine.model_validate(dict(record))
