"""Joint unions (联合工会), and the enterprises that are their units."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from contracts.enterprise import UnionForm, UnitLeaving
from contracts.vocabulary import AskedName, Day, DocumentNumber, Members, RegionCode, UnionId
from eventing.decision import Command
from services.enterprise.commands.registration import EnterpriseCommand

JointId = Annotated[UnionId, Field(pattern=r"^u-[1-9][0-9]{5}-j[1-9][0-9]{0,3}$", examples=["u-610102-j1"])]
"""A joint union's id: its county's code, and which of that county's it is."""


class FormJointUnion(Command):
    """组建联合工会: form a joint union, or a small-and-micro federation, for what would be left over in a county."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "union": "u-610102-j1",
                    "form": "joint",
                    "name": "西安市新城区示例联合工会",
                    "county": "610102",
                    "formed_on": "2025-05-12",
                    "document": "新工发〔2025〕9号",
                }
            ]
        }
    )

    union: JointId
    form: Literal[UnionForm.JOINT, UnionForm.SMALL_MICRO_FEDERATION]
    name: AskedName
    county: RegionCode
    formed_on: Day
    document: DocumentNumber


class DissolveJointUnion(Command):
    """撤销联合工会: enter that it doesn't exist from that day on; its units have left before."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"union": "u-610102-j1", "dissolved_on": "2025-11-28"}]})

    union: JointId
    dissolved_on: Day


class JoinJointUnion(EnterpriseCommand):
    """加入联合工会: enter that the enterprise is a unit of it from that day on, with its members."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "union": "u-610102-j1",
                    "members": 6,
                    "joined_on": "2025-05-20",
                }
            ]
        }
    )

    union: JointId
    members: Annotated[Members, Field(ge=1)]
    """Of the enterprise's workers; one at least, else nobody is covered."""
    joined_on: Day


class LeaveJointUnion(EnterpriseCommand):
    """退出联合工会: enter that it is no unit any more. By itself with an own union, or when the enterprise ends."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "reason": "resolved", "left_on": "2025-09-30"}]
        }
    )

    reason: UnitLeaving
    left_on: Day
