"""An enterprise comes on the list, and is described anew (摸底建档、变更)."""

from typing import Annotated

from pydantic import ConfigDict, Field

from contracts.enterprise import Ownership
from contracts.vocabulary import AskedName, CreditCode, Day, IndustryCode, RegionCode, TownId, UnionId
from eventing.decision import Command


def _left_out(value: object) -> bool:
    return value is None


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
                    "industry": "C34",
                    "town": "t-610102-01",
                }
            ]
        }
    )

    name: AskedName
    ownership: Ownership
    county: RegionCode
    """Where the enterprise counts: a county, on the day of registration."""
    union: UnionId
    """The union that looks after it and will approve its own."""
    registered_on: Day | None = None
    """Left out: today."""
    industry: Annotated[IndustryCode | None, Field(exclude_if=_left_out)] = None
    """GB/T 4754 (国民经济行业分类), as far as known."""
    town: Annotated[TownId | None, Field(exclude_if=_left_out)] = None
    """The town, subdistrict or park (镇街/园区) of that county."""
    parent: Annotated[CreditCode | None, Field(exclude_if=_left_out)] = None
    """The enterprise whose branch it is (总公司). A branch with a code of its own counts where it works."""


class DescribeEnterprise(EnterpriseCommand):
    """变更: enter its particulars anew, all of them; what is left out is not known any more."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "name": "西安示例精密机械有限公司",
                    "ownership": "private",
                    "industry": "C34",
                    "town": "t-610102-01",
                    "described_on": "2025-05-20",
                }
            ]
        }
    )

    name: AskedName
    ownership: Ownership
    industry: IndustryCode | None = None
    town: TownId | None = None
    parent: CreditCode | None = None
    described_on: Day
    """The day from which on they are so."""
