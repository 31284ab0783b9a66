"""The life of an own union (基层工会): it is established, its committee's term and its chair, its end."""

from pydantic import ConfigDict

from contracts.enterprise import TermYears, VacancyReason
from contracts.vocabulary import Day, UnionId
from services.enterprise.commands.founding import ChairPost
from services.enterprise.commands.registration import EnterpriseCommand


class EstablishUnion(EnterpriseCommand):
    """Given by the policy `establish-union`: what was approved has a life of its own from now on."""

    union: UnionId
    approved_on: Day
    term_ends_on: Day | None


class EndUnion(EnterpriseCommand):
    """Given by policies on a dissolution, and on what ends the enterprise on the list."""

    ended_on: Day


class RenewTerm(EnterpriseCommand):
    """换届: enter that a new committee was elected; its term runs from that day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "elected_on": "2028-05-10", "term_years": 3}]
        }
    )

    elected_on: Day
    term_years: TermYears


class MarkTermOverrun(EnterpriseCommand):
    """Given by the deadline `term`: the term has ended and no election is known."""

    ended_on: Day


class VacateChair(EnterpriseCommand):
    """主席空缺: enter that the union has no chair from that day on."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "reason": "left_enterprise", "vacant_on": "2025-09-01"}]
        }
    )

    reason: VacancyReason
    vacant_on: Day


class ElectChair(EnterpriseCommand):
    """补选: enter that it has a chair again. The post is declared and checked, and enters no event."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "chair_post": "specialist", "elected_on": "2025-09-20"}]
        }
    )

    chair_post: ChairPost
    elected_on: Day
