"""Federations of an industry or an area (行业性/区域性工会联合会), made of enterprises' own unions."""

from typing import Annotated

from pydantic import ConfigDict, Field

from contracts.enterprise import FederationKind
from contracts.vocabulary import AskedName, Day, DocumentNumber, IndustryCode, RegionCode, UnionId
from eventing.decision import Command
from services.enterprise.commands.registration import EnterpriseCommand

FederationId = Annotated[UnionId, Field(pattern=r"^u-[1-9][0-9]{5}-f[1-9][0-9]{0,3}$", examples=["u-610100-f1"])]
"""A federation's id: its city's code, and which of that city's it is."""


class FormFederation(Command):
    """组建工会联合会: form a federation of the unions of an industry or an area. It founds nothing, covers nobody."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "federation": "u-610100-f1",
                    "kind": "industry",
                    "name": "西安市示例装备制造业工会联合会",
                    "area": "610100",
                    "industry": "C34",
                    "formed_on": "2025-05-12",
                    "document": "西工发〔2025〕31号",
                }
            ]
        }
    )

    federation: FederationId
    kind: FederationKind
    name: AskedName
    area: RegionCode
    """The city, or a county in it."""
    industry: IndustryCode | None = None
    """Of an industry's federation; of no other."""
    formed_on: Day
    document: DocumentNumber


class JoinFederation(EnterpriseCommand):
    """加入工会联合会: enter that the enterprise's own union is a member from that day on."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "federation": "u-610100-f1", "joined_on": "2025-06-10"}]
        }
    )

    federation: FederationId
    joined_on: Day


class LeaveFederation(EnterpriseCommand):
    """退出工会联合会: enter that the enterprise's own union is no member any more."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "federation": "u-610100-f1", "left_on": "2025-10-10"}]
        }
    )

    federation: FederationId
    left_on: Day


class LeaveFederations(EnterpriseCommand):
    """Given by policies: the union or its enterprise has ended, and with it every membership."""

    left_on: Day
