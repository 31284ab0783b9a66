"""What was agreed in the plans (一企一策), over all enterprises of the actor's union and those below it."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.vocabulary import CreditCode, PersonId, RegionCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.plan_steps import PLAN_STEPS, PlanStepRow

_STEP = r"^[0-9A-Z]{18}/[a-z_]{1,40}$"

_LIST = f"""
select s.*, e.name, e.county from {{rows}} s join {view_table(ENTERPRISES).rows} e using (enterprise)
where e.union_id = any($1::text[]) and s.id > $2 and starts_with(e.county, $3)
  and ($4::text is null or enterprise = $4) and ($5::text is null or s.officer = $5)
  and ($6::boolean is null or (s.done_on is not null) = $6)
order by s.id limit $7
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStepListed(PlanStepRow):
    """One step, with what is known of its enterprise."""

    name: str
    county: str


_ROWS = TypeAdapter(tuple[PlanStepListed, ...])


class PlanStepsAsked(BaseModel):
    """Which steps, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    enterprise: CreditCode | None = None
    officer: PersonId | None = None
    """Who is to do it."""
    done: bool | None = None
    """Only those that are done, or only those that aren't; left out: all."""
    after: Annotated[str, Field(pattern=_STEP, examples=["91610102MA0000007T/explain_the_law"])] | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class PlanStepPage(BaseModel):
    """A page of steps, by credit code and step."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    steps: tuple[PlanStepListed, ...]
    next: str | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_plan_steps(desk: Desk, asked: PlanStepsAsked) -> PlanStepPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(PLAN_STEPS) as reading:
        page, following = await reading.page(
            _ROWS,
            "id",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            asked.enterprise,
            asked.officer,
            asked.done,
            limit=asked.limit,
        )
    return PlanStepPage(steps=page, next=following, freshness=reading.freshness)
