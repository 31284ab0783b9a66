"""Its workers are counted, and it is asked whether it wants a union (全面摸底、宣传动员)."""

from typing import Annotated

from pydantic import ConfigDict, Field

from contracts.enterprise import SizeClass, Will
from contracts.vocabulary import Day, Headcount
from services.enterprise.commands.registration import EnterpriseCommand


def _none_of_them(count: int) -> bool:
    return count == 0


class SurveyEnterprise(EnterpriseCommand):
    """全面摸底: enter how many workers it has."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "headcount": 120,
                    "dispatched": 15,
                    "size_class": "medium",
                    "surveyed_on": "2025-05-07",
                }
            ]
        }
    )

    headcount: Headcount
    """Workers with a labour contract (劳动合同); they count for the rates."""
    dispatched: Annotated[Headcount, Field(exclude_if=_none_of_them)] = 0
    """Dispatched workers (劳务派遣); they count for no rate. Left out: none."""
    size_class: SizeClass | None = None
    """The statistics bureau's class, where it is known."""
    surveyed_on: Day


class StateWill(EnterpriseCommand):
    """建会意愿: enter what the enterprise said. A willing one is to be visited within 5 working days of that day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "will": "willing", "stated_on": "2025-05-08"}]
        }
    )

    will: Will
    stated_on: Day
