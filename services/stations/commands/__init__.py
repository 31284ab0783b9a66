"""What officers, hosts, workers, deadlines and policies ask of this service (programme 2, docs/domain.md)."""

from services.stations.commands.towns import CountOutdoorWorkers, DelistTown, ListTown, TownCommand

__all__ = ["CountOutdoorWorkers", "DelistTown", "ListTown", "TownCommand"]
