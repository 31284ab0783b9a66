"""An enterprise comes on the list (摸底建档)."""

from pydantic import ConfigDict

from contracts.enterprise import Ownership
from contracts.vocabulary import CreditCode, Day, PublicName, RegionCode, UnionId
from eventing.decision import Command


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
