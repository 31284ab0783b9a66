"""Joint unions with their units, federations with their members, officers with their charges, as events."""

from datetime import date

from contracts.enterprise import (
    FederationFormed,
    FederationJoined,
    FederationKind,
    JointUnionDissolved,
    JointUnionFormed,
    JointUnionJoined,
    JointUnionLeft,
    OfficerAssigned,
    UnionForm,
    UnitLeaving,
)
from contracts.event import Event
from tests.support.enterprises import LI, MACHINES, XIAN, XINCHENG

JOINT, OTHER_JOINT = "u-610102-j1", "u-610102-j2"
FEDERATION_ID = "u-610100-f1"

FORMED = date(2025, 5, 6)
JOINED = date(2025, 5, 12)
LEFT = date(2025, 5, 30)
DISSOLVED = date(2025, 6, 20)
MEMBER_SINCE = date(2025, 6, 2)
ASSIGNED = date(2025, 5, 8)


def a_formed_joint_union(union: str = JOINT, county: str = "610102") -> tuple[Event, ...]:
    return (
        JointUnionFormed(
            union=union,
            form=UnionForm.JOINT,
            name="西安市新城区示例联合工会",
            county=county,
            formed_by=f"u-{county}",
            formed_on=FORMED,
            document="新工发〔2025〕9号",
        ),
    )


def a_dissolution(union: str = JOINT) -> tuple[Event, ...]:
    return (JointUnionDissolved(union=union, dissolved_on=DISSOLVED),)


def joined(enterprise: str = MACHINES, union: str = JOINT, on: date = JOINED, members: int = 6) -> JointUnionJoined:
    return JointUnionJoined(enterprise=enterprise, union=union, form=UnionForm.JOINT, members=members, joined_on=on)


def left(
    enterprise: str = MACHINES,
    union: str = JOINT,
    on: date = LEFT,
    reason: UnitLeaving = UnitLeaving.RESOLVED,
) -> JointUnionLeft:
    return JointUnionLeft(enterprise=enterprise, union=union, reason=reason, left_on=on)


def a_unit(enterprise: str = MACHINES) -> tuple[Event, ...]:
    return (*a_formed_joint_union(), joined(enterprise))


def a_former_unit(enterprise: str = MACHINES) -> tuple[Event, ...]:
    return (*a_unit(enterprise), left(enterprise))


def a_formed_federation(area: str = "610100") -> tuple[Event, ...]:
    return (
        FederationFormed(
            federation=FEDERATION_ID,
            kind=FederationKind.AREA,
            name="西安市示例工会联合会",
            area=area,
            industry=None,
            formed_by=XIAN,
            formed_on=FORMED,
            document="西工发〔2025〕31号",
        ),
    )


def a_member(enterprise: str = MACHINES) -> tuple[Event, ...]:
    joining = FederationJoined(federation=FEDERATION_ID, member=enterprise, joined_on=MEMBER_SINCE)
    return (*a_formed_federation(), joining)


def in_charge(
    officer: str = LI, enterprise: str = MACHINES, union: str = XINCHENG, on: date = ASSIGNED
) -> OfficerAssigned:
    return OfficerAssigned(enterprise=enterprise, officer=officer, union=union, assigned_on=on)
