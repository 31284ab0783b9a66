"""What a county's baseline answers, to those in whose subtree the county's union lies."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts.vocabulary import CreditCode, RegionCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.enterprise.views.baseline import BASELINE, BaselineRow

_LIST = "select * from {rows} where county = $1 and enterprise > $2 order by enterprise limit $3"

_ROWS = TypeAdapter(tuple[BaselineRow, ...])


class BaselineAsked(BaseModel):
    """Whose baseline, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    county: RegionCode
    """The county that closed its survey (区县)."""
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class BaselinePage(BaseModel):
    """A page of the baseline, in the order of the credit codes; empty before the county has closed its survey."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    baseline: tuple[BaselineRow, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_baseline(desk: Desk, asked: BaselineAsked) -> BaselinePage:
    """Raises `Forbidden` for a county whose union lies outside the actor's subtree."""
    desk.must_see(f"u-{asked.county}")
    async with desk.read(BASELINE) as reading:
        page, following = await reading.page(
            _ROWS, "enterprise", _LIST.format(rows=reading.rows), asked.county, asked.after or "", limit=asked.limit
        )
    return BaselinePage(
        baseline=page,
        next=following,
        freshness=reading.freshness,
    )
