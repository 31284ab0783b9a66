"""The clocks of repairs, and what follows when equipment goes."""

from datetime import date

import pytest

from contracts import calendar
from contracts.event import Event
from contracts.stations import Equipment
from eventing.deadlines import Start
from eventing.decision import Command
from services.stations.commands import DropFault, MarkFaultOverdue, MoveRepairDue, RetireEquipment
from services.stations.policies import DEADLINES, POLICIES
from tests.support.faults import (
    CONFIRMED,
    DUE,
    FAULT,
    OTHER_FAULT,
    REMOVED,
    confirmed,
    dismissed,
    dropped,
    overdue,
    repaired,
    reported,
    taken_away,
)
from tests.support.stations import CLOSED, ROOM, TOWN, closed

CLOCKS = {deadline.name: deadline for deadline in DEADLINES}
WATERS = CLOCKS["repair-drinking_water"]
SUBJECT = f"{ROOM}/{FAULT}"


def reactions(event: Event) -> list[Command]:
    return [
        command
        for policy in POLICIES["stations"]
        if isinstance(event, policy.on) and policy.when(event)
        for command in policy.then(event)
    ]


def test_there_is_a_clock_for_each_kind() -> None:
    assert CLOCKS.keys() >= {f"repair-{equipment}" for equipment in Equipment}


def test_the_clock_runs_from_the_confirmation_and_is_due_as_the_event_says() -> None:
    assert WATERS.opens(confirmed()) == Start(SUBJECT, CONFIRMED)
    assert WATERS.rule.due(CONFIRMED, calendar.load()).on == DUE
    for name, clock in CLOCKS.items():
        assert clock is WATERS or clock.opens(confirmed()) is None, name


@pytest.mark.parametrize("event", [repaired(), dropped()])
def test_it_stops_when_it_is_repaired_or_dropped(event: Event) -> None:
    assert WATERS.closes(event) == SUBJECT
    assert CLOCKS["repair-television"].closes(event) is None


@pytest.mark.parametrize("event", [reported(), dismissed(), overdue()])
def test_nothing_else_starts_or_stops_it(event: Event) -> None:
    assert WATERS.opens(event) is None
    assert WATERS.closes(event) is None


def test_when_it_runs_out_or_its_day_moves_the_fault_is_named_with_its_station() -> None:
    assert WATERS.then(SUBJECT, DUE) == MarkFaultOverdue(station=ROOM, fault=FAULT, due_on=DUE)
    assert WATERS.moved is not None
    assert WATERS.moved(SUBJECT, date(2025, 5, 20)) == MoveRepairDue(station=ROOM, fault=FAULT)


def test_a_closed_station_loses_what_it_has_and_that_its_faults() -> None:
    assert reactions(closed(ROOM, TOWN)) == [RetireEquipment(station=ROOM, closed_on=CLOSED)]
    assert reactions(taken_away(FAULT, OTHER_FAULT)) == [
        DropFault(station=ROOM, fault=fault, dropped_on=REMOVED) for fault in (FAULT, OTHER_FAULT)
    ]
    assert reactions(taken_away()) == []
