"""On PostgreSQL: what has to be done for plans and foundings, from the views as they lie in their tables."""

from collections.abc import Iterable
from datetime import date

import pytest

from contracts.enterprise import FoundingApplied, FoundingPlanned, PlanLeaving, PlanStep, PlanStepDone
from contracts.event import Event
from eventing.database import Pool
from eventing.views import view_table
from services.enterprise.queries import founding, plans
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.plan_steps import PLAN_STEPS
from services.enterprise.views.plans import PLANS
from tests.support.enterprises import APPROVED, DUE, MACHINES, STATED, TODAY, XINCHENG, a_willing_enterprise, approval
from tests.support.foundings import (
    AGREED_FOR,
    CHECKED,
    agreed,
    left,
    one_awaiting_the_check,
    one_being_set_up,
    one_on_the_list,
    one_sent_back,
    one_struck_off,
)

PLANNED = FoundingPlanned(enterprise=MACHINES, planned_on=TODAY)
DONE = PlanStepDone(enterprise=MACHINES, step=PlanStep.TALK_WITH_WORKERS, done_on=TODAY)

Row = tuple[str, date, bool]


async def duties(pool: Pool, events: Iterable[Event]) -> list[Row]:
    """Kind, due day and whether it was sent back, of all that is open."""
    found: list[Row] = []
    async with pool.acquire() as connection, connection.transaction():
        for fold in (PLANS, PLAN_STEPS, ENTERPRISES):
            await view_table(fold).create(connection)
            await view_table(fold).fold_in(connection, list(events))
        for duty in (*plans.DUTIES, *founding.DUTIES):
            for row in await connection.fetch(duty.select.format(rows=view_table(duty.view).rows)):
                assert dict(row).keys() == {"enterprise", "union_id", "due_on", "overdue", "returned"}
                assert (row["enterprise"], row["union_id"], row["overdue"]) == (MACHINES, XINCHENG, False)
                found.append((duty.kind, row["due_on"], row["returned"]))
    return found


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (one_on_the_list(), []),
        ((*one_on_the_list(), agreed()), [("plan_step", AGREED_FOR, False)]),
        ((*one_on_the_list(), agreed(), DONE), []),
        ((*one_on_the_list(), agreed(), DONE, agreed(due=TODAY)), [("plan_step", TODAY, False)]),
        ((*one_on_the_list(), PLANNED), [("plan_founding", TODAY, False)]),
        ((*one_awaiting_the_check(), PLANNED), [("plan_check", APPROVED, False)]),
        (one_sent_back(), [("plan_returned", CHECKED, True)]),
        ((*one_awaiting_the_check(), agreed(), PLANNED, *one_struck_off()[-1:]), []),
        ((*one_on_the_list(), agreed(), PLANNED, left(PlanLeaving.BELOW_100, TODAY)), []),
    ],
)
async def test_what_is_due_for_a_plan(pool: Pool, history: tuple[Event, ...], expected: list[Row]) -> None:
    assert await duties(pool, history) == expected


APPLIED = FoundingApplied(enterprise=MACHINES, applied_on=STATED, approval_due_on=DUE)


async def test_a_simplified_application_is_to_be_answered(pool: Pool) -> None:
    assert await duties(pool, (*a_willing_enterprise(), APPLIED)) == [("approval", DUE, False)]


async def test_an_answered_one_is_not(pool: Pool) -> None:
    assert await duties(pool, (*a_willing_enterprise(), APPLIED, approval())) == []


async def test_one_of_the_full_way_has_no_time_limit(pool: Pool) -> None:
    assert await duties(pool, one_being_set_up()) == []
