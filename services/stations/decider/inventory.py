"""What a station has: for each kind of equipment, whether it works, is broken, or was taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from contracts.stations import (
    Equipment,
    EquipmentBroken,
    EquipmentEvent,
    EquipmentInstalled,
    EquipmentRemoved,
    EquipmentRepaired,
    Symptom,
)
from eventing.decision import StreamKind
from eventing.refusal import Refused


@dataclass(frozen=True, slots=True)
class Works:
    """It is there, and no fault of it is confirmed."""

    installed_on: date


@dataclass(frozen=True, slots=True)
class Broken:
    """Confirmed faults wait for their repair; it works again after the last one."""

    installed_on: date
    faults: tuple[EquipmentBroken, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """It was there."""

    installed_on: date
    removed_on: date


Piece = Works | Broken | Removed
Inventory = Mapping[Equipment, Piece]
"""A kind that isn't in it was never there."""


def evolve(inventory: Inventory, event: EquipmentEvent) -> Inventory:
    return {**inventory, event.equipment: _evolve(inventory.get(event.equipment), event)}


def _evolve(piece: Piece | None, event: EquipmentEvent) -> Piece:
    match piece, event:
        case None | Removed(), EquipmentInstalled():
            return Works(event.installed_on)
        case Works(since) | Broken(since), EquipmentRemoved():
            return Removed(since, event.removed_on)
        case Works(since), EquipmentBroken():
            return Broken(since, (event,))
        case Broken(since, faults), EquipmentBroken():
            return Broken(since, (*faults, event))
        case Broken(since, faults), EquipmentRepaired() if any(each.fault == event.fault for each in faults):
            left = tuple(each for each in faults if each.fault != event.fault)
            return Broken(since, left) if left else Works(since)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {piece}")


INVENTORY: StreamKind[Inventory] = StreamKind("equipment", {}, evolve)


def present(station: str, equipment: Equipment, inventory: Inventory) -> Works | Broken:
    """The piece that is there. Raises `Refused`."""
    piece = inventory.get(equipment)
    if piece is None or isinstance(piece, Removed):
        raise Refused("equipment_absent", "equipment", station=station, equipment=equipment)
    return piece


def known(piece: Piece, symptom: Symptom) -> EquipmentBroken | None:
    """The confirmed fault of that kind that waits for its repair."""
    if not isinstance(piece, Broken):
        return None
    return next((each for each in piece.faults if each.symptom is symptom), None)
