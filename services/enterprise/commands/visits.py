"""The visit to a willing enterprise (入企深谈)."""

from pydantic import ConfigDict

from contracts.vocabulary import Day
from services.enterprise.commands.registration import EnterpriseCommand


class HoldVisit(EnterpriseCommand):
    """入企深谈: enter the visit that was held. One held in time and entered late withdraws the overdue entry."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T", "held_on": "2025-05-13"}]}
    )

    held_on: Day


class MarkVisitOverdue(EnterpriseCommand):
    """Given by the deadline `visit`: nobody has come by the end of `due_on`."""

    due_on: Day
