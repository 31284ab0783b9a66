"""What each thing on the board of stations is on each day, whatever the order of entry."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.event import Event
from contracts.stations import (
    Equipment,
    FaultConfirmed,
    FaultDropped,
    FaultRepaired,
    FaultReported,
    StationResumed,
    Symptom,
    TownDelisted,
    VisitsCounted,
)
from eventing.fold import fold_in_memory
from services.projection.stations_board import STATIONS_BOARD, CountedRow
from tests.support import station_recount
from tests.support.station_lives import FIRST, LAST, Chain, chains, merged, stations
from tests.support.stations import (
    CLOSED,
    OPENED,
    PLANNED,
    RESUMES,
    ROOM,
    SUSPENDED,
    TOWN,
    a_listed_town,
    a_planned_room,
    a_suspended_room,
    an_open_room,
    closed,
    suspended,
)

ANY_DAY = st.dates(FIRST - timedelta(days=2), LAST + timedelta(days=30))


def rows_of(history: Sequence[Event]) -> dict[str, CountedRow]:
    return fold_in_memory(STATIONS_BOARD, history)[0]


@given(chains().flatmap(lambda history: st.tuples(merged(history), merged(history))))
def test_any_order_of_entries_gives_the_same_rows(orders: tuple[list[Event], list[Event]]) -> None:
    """Mechanism: each row has one stream; facts are kept by their days, and the days follow from all of them."""
    one, other = orders
    assert rows_of(one) == rows_of(other)


@given(stations("330110", 1), ANY_DAY)
def test_a_station_is_on_any_day_what_a_plain_recount_says(life: Chain, day: date) -> None:
    row = rows_of(life)["s-330110-001"]
    at = sum(each <= day for each in row.days)
    told = (row.states[at - 1] or None, row.towns[at - 1] or None) if at else (None, None)
    assert told == station_recount.station(life, day)


def test_a_plan_that_has_ended_counts_no_more_and_is_no_closed_station() -> None:
    a_room, ended = a_planned_room(), closed(ROOM, TOWN, opened=False)
    row = rows_of([*a_room, ended])[ROOM]
    assert (row.days, row.states) == ((PLANNED, CLOSED), ("planned", ""))
    assert rows_of([*an_open_room(), closed(ROOM, TOWN)])[ROOM].states == ("planned", "open", "closed")


def test_of_a_day_that_was_counted_again_the_last_number_holds() -> None:
    counted = VisitsCounted(station="s-330110-001", month="2025-05", day=LAST, visits=80)
    (row,) = rows_of([counted, counted.model_copy(update={"visits": 84})]).values()
    assert (row.days, row.numbers) == ((LAST,), (84,))


def states_of(history: Sequence[Event]) -> list[tuple[date, str]]:
    """Of the only row: from which day on it is what."""
    (row,) = rows_of(history).values()
    return list(zip(row.days, row.states, strict=True))


def test_a_station_that_is_shut_again_was_shut_before_too() -> None:
    """Mechanism: what was resumed is over; the next suspension isn't that one entered anew."""
    again = RESUMES + timedelta(days=5)
    history = [*a_suspended_room(), StationResumed(station=ROOM, resumed_on=RESUMES), suspended(again, None)]
    assert states_of(history)[-4:] == [
        (OPENED, "open"),
        (SUSPENDED, "suspended"),
        (RESUMES, "open"),
        (again, "suspended"),
    ]


def test_a_town_leaves_the_list_once_however_often_it_was_entered() -> None:
    (listed,), gone = a_listed_town(), TownDelisted(town=TOWN, delisted_on=LAST)
    anew = listed.model_copy(update={"name": "示例新街道", "listed_on": FIRST})
    assert states_of([listed, anew, gone]) == [(listed.listed_on, "listed"), (LAST, "")]
    back = listed.model_copy(update={"listed_on": LAST + timedelta(days=9)})
    assert states_of([listed, anew, gone, back])[1:] == [(LAST, ""), (back.listed_on, "listed")]


def test_a_fault_is_overdue_from_the_day_after_its_due_day_until_it_is_repaired() -> None:
    said = {"fault": "f-7f3k9a2c", "station": "s-330110-001", "equipment": Equipment.CHARGING}
    reported = FaultReported(symptom=Symptom.BROKEN, reported_on=FIRST, **said)
    due = FIRST + timedelta(days=5)
    confirmed = FaultConfirmed(confirmed_on=FIRST, repair_due_on=due, provisional=False, **said)
    repaired = FaultRepaired(repaired_on=LAST, due_on=due, **said)
    assert states_of([reported, confirmed, repaired]) == [
        (FIRST, "open"),
        (due + timedelta(days=1), "overdue"),
        (LAST, ""),
    ]
    assert states_of([reported, confirmed, repaired.model_copy(update={"repaired_on": due})]) == [
        (FIRST, "open"),
        (due, ""),
    ]


def test_a_fault_that_went_with_its_equipment_is_neither_open_nor_ever_overdue() -> None:
    said = {"fault": "f-7f3k9a2c", "station": "s-330110-001", "equipment": Equipment.CHARGING}
    reported = FaultReported(symptom=Symptom.BROKEN, reported_on=FIRST, **said)
    due, gone = FIRST + timedelta(days=5), FIRST + timedelta(days=3)
    confirmed = FaultConfirmed(confirmed_on=FIRST, repair_due_on=due, provisional=False, **said)
    assert states_of([reported, confirmed, FaultDropped(dropped_on=gone, **said)]) == [(FIRST, "open"), (gone, "")]
