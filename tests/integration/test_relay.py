"""The relay on PostgreSQL and a broker: what is appended is sealed in order and published, whatever happens to it."""

import asyncio

import pytest

from contracts.cloudevent import GENESIS, Sealed
from eventing.database import Pool
from eventing.feed import read_log
from eventing.lease import LeaseConnection
from eventing.relay.sealer import HeadMoved, seal_next
from tests.support.brokers import Broker
from tests.support.logs import LogUnderTest
from tests.support.waiting import until


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: Broker) -> LogUnderTest:
    return await LogUnderTest.made(pool, dsn, broker)


def assert_chained(events: list[Sealed], count: int) -> None:
    assert [event.sequence for event in events] == list(range(1, count + 1))
    assert [event.prevhash for event in events] == [GENESIS, *(event.hash for event in events[:-1])]


async def everything_published(log: LogUnderTest, count: int) -> None:
    async def all_there() -> bool:
        return await log.published() == count

    await until(all_there, within=15)


async def test_what_is_appended_reaches_the_topic_in_one_contiguous_chain(log: LogUnderTest) -> None:
    async with log.relayed():
        await log.append(25)
        await everything_published(log, 25)
    assert_chained(await log.topic_records(), 25)


async def test_topic_and_feed_hold_the_same_bytes(log: LogUnderTest) -> None:
    async with log.relayed():
        await log.append(12)
        await everything_published(log, 12)
    fed = [entry.text for entry in await read_log(log.pool, 0, 100)]
    assert fed == [event.text for event in await log.topic_records()]
    assert [entry.text for entry in await read_log(log.pool, 5, 3)] == fed[5:8]


async def test_commands_go_on_while_the_broker_is_missing_and_the_relay_catches_up(log: LogUnderTest) -> None:
    async with log.relayed(bootstrap="127.0.0.1:1"):
        await log.append(10)
        await until(lambda: _equals(log.sealed, 10), within=10)
        assert await log.published() == 0
    async with log.relayed():
        await everything_published(log, 10)
    assert_chained(await log.topic_records(), 10)


async def test_concurrent_commits_are_all_sealed_once(log: LogUnderTest) -> None:
    logs = [LogUnderTest(log.pool, log.dsn, log.bootstrap) for _ in range(6)]
    for number, other in enumerate(logs):
        other._version = 1000 * (number + 1)
    async with log.relayed():
        await asyncio.gather(*(other.append(30) for other in logs))
        await everything_published(log, 180)
    assert_chained(await log.topic_records(), 180)


async def test_a_second_relay_waits_while_the_first_one_leads(log: LogUnderTest) -> None:
    async with log.relayed() as first, log.relayed() as second:
        await log.append(8)
        await everything_published(log, 8)
        await log.append(8)
        await everything_published(log, 16)
        assert sorted([first._head, second._head]) == [0, 16]
    assert_chained(await log.topic_records(), 16)


async def test_a_sealer_that_wakes_late_seals_nothing(log: LogUnderTest) -> None:
    """Mechanism: head's compare-and-set. The late one has read the queue, and another has sealed it since."""
    await log.append(6)
    async with LeaseConnection(log.dsn, "late") as late, LeaseConnection(log.dsn, "early") as early:
        before = await late.connection.fetchrow("select sequence, hash, epoch from head")
        assert len(await seal_next(early.connection, 3)) == 3
        assert before is not None
        with pytest.raises(HeadMoved):
            await seal_next(_Behind(late.connection, before), 3)  # type: ignore[arg-type]
        assert await log.sealed() == 3


class _Behind:
    """A connection that answers the take with a head as it was before it fell asleep."""

    def __init__(self, connection: object, head: object) -> None:
        self._connection, self._head = connection, head

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    async def fetch(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        rows = await self._connection.fetch(sql, *values)  # type: ignore[attr-defined]
        return [(*tuple(row)[:3], *self._head.values()) for row in rows]  # type: ignore[attr-defined]


async def _equals(ask: object, value: int) -> bool:
    return bool(await ask() == value)  # type: ignore[operator]
