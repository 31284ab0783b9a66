"""The board of a region on a day: the drive's rates there and in each region right below it, and what is open."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from contracts import regions
from contracts.vocabulary import Day, RegionCode
from eventing.moment import Moment
from eventing.read_models import Freshness
from eventing.refusal import Invalid
from eventing.shell.desk import Desk
from services.projection.queries import places
from services.projection.queries.figures import Figure, figure, short_by
from services.projection.queries.forecasts import decided, pace_from
from services.projection.queries.lists import lists
from services.projection.queries.sums import NOBODY, Sums, load_sums, whole
from services.projection.scoreboard import SCOREBOARD, Measures, Metric
from services.projection.targets import Target, Targets, held

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
AsOf = Annotated[
    Day | None,
    Field(
        description="As of the end of that day, by the days on which facts hold, whenever they were entered; today if "
        "left out (截至日期).",
        examples=["2025-09-30"],
    ),
]


class Count(StrEnum):
    """What a board counts beside the rates."""

    LIVE = "live"
    BASELINE = "baseline"
    VISITS_OVERDUE = "visits_overdue"
    OPEN_PLANS = "open_plans"
    ALONGSIDE = "alongside"
    SHELLS = "shells"
    MEMBERS = "members"
    MEMBERS_GAINED = "members_gained"


class BoardAsked(BaseModel):
    """Whose board, of which day, and how fresh at least."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: AskedRegion
    as_of: AsOf = None
    at_least: AtLeast = None


class Counts(BaseModel):
    """What is there, and what is open: enterprises, but for the members."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    live: int
    """On the list and active, of whatever ownership."""
    baseline: int
    """On the list of a county's closed survey (摸底底册), whatever became of them."""
    visits_overdue: int
    """Willing ones whose visit is overdue (逾期未走访)."""
    open_plans: int
    """On the counties' work lists (一企一策), those that await the city's check among them."""
    alongside: int
    """Whose union is walked with (60天陪跑)."""
    shells: int
    """Whose own union looks like a shell (空壳工会)."""
    members: int
    """Members of own unions, by the last month reported, or as approved; and of units, as they joined."""
    members_gained: int
    """How many of them there are more than at the end of the month before the day's; a move brings its members."""


class RegionBoard(BaseModel):
    """A region's rates, in the order of `Metric`, and its counts."""

    model_config = ConfigDict(frozen=True)

    code: RegionCode
    name: str = Field(examples=["新城区"])
    figures: tuple[Figure, ...]
    counts: Counts


class Scoreboard(BaseModel):
    """A region's board, with those of the regions right below: all of today's, and an ended one that still counts."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    as_of: Day
    region: RegionBoard
    children: tuple[RegionBoard, ...]
    freshness: tuple[Freshness, ...]
    lists: Mapping[str, str] = Field(
        examples=[{"figures.gap": "/api/projection/scoreboard/enterprises?region={region}&metric={metric}"}]
    )
    """The list behind each number of a region's board: the address, in which `{region}` stands for its `code`,
    `{metric}` and `{due_on}` for the figure's. A gap's list says how many of it are `needed`; `had` is what its list
    has `won`, less what it has `lost`."""


async def board_of(desk: Desk, asked: BoardAsked) -> Scoreboard:
    """Raises `Invalid`, `Forbidden`, and `Busy` where the answer isn't as fresh as asked."""
    places.must_be_yours(asked.region, desk.actor, desk.moment)
    as_of, today = day_of(asked.as_of, desk.moment), desk.moment.today
    targets = await held(desk, as_of)
    lines = places.summed(asked.region, today)
    await desk.at_least(SCOREBOARD, asked.at_least)
    async with desk.read(SCOREBOARD) as reading:
        days = days_of({asked.region, *lines.values()}, as_of, today, targets)
        sums = await load_sums(reading, days, lines)
    region, children = board(asked.region, sums, as_of, today, targets)
    return Scoreboard(
        as_of=as_of,
        region=with_shares(region, children),
        children=children,
        freshness=reading.freshness,
        lists=lists(as_of),
    )


def with_shares(region: RegionBoard, children: Sequence[RegionBoard]) -> RegionBoard:
    """Its figures with what the children's shares lack of its targets."""
    below = [[child.figures[at] for child in children] for at in range(len(region.figures))]
    figures = (
        figure.model_copy(update={"short_by": short_by(figure, others)})
        for figure, others in zip(region.figures, below, strict=True)
    )
    return region.model_copy(update={"figures": tuple(figures)})


def day_of(as_of: date | None, moment: Moment) -> date:
    """The day asked for; nobody knows a day to come."""
    if as_of is not None and as_of > moment.today:
        raise Invalid("as_of_in_future", "as_of", as_of=as_of, today=moment.today)
    return as_of or moment.today


def month_before(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def days_of(lines: set[str], as_of: date, today: date, targets: Targets) -> set[date]:
    """The days whose sums such a board needs."""
    striven = [targets.of(metric, region) for region in lines for metric in Metric]
    due = {target.due_on for target in striven if target is not None and decided(target.due_on, as_of, today)}
    return {as_of, pace_from(as_of), month_before(as_of), *due}


def board(
    region: str, sums: Sums, as_of: date, today: date, targets: Targets
) -> tuple[RegionBoard, tuple[RegionBoard, ...]]:
    """The region's board and its children's, regions as they stand today, from the sums of its lines on `days_of`."""
    there = {place for day, place in sums if day == as_of and sums[day, place] != NOBODY}
    below = (there | set(regions.children(region, today))) - {region}
    together = whole(sums)
    own = _line(region, lambda day: together.get(day, NOBODY), as_of, today, targets)
    children = (
        _line(place, lambda day, place=place: sums.get((day, place), NOBODY), as_of, today, targets)  # type: ignore[misc]
        for place in sorted(below)
    )
    return own, tuple(children)


def _line(place: str, measured: Callable[[date], Measures], as_of: date, today: date, targets: Targets) -> RegionBoard:
    def target(metric: Metric) -> Target | None:
        return targets.of(metric, place)

    now = measured(as_of)
    return RegionBoard(
        code=place,
        name=regions.name(place),
        figures=tuple(figure(metric, target(metric), as_of, today, measured) for metric in Metric),
        counts=Counts(
            live=now.live,
            baseline=now.baseline,
            visits_overdue=now.visits_overdue,
            open_plans=now.open_plans,
            alongside=now.alongside,
            shells=now.shells,
            members=now.members,
            members_gained=now.members - measured(month_before(as_of)).members,
        ),
    )
