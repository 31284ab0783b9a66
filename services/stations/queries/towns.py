"""A district's list of towns (镇街/平台名单)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.vocabulary import RegionCode, TownId
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.stations.views.towns import TOWNS, TownRow

_LIST = """
select * from {rows} where starts_with(district, $1) and town > $2 and (delisted_on is null) = $3 order by town limit $4
"""

_ROWS = TypeAdapter(tuple[TownRow, ...])


class TownsAsked(BaseModel):
    """Which towns, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    listed: bool = True
    """Those on the list; false: those that were taken off it."""
    after: TownId | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class TownPage(BaseModel):
    """A page of towns, in the order of their ids."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    towns: tuple[TownRow, ...]
    next: TownId | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_towns(desk: Desk, asked: TownsAsked) -> TownPage:
    """The lists are public: everybody with a token sees those of all districts."""
    async with desk.read(TOWNS) as reading:
        page, following = await reading.page(
            _ROWS,
            "town",
            _LIST.format(rows=reading.rows),
            regions.prefix(asked.region),
            asked.after or "",
            asked.listed,
            limit=asked.limit,
        )
    return TownPage(towns=page, next=following, freshness=reading.freshness)
