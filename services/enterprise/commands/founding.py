"""The way to a union of its own (集中建会)."""

from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

from contracts.enterprise import DissolutionReason, TermYears, WomenBody
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


def _simplified(simplified: bool) -> bool:
    return simplified


def _not_given(value: object) -> bool:
    return value is None


class FormPreparatoryGroup(EnterpriseCommand):
    """成立筹备组: enter that a preparatory group was formed. Who is in it stays with the enterprise."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T", "formed_on": "2025-05-09"}]}
    )

    formed_on: Day


class ApplyForUnion(EnterpriseCommand):
    """申请建会: enter that the preparatory group applied to set up a union of its own."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"enterprise": "91610102MA0000007T", "applied_on": "2025-05-14"},
                {"enterprise": "91610102MA0000007T", "applied_on": "2025-05-14", "simplified": False},
            ]
        }
    )

    applied_on: Day
    simplified: Annotated[bool, Field(exclude_if=_simplified)] = True
    """One form, one visit: the approval to set up and that of the result are one (简化程序). Left out: so it is."""


class ApproveSetUp(EnterpriseCommand):
    """同意筹建: agree to the setting-up that was applied for, in the full way."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"enterprise": "91610102MA0000007T", "approved_on": "2025-05-15", "document": "新工发〔2025〕11号"}
            ]
        }
    )

    approved_on: Day
    document: DocumentNumber


class JoinMembers(EnterpriseCommand):
    """发展会员: enter how many have joined the union that is being founded, as of a day. More may join until the
    meeting: the latest entry is what it goes by. Numbers only, nobody's name is asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "joined_on": "2025-05-16",
                    "members": 86,
                    "women": 30,
                    "migrant": 20,
                    "new_forms": 1,
                }
            ]
        }
    )

    joined_on: Day
    members: Annotated[Members, Field(ge=1)]
    """Dispatched workers may be among them, so there may be more than the headcount says."""
    women: Members
    """Women among them (女职工)."""
    migrant: Members
    """Migrant workers among them (农民工)."""
    new_forms: Members
    """Workers in new forms of employment among them (新就业形态劳动者)."""


class HoldFoundingMeeting(EnterpriseCommand):
    """召开会员大会: enter what the members' meeting elected. Nobody's name is asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "held_on": "2025-05-19",
                    "members": 86,
                    "committee": 7,
                    "audit": 3,
                    "women": "committee",
                    "chair_post": "middle_manager",
                    "term_years": 3,
                }
            ]
        }
    )

    held_on: Day
    members: Annotated[Members, Field(ge=1)]
    """Dispatched workers may be among them, so there may be more than the headcount says."""
    committee: Members
    """Members of the committee; 0: none of its own."""
    audit: Members
    """Members of the audit committee (经审委员会)."""
    women: WomenBody | None = None
    """What was elected for women workers (女职工委员会或女职工委员)."""
    chair_post: ChairPost
    term_years: TermYears


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
    term_years: Annotated[TermYears | None, Field(exclude_if=_not_given)] = None
    """Left out: what the meeting said; in the simplified way, not known."""


class DissolveUnion(EnterpriseCommand):
    """撤销工会: enter that its own union doesn't exist any more. The enterprise may found another one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "reason": "shell", "dissolved_on": "2025-11-03"}]
        }
    )

    reason: DissolutionReason
    dissolved_on: Day
