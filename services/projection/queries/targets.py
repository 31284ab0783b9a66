"""Can the regions below reach what the one above strives for? Their shares (分解任务), summed, against its target."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from contracts import regions
from contracts.vocabulary import RegionCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.projection.queries import places
from services.projection.queries.as_of import Counted, figures_as_of
from services.projection.queries.board import AskedRegion, AtLeast
from services.projection.queries.figures import Goal, needed
from services.projection.scoreboard import SCOREBOARD, Metric
from services.projection.targets import TARGETS, Targets, held


class SharesAsked(BaseModel):
    """Whose target in which rate, and how fresh at least."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: AskedRegion
    metric: Metric
    at_least: AtLeast = None


class Share(BaseModel):
    """What one region has to reach."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    code: RegionCode
    name: str
    target: Goal | None
    """Null where nobody has set one."""
    total: int
    """Enterprises that count there now."""
    needed: int | None
    """So many of them covered reach the target: `percent` of `total`, rounded up. Null without a target."""


class Shares(BaseModel):
    """A region's target beside those of the regions right below."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    metric: Metric
    region: Share
    children: tuple[Share, ...]
    needed_of_children: int
    """The sum of what the children have to reach; one without a target has nothing to."""
    short_by: int | None
    """警告: so many enterprises the region lacks though every child reaches its own target; 0: the shares are enough.
    Null where there is nothing to compare: no target, or no region below."""
    freshness: tuple[Freshness, ...]


async def shares_of(desk: Desk, asked: SharesAsked) -> Shares:
    """Raises `Invalid`, `Forbidden`, and `Busy` where the answer isn't as fresh as asked."""
    places.must_be_yours(asked.region, desk.actor, desk.moment)
    today = desk.moment.today
    await desk.at_least(TARGETS, asked.at_least)
    await desk.at_least(SCOREBOARD, asked.at_least)
    targets = await held(desk, today)
    async with desk.read(SCOREBOARD) as reading:
        figures = await figures_as_of(reading, asked.region, today)
    return shares(asked.region, asked.metric, figures, targets, reading.freshness)


def shares(
    region: str,
    metric: Metric,
    figures: Mapping[tuple[str, Metric], Counted],
    targets: Targets,
    freshness: tuple[Freshness, ...] = (),
) -> Shares:
    """From the figures of the region and those right below it."""
    lines = {
        place: _share(place, metric, measures.total, targets)
        for (place, counted), measures in sorted(figures.items())
        if counted is metric
    }
    own, children = lines.pop(region), tuple(lines.values())
    below = sum(child.needed or 0 for child in children)
    return Shares(
        metric=metric,
        region=own,
        children=children,
        needed_of_children=below,
        short_by=None if own.needed is None or not children else max(0, own.needed - below),
        freshness=freshness,
    )


def _share(place: str, metric: Metric, total: int, targets: Targets) -> Share:
    target = targets.of(metric, place)
    goal = None if target is None else Goal(percent=target.percent, due_on=target.due_on, set_for=target.union)
    return Share(
        code=place,
        name=regions.name(place),
        target=goal,
        total=total,
        needed=None if goal is None else needed(goal, total),
    )
