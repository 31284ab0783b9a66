"""A service's played clock in its database: for every process of it, and across restarts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from eventing.database import Pool
from eventing.kept_clock import KeptClock, OtherClock, must_be_real
from eventing.store.postgres import PostgresStore
from tests.support.toy import enterprise, new_event, will_stated
from tests.support.waiting import eventually

BEGINS = datetime(2025, 5, 6, 9, tzinfo=UTC)
LATER = BEGINS + timedelta(days=3)


@asynccontextmanager
async def followed(pool: Pool) -> AsyncIterator[KeptClock]:
    """The clock of another process of the same service."""
    clock = KeptClock(BEGINS)
    await clock.open(pool)
    running = asyncio.ensure_future(clock.run())
    try:
        yield clock
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_all_processes_of_a_service_go_by_a_time_once_it_is_set(pool: Pool) -> None:
    """Mechanism: whoever sets waits for the followers in `clock_follower`; else a command that comes right after would
    be decided by the old time in another process."""
    setting = KeptClock(BEGINS)
    await setting.open(pool)
    async with followed(pool) as one, followed(pool) as other:
        for days in range(1, 6):
            to = BEGINS + timedelta(days=days)
            await setting.set(to)
            assert [clock.now() for clock in (setting, one, other)] == [to] * 3


async def test_a_process_that_is_gone_is_not_waited_for(pool: Pool) -> None:
    setting = KeptClock(BEGINS)
    await setting.open(pool)
    async with followed(pool):
        pass
    async with asyncio.timeout(10):
        await setting.set(LATER)


async def test_a_restart_goes_on_from_what_was_set_and_an_earlier_instant_changes_nothing(pool: Pool) -> None:
    first = KeptClock(BEGINS)
    await first.open(pool)
    await first.set(LATER)
    await first.set(BEGINS)
    again = KeptClock(BEGINS)
    await again.open(pool)
    assert first.now() == again.now() == LATER


async def test_a_follower_learns_it_within_a_fifth_of_a_second(pool: Pool) -> None:
    async with followed(pool) as other:
        await pool.execute("update played_clock set at = $1", LATER)
        await eventually(lambda: other.now() == LATER, within=2)  # 0.2 s; the machine may be busy


async def test_data_of_real_time_is_not_played_with(pool: Pool) -> None:
    await must_be_real(pool)
    async with PostgresStore(pool).unit() as unit:
        await unit.append([new_event(will_stated(enterprise(1)))])
    with pytest.raises(OtherClock, match="GONGLIAN_PLAYED_FROM"):
        await KeptClock(BEGINS).open(pool)


async def test_played_data_does_not_go_on_in_real_time(pool: Pool) -> None:
    await KeptClock(BEGINS).open(pool)
    with pytest.raises(OtherClock, match="GONGLIAN_PLAYED_FROM"):
        await must_be_real(pool)
