"""The way to a union of its own (集中建会)."""

from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

from contracts.vocabulary import Day, DocumentNumber, Members
from services.enterprise.commands.registration import EnterpriseCommand


class ChairPost(StrEnum):
    """The elected chair's post in the enterprise, declared; the last three may not be chair [L]. It enters no event."""

    WORKER = "worker"
    SPECIALIST = "specialist"
    MIDDLE_MANAGER = "middle_manager"
    DEPUTY_HEAD = "deputy_head"
    HEAD_OF_MANAGEMENT = "head_of_management"
    RELATIVE_OF_HEAD = "relative_of_head"
    HEAD_OF_HR = "head_of_hr"


class ApplyForUnion(EnterpriseCommand):
    """申请建会: enter that the preparatory group applied to set up a union of its own."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T", "applied_on": "2025-05-14"}]}
    )

    applied_on: Day


class ApproveUnion(EnterpriseCommand):
    """批复成立: approve the result of the founding meeting. From 25 members on, the union has its own committee."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "members": 86,
                    "own_committee": True,
                    "approved_on": "2025-05-20",
                    "document": "新工发〔2025〕12号",
                }
            ]
        }
    )

    members: Annotated[Members, Field(ge=1)]
    """Dispatched workers may be among them, so there may be more than the headcount says."""
    own_committee: bool
    approved_on: Day
    document: DocumentNumber
