"""What a station has (驿站设施)."""

from pydantic import ConfigDict

from contracts.stations import Equipment
from contracts.vocabulary import Day
from services.stations.commands.stations import StationCommand


class InstallEquipment(StationCommand):
    """配备设施: the station has it from that day on."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"station": "s-330110-001", "equipment": "drinking_water", "installed_on": "2025-04-01"}]
        }
    )

    equipment: Equipment
    installed_on: Day


class RemoveEquipment(StationCommand):
    """撤除设施: the station has it no more; faults of it that were confirmed are dropped."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"station": "s-330110-001", "equipment": "television", "removed_on": "2025-06-16"}]
        }
    )

    equipment: Equipment
    removed_on: Day


class RetireEquipment(StationCommand):
    """Given by a policy: the station is closed for good, and what it has goes with it."""

    closed_on: Day
