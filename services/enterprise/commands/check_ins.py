"""The check-ins on fixed days of the 60 (陪跑回访节点)."""

from pydantic import ConfigDict

from contracts.vocabulary import Day
from services.enterprise.commands.registration import EnterpriseCommand
from services.enterprise.rules import Count


class HoldCheckIn(EnterpriseCommand):
    """陪跑检查: enter that the check-in of that day of the 60 was held, in time or late."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T", "day": 7, "held_on": "2025-05-26"}]}
    )

    day: Count
    """Which one: 7, 15, 30, 45 or 60."""
    held_on: Day


class MarkCheckInMissed(EnterpriseCommand):
    """Given by the deadlines `check-in-…`: nobody has come by the end of `due_on`."""

    due_on: Day
