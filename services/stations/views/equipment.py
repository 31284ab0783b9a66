"""What each station has, and whether it works (驿站设施): one row for each kind."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.stations import (
    Equipment,
    EquipmentBroken,
    EquipmentEvent,
    EquipmentInstalled,
    EquipmentRemoved,
    EquipmentRepaired,
)
from eventing.fold import Fold, replace


class EquipmentState(StrEnum):
    """Whether it is of use to whoever comes in."""

    WORKS = "works"
    BROKEN = "broken"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """One kind of equipment at one station, as it is now."""

    piece: str
    """Station and kind: `s-330110-001/drinking_water`."""
    station: str
    equipment: Equipment
    installed_on: date
    state: EquipmentState = EquipmentState.WORKS
    broken_since: date | None = None
    """Since when the first of its faults was seen."""
    faults: tuple[str, ...] = ()
    """The confirmed ones that wait for their repair."""
    repaired_on: date | None = None
    """Since when it works again."""
    removed_on: date | None = None


def _key(event: EquipmentEvent) -> str:
    return f"{event.station}/{event.equipment}"


def _apply(row: EquipmentRow | None, event: EquipmentEvent) -> EquipmentRow:
    if isinstance(event, EquipmentInstalled):
        return EquipmentRow(_key(event), event.station, event.equipment, event.installed_on)
    assert row is not None, "what breaks or goes was installed"
    match event:
        case EquipmentBroken():
            since = min(event.broken_since, row.broken_since or event.broken_since)
            return replace(row, state=EquipmentState.BROKEN, broken_since=since, faults=(*row.faults, event.fault))
        case EquipmentRepaired():
            left = tuple(fault for fault in row.faults if fault != event.fault)
            if left:
                return replace(row, faults=left)
            return replace(row, state=EquipmentState.WORKS, broken_since=None, faults=(), repaired_on=event.repaired_on)
        case EquipmentRemoved():
            return replace(row, state=EquipmentState.REMOVED, broken_since=None, faults=(), removed_on=event.removed_on)
        case _:
            raise AssertionError(type(event))


EQUIPMENT = Fold(
    name="equipment",
    row=EquipmentRow,
    events=(EquipmentInstalled, EquipmentRemoved, EquipmentBroken, EquipmentRepaired),
    key=_key,
    apply=_apply,
    indexes=(("station",),),
)
