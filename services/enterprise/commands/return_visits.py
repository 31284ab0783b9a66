"""Return visits to founded unions (回访), and what comes of a shell (空壳工会)."""

from typing import Annotated

from pydantic import ConfigDict, Field

from contracts.enterprise import ShellSign
from contracts.vocabulary import Day
from services.enterprise.commands.registration import EnterpriseCommand


class HoldReturnVisit(EnterpriseCommand):
    """回访: enter the visit, with the signs of a shell that it found. The next one is due an interval later."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "held_on": "2025-08-12", "signs": ["no_activity"]}]
        }
    )

    held_on: Day
    signs: Annotated[tuple[ShellSign, ...], Field(max_length=len(ShellSign))] = ()
    """None: it is no shell as far as was seen."""


class MarkReturnVisitMissed(EnterpriseCommand):
    """Given by the deadline `return-visit`: nobody has come by the end of `due_on`."""

    due_on: Day


class RectifyShell(EnterpriseCommand):
    """空壳整改: enter that the flagged union was put right."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T", "rectified_on": "2025-09-10"}]}
    )

    rectified_on: Day
