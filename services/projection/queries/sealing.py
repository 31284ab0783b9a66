"""What is sealed into a monthly report, and what has changed since one was sealed."""

from collections.abc import Mapping, Sequence

from contracts.enterprise import Metric
from contracts.projection import LateChange, ReportSealed, SealedFigure, SourceRead
from eventing.read_models import Reading
from eventing.refusal import Busy
from eventing.shell.desk import Desk
from services.projection import rules
from services.projection.commands import SealReport
from services.projection.decider import last_day, must_be_over
from services.projection.queries import places
from services.projection.queries.as_of import Counted, figures_as_of
from services.projection.scoreboard import SCOREBOARD
from services.projection.targets import TARGETS, Targets, held
from services.projection.views import REPORTS

_EARLIER = """
select distinct on (month) sealed from {rows} where region = $1 and month < $2
order by month desc, edition desc limit $3
"""
_RETRY = 5

Figures = Mapping[tuple[str, Metric], Counted]


async def to_seal(desk: Desk, region: str, month: str, at_least: str | None) -> SealReport:
    """The command with the board of that month in it, all of one instant.

    Raises `Invalid`, `Forbidden`, `Refused` for a month that isn't over, and `Busy` where the board isn't as fresh as
    asked, or is being made anew.
    """
    places.must_be_yours(region, desk.actor, desk.moment)
    must_be_over(month, desk.moment)  # before a board of days to come is asked for
    await desk.at_least(TARGETS, at_least)
    await desk.at_least(SCOREBOARD, at_least)
    targets = await held(desk, last_day(month))
    looks_back = rules.on(desk.moment.today).report_looks_back
    async with desk.read(REPORTS) as kept:
        found = await kept.fetch(_EARLIER.format(rows=kept.rows), region, month, looks_back)
    earlier = [ReportSealed.model_validate_json(record["sealed"]) for record in reversed(found)]
    async with desk.read(SCOREBOARD) as reading:
        if any(fresh.rebuilding is not None for fresh in reading.freshness):
            raise Busy("read_model_rebuilding", model=SCOREBOARD.name, seconds=_RETRY)
        figures = await figures_as_of(reading, region, last_day(month))
        since = [change for report in earlier for change in await changes(reading, report)]
    return SealReport(
        region=region,
        month=month,
        sources=tuple(
            SourceRead(source=fresh.source, sequence=fresh.sequence, parked=fresh.parked) for fresh in reading.freshness
        ),
        figures=sealed_figures(figures, targets),
        since=tuple(since),
    )


def sealed_figures(figures: Figures, targets: Targets) -> tuple[SealedFigure, ...]:
    """In the order of regions and rates, with the target that holds for each."""
    return tuple(
        SealedFigure(
            region=place,
            metric=metric,
            total=measures.total,
            covered=measures.covered,
            derived=measures.derived,
            percent=target.percent if target else None,
            due_on=target.due_on if target else None,
        )
        for (place, metric), measures in sorted(figures.items())
        for target in [targets.of(metric, place)]
    )


async def changes(reading: Reading, report: ReportSealed) -> Sequence[LateChange]:
    """What the board says now of that month's last day, where it differs from what was sealed."""
    return late_changes(report, await figures_as_of(reading, report.region, last_day(report.month)))


def late_changes(report: ReportSealed, now: Figures) -> Sequence[LateChange]:
    """What differs, in the order of regions and rates. A region that is missing on one side had nobody there."""
    then = {(figure.region, figure.metric): (figure.total, figure.covered) for figure in report.figures}
    known = {at: (measures.total, measures.covered) for at, measures in now.items()}
    return [
        LateChange(
            month=report.month,
            region=place,
            metric=metric,
            total_sealed=sealed[0],
            covered_sealed=sealed[1],
            total=found[0],
            covered=found[1],
        )
        for place, metric in sorted(then.keys() | known.keys())
        for sealed, found in [(then.get((place, metric), (0, 0)), known.get((place, metric), (0, 0)))]
        if sealed != found
    ]
