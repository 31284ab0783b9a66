from typing import Any

import pytest

from contracts.event import Event
from contracts.stations import DismissalReason, FaultDueMoved, Symptom
from eventing.fold import Fold, fold_in_memory
from services.stations.api.faults import number_of
from services.stations.commands import RepairFault
from services.stations.ledgers.faults import FAULTS as LEDGER
from services.stations.queries.faults import FaultListed
from services.stations.views.equipment import EQUIPMENT, EquipmentState
from services.stations.views.faults import FAULTS, FaultState
from tests.support.faults import (
    A_DAY,
    CONFIRMED,
    DUE,
    FAULT,
    OTHER_FAULT,
    REMOVED,
    REPORTED,
    WATER,
    a_confirmed_fault,
    a_repaired_fault,
    a_reported_fault,
    an_equipped_room,
    broken,
    dismissed,
    dropped,
    overdue,
    repaired,
    taken_away,
    works,
)
from tests.support.stations import HANGZHOU, ROOM


def the_row(fold: Fold, *events: Event) -> Any:
    rows, _ = fold_in_memory(fold, events)
    (row,) = rows.values()
    return row


def test_a_fault_is_followed_from_report_to_repair() -> None:
    row = the_row(FAULTS, *a_reported_fault())
    assert (row.state, row.reported_on, row.due_on, row.late) == (FaultState.REPORTED, REPORTED, None, None)
    row = the_row(FAULTS, *a_confirmed_fault())
    assert (row.state, row.confirmed_on, row.due_on, row.overdue) == (FaultState.CONFIRMED, CONFIRMED, DUE, False)
    row = the_row(FAULTS, *a_confirmed_fault(), overdue())
    assert (row.state, row.overdue, row.told) == (FaultState.CONFIRMED, True, HANGZHOU)
    row = the_row(FAULTS, *a_confirmed_fault(), overdue(), repaired(DUE + A_DAY))
    assert (row.state, row.overdue, row.late) == (FaultState.REPAIRED, False, True)


def test_one_repaired_in_time_and_entered_late_was_in_time() -> None:
    row = the_row(FAULTS, *a_confirmed_fault(), overdue(), repaired(DUE))
    assert (row.overdue, row.late) == (False, False)


def test_a_fault_ends_otherwise() -> None:
    row = the_row(FAULTS, *a_reported_fault(), dismissed())
    assert (row.state, row.dismissed_for) == (FaultState.DISMISSED, DismissalReason.WORKS)
    row = the_row(FAULTS, *a_confirmed_fault(), overdue(), dropped())
    assert (row.state, row.overdue, row.dropped_on) == (FaultState.DROPPED, False, REMOVED)


def test_its_due_day_moves() -> None:
    moved = FaultDueMoved(fault=FAULT, station=ROOM, equipment=WATER, repair_due_on=DUE + A_DAY, provisional=False)
    assert the_row(FAULTS, *a_confirmed_fault(), moved).due_on == DUE + A_DAY


def test_equipment_works_is_broken_since_and_works_again() -> None:
    row = the_row(EQUIPMENT, *an_equipped_room())
    assert (row.state, row.broken_since) == (EquipmentState.WORKS, None)
    row = the_row(EQUIPMENT, *a_confirmed_fault())
    assert (row.state, row.broken_since, row.faults) == (EquipmentState.BROKEN, REPORTED, (FAULT,))
    row = the_row(EQUIPMENT, *a_repaired_fault())
    assert (row.state, row.broken_since, row.repaired_on) == (EquipmentState.WORKS, None, DUE)
    row = the_row(EQUIPMENT, *a_confirmed_fault(), taken_away(FAULT))
    assert (row.state, row.faults, row.removed_on) == (EquipmentState.REMOVED, (), REMOVED)


def test_it_works_after_the_last_of_its_faults() -> None:
    both = (*a_confirmed_fault(), broken(OTHER_FAULT, Symptom.UNSAFE, REPORTED - A_DAY))
    assert the_row(EQUIPMENT, *both).broken_since == REPORTED - A_DAY
    row = the_row(EQUIPMENT, *both, works())
    assert (row.state, row.faults) == (EquipmentState.BROKEN, (OTHER_FAULT,))


def test_a_report_sent_again_under_its_key_has_the_same_number() -> None:
    """Mechanism: the number is the key's digest, so that it is also no running one that others could count on from."""
    assert number_of("a-key") == number_of("a-key") != number_of("b-key")
    RepairFault(station=ROOM, fault=number_of("a-key"), repaired_on=DUE)  # the contract's pattern


@pytest.mark.parametrize("column", [*LEDGER.columns, *LEDGER.also], ids=lambda column: column.name)
def test_every_column_of_the_ledger_is_in_the_exported_list(column: Any) -> None:
    assert (column.shown or column.name) in FaultListed.__dataclass_fields__


def test_the_ledger_asks_for_all_that_a_repair_needs() -> None:
    needed = {name for name, field in RepairFault.model_fields.items() if field.is_required()}
    assert needed == {column.name for column in LEDGER.columns}
