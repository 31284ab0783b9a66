"""A policy of its own for each enterprise of 100 or more (一企一策), and the county's work list (逐一销号)."""

from pydantic import ConfigDict

from contracts.enterprise import PlanStep
from contracts.vocabulary import Day, PersonId
from services.enterprise.commands.registration import EnterpriseCommand


class ReviewPlan(EnterpriseCommand):
    """Given by the policy `keep the work list`: the plan follows what holds now of the enterprise."""


class AgreePlanStep(EnterpriseCommand):
    """商定措施: who does what by when. Given again with another officer or day, it is agreed anew."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "step": "talk_with_management",
                    "officer": "p-7f3k9a2c",
                    "due_on": "2025-05-23",
                }
            ]
        }
    )

    step: PlanStep
    officer: PersonId
    due_on: Day


class DoPlanStep(EnterpriseCommand):
    """完成措施: enter that an agreed step was done."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "step": "talk_with_management", "done_on": "2025-05-22"}]
        }
    )

    step: PlanStep
    done_on: Day


class PlanFounding(EnterpriseCommand):
    """计划建会: set the day for which the founding is planned. Given again, another day."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T", "planned_on": "2025-06-20"}]}
    )

    planned_on: Day


class CheckPlan(EnterpriseCommand):
    """核查销号: the union next up has checked the approved own union: strike the enterprise off, or send it back."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "approved": True, "checked_on": "2025-05-27"}]
        }
    )

    approved: bool
    checked_on: Day
