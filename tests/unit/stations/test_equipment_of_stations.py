from datetime import date

import pytest

from contracts.stations import Equipment, EquipmentRemoved
from services.stations.commands import InstallEquipment, RemoveEquipment, RetireEquipment
from tests.support.faults import (
    A_DAY,
    FAULT,
    REMOVED,
    WATER,
    a_confirmed_fault,
    a_repaired_fault,
    an_equipped_room,
    installed,
    taken_away,
)
from tests.support.stations import CLOSED, OPENED, ROOM, TODAY, YUHANG, a_closed_room, an_open_room, given


def install(on: date = OPENED) -> InstallEquipment:
    return InstallEquipment(station=ROOM, equipment=WATER, installed_on=on)


def remove(on: date = REMOVED) -> RemoveEquipment:
    return RemoveEquipment(station=ROOM, equipment=WATER, removed_on=on)


def test_a_station_gets_something_once() -> None:
    given(*an_open_room()).when(install()).then(installed())
    given(*an_equipped_room()).when(install()).nothing_new()
    given(*an_equipped_room()).when(install(OPENED + A_DAY)).refused(
        "installed_already", "equipment", installed_on=OPENED
    )
    given(*an_open_room()).when(install(TODAY + A_DAY)).refused("in_the_future", "installed_on")


def test_it_needs_a_station_that_is_not_closed() -> None:
    given().when(install()).refused("station_unknown", "station")
    given(*a_closed_room()).when(install()).refused("station_closed", "station")


def test_what_is_there_is_taken_away_and_may_come_back() -> None:
    given(*an_equipped_room()).when(remove()).then(taken_away())
    gone = (*an_equipped_room(), taken_away())
    given(*gone).when(remove()).nothing_new()
    given(*gone).when(remove(REMOVED + A_DAY)).refused("equipment_absent", "equipment")
    given(*gone).when(install(REMOVED)).then(installed(on=REMOVED))
    given(*gone).when(install(REMOVED - A_DAY)).refused("installed_before_removed", "installed_on", removed_on=REMOVED)


def test_nothing_is_taken_away_before_it_came() -> None:
    given(*an_equipped_room()).when(remove(OPENED - A_DAY)).refused(
        "removed_before_installed", "removed_on", installed_on=OPENED
    )
    given(*an_open_room()).when(remove()).refused("equipment_absent", "equipment")
    given(*an_equipped_room()).when(remove(TODAY + A_DAY)).refused("in_the_future", "removed_on")


def test_its_confirmed_faults_go_with_it() -> None:
    given(*a_confirmed_fault()).when(remove()).then(taken_away(FAULT))
    given(*a_repaired_fault()).when(remove()).then(taken_away())


def test_a_station_that_closes_takes_along_what_it_has() -> None:
    chairs = installed(Equipment.SEATING)
    gone = EquipmentRemoved(station=ROOM, equipment=Equipment.SEATING, removed_on=CLOSED)
    retire = RetireEquipment(station=ROOM, closed_on=CLOSED)
    given(*a_confirmed_fault(), chairs).when(retire).then(taken_away(FAULT, on=CLOSED), gone)
    given(*an_equipped_room(), taken_away()).when(retire).nothing_new()
    late = CLOSED + A_DAY
    given(*an_open_room(), installed(on=late)).when(retire).then(taken_away(on=late))


@pytest.mark.parametrize("command", [install(), remove()])
def test_it_is_a_matter_of_the_stations_union(command: InstallEquipment | RemoveEquipment) -> None:
    assert given(*an_equipped_room()).when(command).owner() == YUHANG
