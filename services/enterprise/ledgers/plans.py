"""一企一策台账: who does what by when for the enterprises on the work list."""

from datetime import date
from typing import TYPE_CHECKING

from contracts.enterprise import PlanStep
from eventing.ledger.kinds import Choice, Code, Day
from eventing.ledger.ledger import Becomes, Column, Export, Ledger, Page
from services.enterprise.commands import AgreePlanStep
from services.enterprise.ledgers.columns import ENTERPRISE, NAME_SHOWN
from services.enterprise.queries.plan_steps import PlanStepsAsked, list_plan_steps

if TYPE_CHECKING:
    from eventing.shell.desk import Desk

STEP = Choice(
    {
        PlanStep.EXPLAIN_THE_LAW: "宣讲法律政策",
        PlanStep.TALK_WITH_MANAGEMENT: "约谈经营者",
        PlanStep.TALK_WITH_WORKERS: "走访职工",
        PlanStep.FIND_PREPARERS: "物色筹备人员",
        PlanStep.TRAIN_PREPARERS: "培训筹备人员",
        PlanStep.PREPARE_MEETING: "筹备会员大会",
    }
)


async def _page(desk: "Desk", asked: PlanStepsAsked) -> Page:
    found = await list_plan_steps(desk, asked)
    return Page(found.steps, found.next, found.freshness)


PLANS = Ledger(
    name="plans",
    zh="一企一策台账",
    en="Plans",
    columns=(
        ENTERPRISE,
        Column("step", "措施", "Step", STEP, PlanStep.TALK_WITH_MANAGEMENT, "做什么。", "What is done."),
        Column(
            "officer",
            "责任人代号",
            "Officer's pseudonym",
            Code(lower=True),
            "p-7f3k9a2c",
            "代号，不填姓名。",
            "The pseudonym, never a name.",
        ),
        Column("due_on", "完成期限", "Due on", Day(), date(2025, 5, 23), "最迟完成的日期。", "The last day for it."),
    ),
    becomes=(Becomes(AgreePlanStep, "agree-plan-step"),),
    export=Export(PlanStepsAsked, _page),
    also=(NAME_SHOWN, Column("done_on", "完成日期", "Done on", Day())),
)
