"""Whatever happens, in whatever order it is entered, the cells are what a plain recount of the facts gives."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.event import Event
from eventing.fold import add, fold_in_memory, rolled_up, settled
from services.projection.scoreboard import SCOREBOARD, Cell, Measures, Span
from tests.support import board_recount
from tests.support.drive_lives import FIRST, LAST, Life, entered, lives
from tests.support.scoreboards import counted

DAYS = [FIRST + timedelta(days=number) for number in range(-5, (LAST - FIRST).days + 12)]
some_lives = st.integers(1, 3).flatmap(lambda count: st.tuples(*(lives(number) for number in range(1, count + 1))))


def cells_of(history: list[Event]) -> dict[Cell, Measures]:
    return {cell: of for cell, of in fold_in_memory(SCOREBOARD, history)[1].items() if of != Measures()}


@given(lives().flatmap(lambda life: st.tuples(entered(life), entered(life))))
def test_any_order_of_late_entries_gives_the_board_that_on_time_entries_give(
    orders: tuple[list[Event], list[Event]],
) -> None:
    """Mechanism: facts are kept by the days from which they hold, and figures follow from all of them."""
    one, other = orders
    assert cells_of(one) == cells_of(other)


@given(some_lives, st.lists(st.sampled_from(DAYS), min_size=1, max_size=8))
def test_the_cells_are_a_recount_of_the_facts_as_of_any_day(several: tuple[Life, ...], days: list[date]) -> None:
    _, cells = fold_in_memory(SCOREBOARD, [event for life in several for event in life.events])
    for day in days:
        assert counted(cells, day) == board_recount.board([life.events for life in several], day)


@given(lives().flatmap(entered))
def test_cells_kept_by_after_minus_before_do_not_drift(history: list[Event]) -> None:
    """As the engine does it: each event adds what its row counts for after it, and takes away what it did before."""
    rows: dict[str, object] = {}
    cells: dict[Cell, Measures] = {}
    assert SCOREBOARD.contribute is not None
    for event in history:
        key = SCOREBOARD.key(event)
        assert key is not None
        before, after = rows.get(key), settled(SCOREBOARD, SCOREBOARD.apply(rows.get(key), event))
        rows[key] = after
        for sign, row in ((-1, before), (1, after)):
            for cell, measures in rolled_up(SCOREBOARD, SCOREBOARD.contribute(row) if row is not None else {}).items():
                cells[cell] = add(cells.get(cell, Measures()), measures, sign)
    assert {cell: measures for cell, measures in cells.items() if measures != Measures()} == cells_of(history)


@given(some_lives)
def test_a_months_cell_is_the_sum_of_its_days_and_a_citys_of_its_counties(several: tuple[Life, ...]) -> None:
    cells = cells_of([event for life in several for event in life.events])
    sums: dict[Cell, Measures] = {}
    for cell, measures in cells.items():
        if cell.span is Span.DAY and len(cell.place) == 6:
            month, city = cell.day.replace(day=1), cell.place[:4]
            for above in (
                Cell(cell.place, Span.MONTH, month),
                Cell(city, Span.DAY, cell.day),
                Cell(city, Span.MONTH, month),
            ):
                sums[above] = add(sums.get(above, Measures()), measures)
    assert {cell: measures for cell, measures in sums.items() if measures != Measures()} == {
        cell: measures for cell, measures in cells.items() if cell.span is Span.MONTH or len(cell.place) == 4
    }


@given(some_lives, st.sampled_from(DAYS))
def test_a_part_is_never_more_than_the_whole(several: tuple[Life, ...], day: date) -> None:
    _, cells = fold_in_memory(SCOREBOARD, [event for life in several for event in life.events])
    for of in counted(cells, day).values():
        assert all(number > 0 for number in of.values())
        for metric in ("own_union_100", "union_50", "small_micro_covered"):
            total, covered, hollow = (of.get(f"{metric}_{what}", 0) for what in ("total", "covered", "hollow"))
            assert hollow <= covered <= total
            assert of.get(f"{metric}_baseline_covered", 0) <= of.get(f"{metric}_baseline", 0) <= of.get("baseline", 0)
        assert of.get("derived", 0) <= of.get("small_micro_covered_total", 0)
