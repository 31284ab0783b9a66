"""How many members a union has (入会), as numbers by month."""

from pydantic import ConfigDict

from contracts.vocabulary import Members, Month
from services.enterprise.commands.registration import EnterpriseCommand


class ReportMembers(EnterpriseCommand):
    """入会情况: enter the union's members at the end of a month. Other numbers for the same month correct it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "month": "2025-06",
                    "members": 90,
                    "women": 30,
                    "migrant": 20,
                    "new_forms": 1,
                }
            ]
        }
    )

    month: Month
    members: Members
    women: Members
    """Women among them (女职工)."""
    migrant: Members
    """Migrant workers among them (农民工)."""
    new_forms: Members
    """Workers in new forms of employment among them (新就业形态劳动者)."""
