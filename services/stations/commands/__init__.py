"""What officers, hosts, workers, deadlines and policies ask of this service (programme 2, docs/domain.md)."""

from services.stations.commands.hosts import NameHost
from services.stations.commands.hours import SetOpeningHours
from services.stations.commands.placements import PlaceCabin, RemoveCabin
from services.stations.commands.services import (
    BookTicket,
    CancelService,
    CountService,
    ForgetTickets,
    PlanService,
    ReturnTicket,
    ServiceCommand,
)
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
from services.stations.commands.targets import SetStationTarget
from services.stations.commands.towns import CountOutdoorWorkers, DelistTown, ListTown, TownCommand

__all__ = [
    "BookTicket",
    "CancelService",
    "CloseStation",
    "CountOutdoorWorkers",
    "CountService",
    "DelistTown",
    "DescribeStation",
    "EndSuspension",
    "ForgetTickets",
    "ListTown",
    "NameHost",
    "OpenStation",
    "PlaceCabin",
    "PlanService",
    "PlanStation",
    "RemoveCabin",
    "ResumeStation",
    "ReturnTicket",
    "ServiceCommand",
    "SetOpeningHours",
    "SetStationTarget",
    "StationCommand",
    "SuspendStation",
    "TownCommand",
]
