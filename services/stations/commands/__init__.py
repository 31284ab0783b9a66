"""What officers, hosts, workers, deadlines and policies ask of this service (programme 2, docs/domain.md)."""

from services.stations.commands.equipment import InstallEquipment, RemoveEquipment, RetireEquipment
from services.stations.commands.faults import (
    ConfirmFault,
    DismissFault,
    DropFault,
    FaultCommand,
    FaultSeen,
    MarkFaultOverdue,
    MoveRepairDue,
    RepairFault,
    ReportFault,
)
from services.stations.commands.hosts import NameHost
from services.stations.commands.hours import SetOpeningHours
from services.stations.commands.inspections import InspectStation
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
from services.stations.commands.titles import GrantTitle, WithdrawTitle
from services.stations.commands.towns import CountOutdoorWorkers, DelistTown, ListTown, TownCommand
from services.stations.commands.visits import CountVisits

__all__ = [
    "BookTicket",
    "CancelService",
    "CloseStation",
    "ConfirmFault",
    "CountOutdoorWorkers",
    "CountService",
    "CountVisits",
    "DelistTown",
    "DescribeStation",
    "DismissFault",
    "DropFault",
    "EndSuspension",
    "FaultCommand",
    "FaultSeen",
    "ForgetTickets",
    "GrantTitle",
    "InspectStation",
    "InstallEquipment",
    "ListTown",
    "MarkFaultOverdue",
    "MoveRepairDue",
    "NameHost",
    "OpenStation",
    "PlaceCabin",
    "PlanService",
    "PlanStation",
    "RemoveCabin",
    "RemoveEquipment",
    "RepairFault",
    "ReportFault",
    "ResumeStation",
    "RetireEquipment",
    "ReturnTicket",
    "ServiceCommand",
    "SetOpeningHours",
    "SetStationTarget",
    "StationCommand",
    "SuspendStation",
    "TownCommand",
    "WithdrawTitle",
]
