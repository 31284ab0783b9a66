"""What the list of targets answers: those of the regions of the actor's union and of those below it."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.stations import StationMetric
from contracts.vocabulary import RegionCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.stations.views.targets import STATION_TARGETS, StationTargetRow

_LIST = """
select *, number = max(number) over (partition by region, metric) as holds
from {rows}
where union_id = any($1::text[]) and starts_with(region, $2) and ($3::text is null or metric = $3)
"""
_PAGE = f"select * from ({_LIST}) as listed where setting > $4 order by setting limit $5"


class StationTargetsAsked(BaseModel):
    """Which targets, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    metric: StationMetric | None = None
    after: Annotated[str, Field(max_length=60)] | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


@dataclass(frozen=True, slots=True)
class StationTargetLine(StationTargetRow):
    """A setting of a target."""

    holds: bool = False
    """It is the last one: what was set before is history."""


class StationTargetPage(BaseModel):
    """A page of the settings: by region and metric, each one's history in the order of setting."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    targets: tuple[StationTargetLine, ...]
    next: str | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


_LINES = TypeAdapter(tuple[StationTargetLine, ...])


async def list_targets(desk: Desk, asked: StationTargetsAsked) -> StationTargetPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(STATION_TARGETS) as reading:
        page, following = await reading.page(
            _LINES,
            "setting",
            _PAGE.format(rows=reading.rows),
            desk.subtree,
            regions.prefix(asked.region),
            asked.metric,
            asked.after or "",
            limit=asked.limit,
        )
    return StationTargetPage(targets=page, next=following, freshness=reading.freshness)
