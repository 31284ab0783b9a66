"""What may come into a station, and leave it? (驿站设施; docs/domain.md 2, 'Equipment')"""

from collections.abc import Sequence

from contracts.stations import EquipmentEvent, EquipmentInstalled, EquipmentRemoved
from eventing.dates import must_have_happened
from eventing.decision import Decision, StreamRef
from eventing.moment import Moment
from eventing.refusal import Refused
from services.stations.commands import InstallEquipment, RemoveEquipment, RetireEquipment, StationCommand
from services.stations.decider.inventory import INVENTORY, Broken, Inventory, Removed, Works, present
from services.stations.decider.station import STATION, Closed, Station, Unknown, closed, union_of, unknown


def install(
    command: InstallEquipment, inventory: Inventory, station: Station, moment: Moment
) -> Sequence[EquipmentEvent]:
    match inventory.get(command.equipment):
        case Works(since) | Broken(since) if since == command.installed_on:
            return []
        case Works(since) | Broken(since):
            raise Refused("installed_already", "equipment", equipment=command.equipment, installed_on=since)
        case Removed(_, removed_on) if command.installed_on < removed_on:
            raise Refused("installed_before_removed", "installed_on", removed_on=removed_on)
        case _:
            must_not_be_closed(command, station)
            must_have_happened(command.installed_on, "installed_on", moment)
            return [
                EquipmentInstalled(
                    station=command.station, equipment=command.equipment, installed_on=command.installed_on
                )
            ]


def remove(
    command: RemoveEquipment, inventory: Inventory, station: Station, moment: Moment
) -> Sequence[EquipmentEvent]:
    match inventory.get(command.equipment):
        case Removed(_, removed_on) if removed_on == command.removed_on:
            return []
        case _:
            must_not_be_closed(command, station)
            must_have_happened(command.removed_on, "removed_on", moment)
            piece = present(command.station, command.equipment, inventory)
            if command.removed_on < piece.installed_on:
                raise Refused("removed_before_installed", "removed_on", installed_on=piece.installed_on)
            return [
                EquipmentRemoved(
                    station=command.station,
                    equipment=command.equipment,
                    removed_on=command.removed_on,
                    faults=_faults(piece),
                )
            ]


def retire(command: RetireEquipment, inventory: Inventory, _: Station, __: Moment) -> Sequence[EquipmentEvent]:
    return [
        EquipmentRemoved(
            station=command.station,
            equipment=equipment,
            removed_on=max(command.closed_on, piece.installed_on),
            faults=_faults(piece),
        )
        for equipment, piece in inventory.items()
        if not isinstance(piece, Removed)
    ]


def must_not_be_closed(command: StationCommand, station: Station) -> None:
    """The station is known and not closed for good. Raises `Refused`."""
    match station:
        case Unknown():
            raise unknown(command.station)
        case Closed():
            raise closed(station)


def owner(_: StationCommand, __: Inventory, station: Station) -> str | None:
    return union_of(station)


def _faults(piece: Works | Broken) -> tuple[str, ...]:
    return tuple(each.fault for each in piece.faults) if isinstance(piece, Broken) else ()


def _equipment(command: StationCommand) -> tuple[StreamRef, ...]:
    """The station's own stream is only read."""
    return INVENTORY.of(command.station), STATION.of(command.station)


DECISIONS = (
    Decision((InstallEquipment,), _equipment, install, owner),
    Decision((RemoveEquipment,), _equipment, remove, owner),
    Decision((RetireEquipment,), _equipment, retire, owner),
)
