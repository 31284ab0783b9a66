"""What the counties' work lists answer, to whom they belong: an officer sees their union's and those below it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.vocabulary import CreditCode, RegionCode
from eventing.read_models import Freshness
from eventing.refusal import NotFound
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.queries.duties import Duties
from services.enterprise.views.plan_steps import PLAN_STEPS, PlanStepRow
from services.enterprise.views.plans import PLANS, PlanRow, PlanStatus

_LIST = """
select * from {rows}
where union_id = any($1::text[]) and enterprise > $2
  and starts_with(county, $3) and status is not null and ($4::text is null or status = $4)
order by enterprise limit $5
"""

_COUNTS = """
select status, count(*) as plans from {rows}
where union_id = any($1::text[]) and starts_with(county, $2) and status is not null
group by status
"""

_ONE = "select * from {rows} where enterprise = $1 and status is not null"

_STEPS = f"select * from {view_table(PLAN_STEPS).rows} where enterprise = $1 order by due_on, step"

_ROWS = TypeAdapter(tuple[PlanRow, ...])
_STEP_ROWS = TypeAdapter(tuple[PlanStepRow, ...])

DUTIES: tuple[Duties, ...] = (
    Duties(
        "plan_step",
        PLAN_STEPS,
        f"""
        select enterprise, plan.union_id, step.due_on, false as overdue, false as returned
        from {view_table(PLANS).rows} plan cross join lateral (
            -- Without the fence of `offset 0`, one county's desk reads the steps of all unions for a hash join.
            select due_on from {{rows}} step where step.enterprise = plan.enterprise and done_on is null offset 0
        ) step
        where plan.status in ('open', 'awaiting_check', 'returned')
        """,
    ),
    Duties(
        "plan_founding",
        PLANS,
        """
        select enterprise, union_id, planned_on as due_on, false as overdue, false as returned
        from {rows} where status = 'open' and planned_on is not null
        """,
    ),
    Duties(
        "plan_check",
        PLANS,
        """
        select enterprise, union_id, approved_on as due_on, false as overdue, false as returned
        from {rows} where status = 'awaiting_check'
        """,
    ),
    Duties(
        "plan_returned",
        PLANS,
        """
        select enterprise, union_id, checked_on as due_on, false as overdue, true as returned
        from {rows} where status = 'returned'
        """,
    ),
)
"""A check is due from the approval on, and what was sent back from that day on: no rule gives either a time limit."""


class PlansAsked(BaseModel):
    """Which plans, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    county: RegionCode | None = None
    """The county (区县), or a region above it with all its counties."""
    status: PlanStatus | None = None
    """How it stands on the list."""
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class PlanCounts(BaseModel):
    """How many plans stand how; only `struck_off` is done."""

    model_config = ConfigDict(frozen=True)

    open: int = 0
    awaiting_check: int = 0
    returned: int = 0
    struck_off: int = 0
    left: int = 0


class PlanPage(BaseModel):
    """A page of the work list, in the order of the credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    plans: tuple[PlanRow, ...]
    counts: PlanCounts
    """Of the whole list in that region, whatever status was asked for."""
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


class PlanFound(BaseModel):
    """One plan with what was agreed in it, in the order of the due days."""

    model_config = ConfigDict(frozen=True)

    plan: PlanRow
    steps: tuple[PlanStepRow, ...]
    freshness: tuple[Freshness, ...]


async def list_plans(desk: Desk, asked: PlansAsked) -> PlanPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    region = regions.prefix(asked.county)
    async with desk.read(PLANS) as reading:
        page, following = await reading.page(
            _ROWS,
            "enterprise",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            region,
            asked.status,
            limit=asked.limit,
        )
        counted = await reading.fetch(_COUNTS.format(rows=reading.rows), desk.subtree, region)
    return PlanPage(
        plans=page,
        counts=PlanCounts(**{record["status"]: record["plans"] for record in counted}),
        next=following,
        freshness=reading.freshness,
    )


async def get_plan(desk: Desk, enterprise: str) -> PlanFound:
    """Raises `NotFound`, and `Forbidden` for one of a union outside the actor's subtree."""
    async with desk.read(PLANS) as reading:
        found = await reading.fetch(_ONE.format(rows=reading.rows), enterprise)
        steps = await reading.fetch(_STEPS, enterprise)
    if not found:
        raise NotFound("plan_unknown", "enterprise", enterprise=enterprise)
    (row,) = _ROWS.validate_python([dict(found[0])])
    assert row.union_id is not None, "a plan stands on some union's list"
    desk.must_see(row.union_id)
    return PlanFound(
        plan=row,
        steps=_STEP_ROWS.validate_python([dict(record) for record in steps]),
        freshness=reading.freshness,
    )
