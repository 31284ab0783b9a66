"""The 60 days alongside a new union (60天陪跑)."""

from pydantic import ConfigDict

from contracts.vocabulary import Day, PersonId, UnionId
from services.enterprise.commands.registration import EnterpriseCommand


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
