"""The 60 days alongside a new union (60天陪跑)."""

from pydantic import ConfigDict

from contracts.vocabulary import Day, PersonId, UnionId
from services.enterprise.commands.registration import EnterpriseCommand


class BeginAccompaniment(EnterpriseCommand):
    """Given by the policy `walk alongside`: the 60 days begin with the approval."""

    union: UnionId
    approved_on: Day


class AssignInstructor(EnterpriseCommand):
    """指派优会强会指导员: the instructor walks with the newly founded union from that day, or takes over from one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "instructor": "p-7f3k9a2c", "assigned_on": "2025-05-21"}]
        }
    )

    instructor: PersonId
    assigned_on: Day


class WithdrawInstructor(EnterpriseCommand):
    """指导员不再陪跑: enter that the instructor doesn't walk along from that day on; a successor is due."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "instructor": "p-7f3k9a2c", "left_on": "2025-06-10"}]
        }
    )

    instructor: PersonId
    left_on: Day


class AssessAccompaniment(EnterpriseCommand):
    """陪跑评估: enter what is there at the end. The union stands (强起来) when all of it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "plate": True,
                    "seal": True,
                    "room": False,
                    "money": True,
                    "member_register": True,
                    "committee": True,
                    "rules_and_files": True,
                    "assessed_on": "2025-07-21",
                }
            ]
        }
    )

    plate: bool
    """牌子."""
    seal: bool
    """印章."""
    room: bool
    """场所."""
    money: bool
    """经费."""
    member_register: bool
    """会员名册."""
    committee: bool
    """委员会."""
    rules_and_files: bool
    """制度台账."""
    assessed_on: Day


class ExtendAccompaniment(EnterpriseCommand):
    """延长陪跑: the union doesn't stand yet and is walked with for longer, once."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T"}]})


class EndAccompaniment(EnterpriseCommand):
    """Given by the deadlines `alongside` and `extension`: the time is over."""

    ended_on: Day


class BreakOffAccompaniment(EnterpriseCommand):
    """Given by the policy `break-off-accompaniment`: the union has ended before its time."""

    ended_on: Day


class ReleaseInstructor(EnterpriseCommand):
    """Given by the policy `release the instructor`: the instructor has room for another union."""

    instructor: PersonId
