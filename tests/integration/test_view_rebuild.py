"""A service's own view is made anew: fast before it serves, and beside the one in use while it goes on."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.event import Event
from eventing.builds import fingerprint
from eventing.database import Pool
from eventing.embedded import MockBroker
from eventing.parity import view_parity
from eventing.rebuild import Progress, Stuck
from eventing.store.postgres import PostgresStore
from eventing.view_rebuild import rebuild_view
from eventing.views import View, open_view, view_table
from tests.support.building import append
from tests.support.logs import LogUnderTest
from tests.support.toy import enterprise, will_stated
from tests.support.toy_fold import TOY, events, registered, surveyed


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LogUnderTest:
    """With the view folded in every append."""
    log = await LogUnderTest.made(pool, dsn, broker)
    log.store = PostgresStore(pool, [await open_view(pool, TOY)])
    return log


async def same(log: LogUnderTest) -> None:
    assert (await view_parity(log.dsn, TOY, Progress())).total == 0


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(more=st.lists(events, max_size=25))
async def test_a_view_by_new_rules_is_folded_anew_when_it_is_opened(log: LogUnderTest, more: list[Event]) -> None:
    """Mechanism: the fingerprint; and the folding in memory gives what appends have given event by event."""
    await append(log, more)
    await log.pool.execute("update build set fingerprint = 'another'")
    await log.pool.execute(f"delete from {view_table(TOY).rows}")
    await open_view(log.pool, TOY)
    await same(log)


async def test_a_view_is_made_anew_while_others_append_and_ask(log: LogUnderTest) -> None:
    """Mechanism: sealed events are folded beside the view; the last ones, sealed or not, while nobody appends; and what
    differs is written over in that same transaction, so that nobody ever sees an empty view."""
    for number in range(1, 21):
        await append(log, [registered(enterprise(number)), surveyed(enterprise(number), number)])
    view, seen, stop = View(log.pool, view_table(TOY), log.source), list[int](), asyncio.Event()

    async def write(which: int) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            await append(log, [registered(enterprise(1000 * which + number)), will_stated(enterprise(number % 20 + 1))])

    async def ask() -> None:
        while not stop.is_set():
            async with view.read() as reading:
                seen.append((await reading.fetch(f"select count(*) from {reading.rows}"))[0][0])

    async with log.relayed():
        tasks = [asyncio.ensure_future(work) for work in (write(1), ask())]
        try:
            for _ in range(3):
                await log.pool.execute(f"update {view_table(TOY).rows} set headcount = 1 where headcount = 2")
                await log.pool.execute(f"delete from {view_table(TOY).cells} where surveyed")
                await rebuild_view(log.dsn, TOY, Progress())
        finally:
            stop.set()
            await asyncio.gather(*tasks)
    assert seen == sorted(seen)
    assert seen[0] >= 20
    await same(log)
    assert await log.pool.fetchval("select count(*) from pg_tables where tablename like '%made%'") == 0


async def test_a_view_that_the_service_folds_by_other_rules_is_left_to_it(log: LogUnderTest) -> None:
    """Mechanism: the fingerprint of the view in use. Its service goes on folding by its own version."""
    other = replace(TOY, version=2)
    assert fingerprint(other) != fingerprint(TOY)
    with pytest.raises(Stuck, match="restart"):
        await rebuild_view(log.dsn, other, Progress())
