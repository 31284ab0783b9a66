"""A fault, from report to repair (报修、确认、修复)."""

from pydantic import ConfigDict

from contracts.stations import DismissalReason, Equipment, FaultId, Symptom
from contracts.vocabulary import Day
from services.stations.commands.stations import StationCommand


class FaultSeen(StationCommand):
    """报修: what somebody saw. Who it was isn't asked."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"station": "s-330110-001", "equipment": "drinking_water", "symptom": "empty"}]}
    )

    equipment: Equipment
    symptom: Symptom


class ReportFault(FaultSeen):
    """What was seen, under the number that its reporter gets."""

    fault: FaultId


class FaultCommand(StationCommand):
    """Asked about one fault of a station."""

    fault: FaultId


class ConfirmFault(FaultCommand):
    """确认报修: the host has looked, and it is so. The clock of the repair runs from that day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"station": "s-330110-001", "fault": "f-7f3k9a2c", "confirmed_on": "2025-05-16"}]
        }
    )

    confirmed_on: Day


class DismissFault(FaultCommand):
    """不属故障: the host has looked, and there is none, or it is known already."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "station": "s-330110-001",
                    "fault": "f-7f3k9a2c",
                    "reason": "known_already",
                    "dismissed_on": "2025-05-16",
                }
            ]
        }
    )

    reason: DismissalReason
    dismissed_on: Day


class RepairFault(FaultCommand):
    """修复: enter the repair. One made in time and entered late is in time."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"station": "s-330110-001", "fault": "f-7f3k9a2c", "repaired_on": "2025-05-19"}]
        }
    )

    repaired_on: Day


class MarkFaultOverdue(FaultCommand):
    """Given by a deadline of repair: it isn't repaired by the end of `due_on`."""

    due_on: Day


class MoveRepairDue(FaultCommand):
    """Given by a deadline of repair: the working-day arrangement that its due day hung on has come out."""


class DropFault(FaultCommand):
    """Given by a policy: the equipment was taken away."""

    dropped_on: Day
