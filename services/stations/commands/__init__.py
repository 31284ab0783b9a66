"""What officers, hosts, workers, deadlines and policies ask of this service (programme 2, docs/domain.md)."""

from services.stations.commands.hours import SetOpeningHours
from services.stations.commands.placements import PlaceCabin, RemoveCabin
from services.stations.commands.stations import (
    CloseStation,
    DescribeStation,
    EndSuspension,
    OpenStation,
    PlanStation,
    ResumeStation,
    StationCommand,
    SuspendStation,
)
from services.stations.commands.towns import CountOutdoorWorkers, DelistTown, ListTown, TownCommand

__all__ = [
    "CloseStation",
    "CountOutdoorWorkers",
    "DelistTown",
    "DescribeStation",
    "EndSuspension",
    "ListTown",
    "OpenStation",
    "PlaceCabin",
    "PlanStation",
    "RemoveCabin",
    "ResumeStation",
    "SetOpeningHours",
    "StationCommand",
    "SuspendStation",
    "TownCommand",
]
