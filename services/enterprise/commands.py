"""What officers, deadlines and policies ask of this service (programme 1, docs/domain.md)."""

from typing import Annotated

from pydantic import ConfigDict, Field

from contracts.enterprise import Ownership, SizeClass, Will
from contracts.vocabulary import (
    CreditCode,
    Day,
    DocumentNumber,
    Headcount,
    Members,
    PersonId,
    PublicName,
    RegionCode,
    UnionId,
)
from eventing.decision import Command


def _none_of_them(count: int) -> bool:
    return count == 0


class EnterpriseCommand(Command):
    """Asked about one enterprise."""

    enterprise: CreditCode


class RegisterEnterprise(EnterpriseCommand):
    """摸底建档: put an enterprise on the list, under the union that looks after it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "name": "西安示例机械有限公司",
                    "ownership": "private",
                    "county": "610102",
                    "union": "u-610102",
                    "registered_on": "2025-05-06",
                }
            ]
        }
    )

    name: PublicName
    ownership: Ownership
    county: RegionCode
    """Where the enterprise counts: a county, on the day of registration."""
    union: UnionId
    """The union that looks after it and will approve its own."""
    registered_on: Day | None = None
    """Left out: today."""


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


class HoldVisit(EnterpriseCommand):
    """入企深谈: enter the visit that was held. One held in time and entered late withdraws the overdue entry."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T", "held_on": "2025-05-13"}]}
    )

    held_on: Day


class MarkVisitOverdue(EnterpriseCommand):
    """Given by the deadline `visit`: nobody has come by the end of `due_on`."""

    due_on: Day


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


class BeginAccompaniment(EnterpriseCommand):
    """Given by the policy `walk alongside`: the 60 days begin with the approval."""

    union: UnionId
    approved_on: Day


class AssignInstructor(EnterpriseCommand):
    """指派优会强会指导员: the instructor walks with the newly founded union from that day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "instructor": "p-7f3k9a2c", "assigned_on": "2025-05-21"}]
        }
    )

    instructor: PersonId
    assigned_on: Day


class EndAccompaniment(EnterpriseCommand):
    """Given by the deadline `alongside`: the 60 days are over."""

    ended_on: Day


class ReleaseInstructor(EnterpriseCommand):
    """Given by the policy `release the instructor`: the instructor has room for another union."""

    instructor: PersonId
