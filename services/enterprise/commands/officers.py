"""Who is responsible (责任人) for an enterprise, and how matters go over to another officer."""

from pydantic import ConfigDict

from contracts.enterprise import HandOverReason
from contracts.vocabulary import Day, PersonId, UnionId
from eventing.decision import Command
from services.enterprise.commands.registration import EnterpriseCommand


class AssignOfficer(EnterpriseCommand):
    """指定责任人: that officer is responsible for the enterprise from that day on, in place of whoever was."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "officer": "p-3z8h1q5e", "assigned_on": "2025-05-08"}]
        }
    )

    officer: PersonId
    assigned_on: Day
    instead_of: PersonId | None = None
    """Only if that officer is still the one who is responsible. Left out: whoever is."""


class HandOverDesk(Command):
    """工作交接: all that an officer is responsible for in a union and those below it goes to another one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "officer": "p-3z8h1q5e",
                    "successor": "p-6k2b9r4d",
                    "union": "u-610102",
                    "reason": "transferred",
                    "handed_over_on": "2025-09-01",
                }
            ]
        }
    )

    officer: PersonId
    successor: PersonId
    union: UnionId
    """The officer's union."""
    reason: HandOverReason
    handed_over_on: Day
