"""The visit to a willing enterprise (入企深谈)."""

from pydantic import ConfigDict

from contracts.enterprise import PauseReason
from contracts.vocabulary import Day
from services.enterprise.commands.registration import EnterpriseCommand


class HoldVisit(EnterpriseCommand):
    """入企深谈: enter the visit that was held. One held in time and entered late withdraws the overdue entry."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T", "held_on": "2025-05-13"}]}
    )

    held_on: Day


class PauseVisitClock(EnterpriseCommand):
    """中止: the clock of the visit stands still from that day on, not after the visit is due."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "reason": "stoppage", "paused_on": "2025-05-12"}]
        }
    )

    reason: PauseReason
    paused_on: Day


class ResumeVisitClock(EnterpriseCommand):
    """恢复: the clock goes on. The working days before the pause count, the others run from the day after."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T", "resumed_on": "2025-05-19"}]}
    )

    resumed_on: Day


class MarkVisitOverdue(EnterpriseCommand):
    """Given by the deadline `visit`: nobody has come by the end of `due_on`."""

    due_on: Day


class MoveVisitDue(EnterpriseCommand):
    """Given by the deadline `visit`: the working-day arrangement that its due day hung on has come out."""


class EscalateVisit(EnterpriseCommand):
    """Given by the deadline `escalation`: nobody has come by the end of `escalated_after` either."""

    escalated_after: Day
