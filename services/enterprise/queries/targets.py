"""What the list of targets answers: those of the actor's union and of those below it."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.enterprise import Metric
from contracts.vocabulary import RegionCode, UnionId
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.enterprise.views.targets import TARGETS, TargetRow

_LIST = """
select *, number = max(number) over (partition by union_id, metric) as holds
from {rows}
where union_id = any($1::text[]) and starts_with(region, $2) and ($3::text is null or metric = $3)
  and ($4::text is null or union_id = $4)
"""
_PAGE = f"select * from ({_LIST}) as listed where setting > $5 order by setting limit $6"


class TargetsAsked(BaseModel):
    """Which targets, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """Of unions whose region (or seat) is that one or lies in it (行政区划)."""
    metric: Metric | None = None
    union: UnionId | None = None
    """Only that union's own (工会)."""
    after: Annotated[str, Field(max_length=60)] | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


@dataclass(frozen=True, slots=True)
class TargetLine(TargetRow):
    """A setting of a target."""

    holds: bool = False
    """It is the last one: what was set before is history."""


class TargetPage(BaseModel):
    """A page of the settings: by union and rate, each one's history in the order of setting."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    targets: tuple[TargetLine, ...]
    next: str | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


_LINES = TypeAdapter(tuple[TargetLine, ...])


async def list_targets(desk: Desk, asked: TargetsAsked) -> TargetPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(TARGETS) as reading:
        page, following = await reading.page(
            _LINES,
            "setting",
            _PAGE.format(rows=reading.rows),
            desk.subtree,
            regions.prefix(asked.region),
            asked.metric,
            asked.union,
            asked.after or "",
            limit=asked.limit,
        )
    return TargetPage(
        targets=page,
        next=following,
        freshness=reading.freshness,
    )
