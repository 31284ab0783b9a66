"""The engine against the plainest fold there is: the same rows and cells, however the events are cut into batches."""

import asyncio
import itertools
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.enterprise import AccompanimentEnded, Ownership
from contracts.event import Event
from eventing.database import Pool
from eventing.engine import Table
from eventing.fold import fold_in_memory
from tests.support.toy import enterprise, will_stated
from tests.support.toy_fold import COUNTIES, TOY, Cell, Measures, Row, events, registered, surveyed

_NUMBERS = itertools.count(1)


async def a_table(pool: Pool) -> Table:
    table = Table(TOY, f"toy_{next(_NUMBERS)}")
    async with pool.acquire() as connection:
        await table.create(connection)
    return table


async def fold_in(pool: Pool, table: Table, batch: Sequence[Event]) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await table.fold_in(connection, batch)


async def contents(pool: Pool, table: Table) -> tuple[dict[str, Row], dict[Cell, Measures]]:
    async with pool.acquire() as connection:
        rows = {row.enterprise: row for row in await table.matching(connection, {})}
    cells = {
        Cell(record["county"], Ownership(record["ownership"]), record["registered_on"], record["surveyed"]): Measures(
            record["enterprises"], record["workers"]
        )
        for record in await pool.fetch(f"select * from {table.cells}")
    }
    return rows, {cell: measures for cell, measures in cells.items() if measures != Measures(0, 0)}


def plainly(history: Sequence[Event]) -> tuple[dict[str, Row], dict[Cell, Measures]]:
    rows, cells = fold_in_memory(TOY, history)
    return rows, {cell: measures for cell, measures in cells.items() if measures != Measures(0, 0)}


def cut(history: Sequence[Event], sizes: Sequence[int]) -> list[Sequence[Event]]:
    """The history in batches of these sizes, over and over."""
    batches: list[Sequence[Event]] = []
    rest, size = history, itertools.cycle(sizes)
    while rest:
        count = next(size)
        batches.append(rest[:count])
        rest = rest[count:]
    return batches


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(events, max_size=40), sizes=st.lists(st.integers(1, 12), min_size=1, max_size=4))
async def test_any_cut_into_batches_gives_what_the_plain_fold_gives(
    pool: Pool, history: list[Event], sizes: list[int]
) -> None:
    """Mechanism: rows are loaded before they are folded, and cells get after minus before, never an increment."""
    table = await a_table(pool)
    for batch in cut(history, sizes):
        await fold_in(pool, table, batch)
    assert await contents(pool, table) == plainly(history)


async def test_a_computed_column_follows_the_row(pool: Pool) -> None:
    """Mechanism: the database works it out at every write; the fold doesn't know it."""
    table, code = await a_table(pool), enterprise(1)
    for headcount, crowd in ((99, False), (100, True), (7, False)):
        await fold_in(pool, table, [registered(code), surveyed(code, headcount)])
        assert await pool.fetchval(f"select crowd from {table.rows}") is crowd


async def test_a_batch_that_was_rolled_back_can_come_again(pool: Pool) -> None:
    """Mechanism: rows and cells are written in the reader's transaction and nowhere else."""
    table = await a_table(pool)
    first, second = [registered(enterprise(1)), surveyed(enterprise(1), 50)], [surveyed(enterprise(1), 80)]
    await fold_in(pool, table, first)
    with pytest.raises(ZeroDivisionError):
        async with pool.acquire() as connection, connection.transaction():
            await table.fold_in(connection, second)
            raise ZeroDivisionError
    await fold_in(pool, table, second)
    assert await contents(pool, table) == plainly([*first, *second])


async def test_readers_of_disjoint_rows_share_cells_without_a_deadlock(pool: Pool) -> None:
    """Mechanism: cells are written in one order. Each reader meets them in another one, and all at once."""
    table = await a_table(pool)
    histories: list[list[Event]] = []
    for reader in range(6):
        mine = [enterprise(100 * reader + number) for number in range(6)]
        counties = COUNTIES if reader % 2 else COUNTIES[::-1]
        histories.append(
            [
                event
                for turn in range(15)
                for number, code in enumerate(mine)
                for event in (
                    registered(code, counties[(number + turn) % 3], list(Ownership)[(turn + reader) % 3]),
                    surveyed(code, 10 * turn + number),
                )
            ]
        )

    async def read(history: Sequence[Event]) -> None:
        for batch in cut(history, [12]):
            await fold_in(pool, table, batch)

    async with asyncio.timeout(20):
        await asyncio.gather(*(read(history) for history in histories))
    assert await contents(pool, table) == plainly(list(itertools.chain(*histories)))


async def test_two_streams_that_meet_in_one_row_lose_nothing(pool: Pool) -> None:
    """Mechanism: rows are locked when they are loaded. A view's row may be fed by two streams, whose commands nothing
    else keeps apart: without the lock the second writes what it had read before the first one wrote."""
    table = await a_table(pool)
    codes = [enterprise(number) for number in range(1, 4)]
    await fold_in(pool, table, [registered(code) for code in codes])
    stated = [will_stated(code, date(2025, 1, 3)) for code in codes]

    async def feed(batches: Sequence[Sequence[Event]]) -> None:
        for batch in batches:
            await fold_in(pool, table, batch)

    rounds = [stated if number % 2 else stated[::-1] for number in range(10)]
    async with asyncio.timeout(20):
        await asyncio.gather(*(feed(rounds[number:] + rounds[:number]) for number in range(4)))
    rows, cells = await contents(pool, table)
    assert [row.asked for row in rows.values()] == [40] * 3
    assert cells == plainly([*(registered(code) for code in codes), *stated, *stated])[1]


async def test_rows_that_go_and_rows_that_change_are_locked_in_one_order(pool: Pool) -> None:
    """Mechanism: as above, in order of the key. Writing what changed and then dropping what went would cross."""
    table = await a_table(pool)
    pairs = [(enterprise(2 * number), enterprise(2 * number + 1)) for number in range(1, 31)]
    await fold_in(pool, table, [registered(code) for pair in pairs for code in pair])

    async with asyncio.timeout(20):
        for one, other in pairs:
            await asyncio.gather(
                fold_in(pool, table, [surveyed(one, 10), *_ended(other)]),
                fold_in(pool, table, [surveyed(other, 10), *_ended(one)]),
            )
    assert not (await contents(pool, table))[0].keys() & {code for pair in pairs for code in pair}


def _ended(code: str) -> list[Event]:
    return [AccompanimentEnded(enterprise=code, instructor=None, ended_on=date(2025, 1, 4))]
