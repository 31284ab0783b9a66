"""Reported without login, repaired in time. Water is repaired within one working day; 16 May 2025 is a Friday."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from contracts.calendar import WorkingCalendar
from contracts.event import Event
from contracts.stations import DismissalReason, Equipment, EquipmentInstalled, FaultDueMoved, FaultReported, Symptom
from services.stations.commands import (
    ConfirmFault,
    DismissFault,
    DropFault,
    MarkFaultOverdue,
    MoveRepairDue,
    RepairFault,
    ReportFault,
)
from services.stations.decider.faults import DECISIONS
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
    confirmed,
    dismissed,
    dropped,
    installed,
    overdue,
    repaired,
    reported,
    taken_away,
    works,
)
from tests.support.given import noon
from tests.support.stations import CABIN, OPENED, ROOM, TODAY, YUHANG, a_closed_room, an_open_room, closed, given

LATE = DUE + A_DAY


def report(fault: str = FAULT, symptom: Symptom = Symptom.EMPTY, equipment: Equipment = WATER) -> ReportFault:
    return ReportFault(fault=fault, station=ROOM, equipment=equipment, symptom=symptom)


def confirm(fault: str = FAULT, on: date = CONFIRMED, station: str = ROOM) -> ConfirmFault:
    return ConfirmFault(station=station, fault=fault, confirmed_on=on)


def dismiss(on: date = CONFIRMED, reason: DismissalReason = DismissalReason.WORKS) -> DismissFault:
    return DismissFault(station=ROOM, fault=FAULT, reason=reason, dismissed_on=on)


def repair(on: date = DUE) -> RepairFault:
    return RepairFault(station=ROOM, fault=FAULT, repaired_on=on)


def not_repaired() -> MarkFaultOverdue:
    return MarkFaultOverdue(station=ROOM, fault=FAULT, due_on=DUE)


MOVE = MoveRepairDue(station=ROOM, fault=FAULT)
DROP = DropFault(station=ROOM, fault=FAULT, dropped_on=REMOVED)
AN_OVERDUE_FAULT = (*a_confirmed_fault(), overdue())
A_DISMISSED_FAULT = (*a_reported_fault(), dismissed())
A_DROPPED_FAULT = (*a_confirmed_fault(), taken_away(FAULT), dropped())


def test_anybody_reports_what_they_see_today() -> None:
    given(*an_equipped_room()).when(report(), on=REPORTED).then(reported())


def test_a_report_says_nothing_of_who_made_it() -> None:
    assert set(FaultReported.model_fields) == {"fault", "station", "equipment", "symptom", "reported_on"}


def test_what_the_station_does_not_have_has_no_fault() -> None:
    given(*an_open_room()).when(report()).refused("equipment_absent", "equipment", equipment=WATER)
    given(*an_equipped_room(), taken_away()).when(report()).refused("equipment_absent", "equipment")
    given().when(report()).refused("station_unknown", "station")
    given(*a_closed_room()).when(report()).refused("station_closed", "station")


def test_the_same_report_sent_again_is_nothing_new() -> None:
    given(*a_reported_fault()).when(report()).nothing_new()
    given(*a_confirmed_fault()).when(report()).nothing_new()
    given(*a_reported_fault()).when(report(symptom=Symptom.UNSAFE)).refused("fault_number_taken", "fault")


def test_the_same_fault_that_is_confirmed_is_told_and_not_doubled() -> None:
    given(*a_confirmed_fault()).when(report(OTHER_FAULT)).refused(
        "fault_known", "equipment", fault=FAULT, since=REPORTED
    )
    given(*a_confirmed_fault()).when(report(OTHER_FAULT, Symptom.UNSAFE)).then(...)
    given(*a_reported_fault()).when(report(OTHER_FAULT)).then(...)
    given(*a_repaired_fault()).when(report(OTHER_FAULT)).then(...)


def test_the_host_confirms_and_it_is_due_by_working_days_of_its_kind() -> None:
    """Mechanism: from a Friday one working day leads to the Monday."""
    given(*a_reported_fault()).when(confirm()).then(confirmed(), broken())


@pytest.mark.parametrize(
    ("equipment", "due"),
    [
        (Equipment.FIRST_AID, date(2025, 5, 19)),
        (Equipment.MICROWAVE, date(2025, 5, 21)),
        (Equipment.REFRIGERATOR, date(2025, 5, 23)),
        (Equipment.TELEVISION, date(2025, 5, 30)),
    ],
)
def test_each_kind_has_its_own_time(equipment: Equipment, due: date) -> None:
    there = EquipmentInstalled(station=ROOM, equipment=equipment, installed_on=OPENED)
    seen = reported().model_copy(update={"equipment": equipment})
    (event, _) = given(*an_open_room(), there, seen).when(confirm()).decide()
    assert event == confirmed(due=due).model_copy(update={"equipment": equipment})


def test_it_is_confirmed_once() -> None:
    for history in (a_confirmed_fault(), AN_OVERDUE_FAULT, a_repaired_fault(), A_DROPPED_FAULT):
        given(*history).when(confirm()).nothing_new()
        given(*history).when(confirm(on=DUE)).refused("confirmed_already", "confirmed_on", confirmed_on=CONFIRMED)
    given(*A_DISMISSED_FAULT).when(confirm()).refused("fault_dismissed", "fault", dismissed_on=CONFIRMED)


def test_two_reports_of_the_same_fault_are_not_both_confirmed() -> None:
    twice = (*a_confirmed_fault(), reported(OTHER_FAULT))
    given(*twice).when(confirm(OTHER_FAULT)).refused("same_fault_confirmed", "fault", fault=FAULT)
    other = (*a_confirmed_fault(), reported(OTHER_FAULT, Symptom.UNSAFE))
    given(*other).when(confirm(OTHER_FAULT)).then(confirmed(OTHER_FAULT), broken(OTHER_FAULT, Symptom.UNSAFE))


def test_nobody_looks_before_it_was_reported_nor_in_the_future() -> None:
    early, late = REPORTED - A_DAY, TODAY + A_DAY
    history = a_reported_fault()
    given(*history).when(confirm(on=early)).refused("looked_before_reported", "confirmed_on", reported_on=REPORTED)
    given(*history).when(dismiss(on=early)).refused("looked_before_reported", "dismissed_on", reported_on=REPORTED)
    given(*history).when(confirm(on=late)).refused("in_the_future", "confirmed_on")
    given(*history).when(dismiss(on=late)).refused("in_the_future", "dismissed_on")


def test_what_was_taken_away_or_closed_meanwhile_is_not_confirmed() -> None:
    given(*a_reported_fault(), taken_away()).when(confirm()).refused("equipment_absent", "equipment")
    given(*a_reported_fault(), closed(ROOM, None)).when(confirm()).refused("station_closed", "station")


@pytest.mark.parametrize("command", [confirm(), dismiss(), repair(), not_repaired(), MOVE, DROP])
def test_a_number_that_nobody_has_or_of_another_station_is_not_found(command: ConfirmFault) -> None:
    given(*an_equipped_room()).when(command).refused("fault_unknown", "fault", fault=FAULT)
    elsewhere = command.model_copy(update={"station": CABIN})
    given(*a_reported_fault()).when(elsewhere).refused("fault_unknown", "fault", fault=FAULT)


def test_the_host_finds_no_fault() -> None:
    given(*a_reported_fault()).when(dismiss()).then(dismissed())
    given(*A_DISMISSED_FAULT).when(dismiss()).nothing_new()
    given(*A_DISMISSED_FAULT).when(dismiss(reason=DismissalReason.KNOWN_ALREADY)).refused("fault_dismissed", "fault")
    given(*a_confirmed_fault()).when(dismiss()).refused("confirmed_already", "fault", confirmed_on=CONFIRMED)


@pytest.mark.parametrize("on", [REPORTED, DUE, LATE])
def test_it_is_repaired_in_time_or_late_by_its_day(on: date) -> None:
    given(*a_confirmed_fault()).when(repair(on)).then(repaired(on), works(on=on))
    given(*AN_OVERDUE_FAULT).when(repair(on)).then(repaired(on), works(on=on))


def test_it_works_again_after_its_last_fault() -> None:
    two = (*a_confirmed_fault(), reported(OTHER_FAULT, Symptom.UNSAFE), confirmed(OTHER_FAULT))
    both = (*two, broken(OTHER_FAULT, Symptom.UNSAFE))
    given(*both, repaired(), works()).when(report("f-9z9z9z9z", Symptom.UNSAFE)).refused("fault_known", "equipment")
    given(*both, repaired(), works()).when(report("f-9z9z9z9z")).then(...)


def test_a_repair_is_of_what_was_confirmed_and_entered_once() -> None:
    given(*a_reported_fault()).when(repair()).refused("not_confirmed", "fault")
    given(*A_DISMISSED_FAULT).when(repair()).refused("fault_dismissed", "fault")
    given(*A_DROPPED_FAULT).when(repair()).refused("fault_dropped", "fault", dropped_on=REMOVED)
    given(*a_repaired_fault()).when(repair()).nothing_new()
    given(*a_repaired_fault()).when(repair(LATE)).refused("repaired_already", "repaired_on", repaired_on=DUE)
    given(*a_confirmed_fault()).when(repair(REPORTED - A_DAY)).refused("repaired_before_reported", "repaired_on")
    given(*a_confirmed_fault()).when(repair(TODAY + A_DAY)).refused("in_the_future", "repaired_on")


def test_a_repair_entered_after_the_equipment_went_changes_the_equipment_no_more() -> None:
    given(*a_confirmed_fault(), taken_away(FAULT)).when(repair()).then(repaired())
    successor = (taken_away(FAULT), installed(on=REMOVED), broken(OTHER_FAULT, since=REMOVED))
    given(*a_confirmed_fault(), *successor).when(repair()).then(repaired())


def test_after_its_day_the_union_next_up_is_told() -> None:
    given(*a_confirmed_fault()).when(not_repaired(), on=LATE).then(overdue())
    given(*a_confirmed_fault()).when(not_repaired(), on=DUE).refused("not_due_yet", "due_on", due_on=DUE)


@pytest.mark.parametrize(
    "history", [a_reported_fault(), AN_OVERDUE_FAULT, a_repaired_fault(), A_DISMISSED_FAULT, A_DROPPED_FAULT]
)
def test_a_clock_that_runs_out_when_nobody_waits_changes_nothing(history: tuple[Event, ...]) -> None:
    given(*history).when(not_repaired(), on=LATE).nothing_new()
    given(*history).when(MOVE).nothing_new()


def test_the_due_day_moves_when_the_years_arrangement_is_out() -> None:
    thursday, friday, monday = date(2199, 1, 3), date(2199, 1, 4), date(2199, 1, 7)
    before = (*an_equipped_room(), reported(on=thursday))
    provisional = confirmed(on=thursday, due=friday, provisional=True)
    given(*before).when(confirm(on=thursday), on=thursday).then(provisional, broken(since=thursday))
    history = (*before, provisional, broken(since=thursday))
    given(*history).when(MOVE, on=friday).nothing_new()
    out = WorkingCalendar({friday: False}, official_years=frozenset({2199}))
    (decision,) = (each for each in DECISIONS if MoveRepairDue in each.commands)

    def decided(*history: Event) -> Sequence[Event]:
        moment = replace(noon(friday), calendar=out)
        return decision.decide(MOVE, *given(*history).states(MOVE), moment)

    moved = FaultDueMoved(fault=FAULT, station=ROOM, equipment=WATER, repair_due_on=monday, provisional=False)
    assert decided(*history) == [moved]
    assert decided(*history, moved) == []


def test_what_was_taken_away_is_repaired_by_nobody() -> None:
    given(*a_confirmed_fault()).when(DROP).then(dropped())
    given(*AN_OVERDUE_FAULT).when(DROP).then(dropped())
    given(*a_repaired_fault()).when(DROP).nothing_new()


def test_faults_are_a_matter_of_the_stations_union() -> None:
    for command in (report(), confirm(), dismiss(), repair(), not_repaired(), MOVE, DROP):
        assert given(*a_confirmed_fault()).when(command).owner() == YUHANG
