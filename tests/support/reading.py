"""A reader under test: real position, leases, tap and beacons; its sink writes what it gets into its own database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import aiokafka
from faststream.kafka import KafkaBroker

from contracts.cloudevent import Sealed
from eventing.beacons import Beacons
from eventing.database import Pool, PooledConnection
from eventing.feed import Log
from eventing.lease import LeaseConnection
from eventing.reader.leases import Leases
from eventing.reader.reader import Place, Reader, Sink
from eventing.reader.source import Feed, FeedUnreachable
from eventing.reader.tap import Tap, consuming_broker
from eventing.relay.publisher import Publisher
from eventing.relay.sealer import seal_next
from eventing.shell.health import Health
from eventing.signals import Signal
from eventing.topics import HEADS, topic_of
from tests.support.logs import LogUnderTest

NAME = "reader under test"
NO_BROKER = "127.0.0.1:1"


class LogFeed:
    """A feed in the same process; `asked` counts, `reachable` can be taken away, `upto` bounds what it gives."""

    def __init__(self, pool: Pool) -> None:
        self._log = Log(pool, Signal())
        self.asked, self.reachable, self.upto = 0, True, 1_000_000

    async def after(self, sequence: int, wait: float = 0.0) -> Sequence[Sealed]:
        self.asked += 1
        if not self.reachable:
            raise FeedUnreachable
        entries = await self._log.after(sequence, 1000, wait)
        return [Sealed.read(entry.text) for entry in entries if entry.sequence <= self.upto]


class WritingSink:
    """Writes each event as a row, without any guard of its own against a repeat."""

    def __init__(self, cut_at: int = 1000) -> None:
        self._cut_at = cut_at
        self.fail: Callable[[Sequence[Sealed]], None] = lambda _: None
        """Called after the rows are written, before the transaction ends."""

    @staticmethod
    async def create(pool: Pool) -> None:
        await pool.execute(
            "create table applied (number bigint generated always as identity, sequence bigint not null,"
            " text text not null, by integer not null default pg_backend_pid())"
        )

    def concerns(self, events: Sequence[Sealed]) -> bool:
        return True

    def cut(self, events: Sequence[Sealed]) -> int:
        return min(len(events), self._cut_at)

    async def apply(self, connection: PooledConnection, events: Sequence[Sealed]) -> None:
        await connection.execute(
            "insert into applied (sequence, text) select * from unnest($1::bigint[], $2::text[])",
            [event.sequence for event in events],
            [event.text.decode() for event in events],
        )
        self.fail(events)

    def committed(self) -> None: ...

    def late(self, kind: str) -> bool:
        return False


async def applied(pool: Pool) -> list[int]:
    """The sequences in the order in which they were applied, repeats too."""
    return [row["sequence"] for row in await pool.fetch("select sequence from applied order by number")]


async def position(pool: Pool, reader: str = NAME) -> int:
    found = await pool.fetchval("select sequence from position where reader = $1", reader)
    return int(found or 0)


async def seal_all(log: LogUnderTest) -> list[Sealed]:
    """Seal what waits, without a relay; the whole log."""
    async with LeaseConnection(log.dsn, "sealer") as sealer:
        while await seal_next(sealer.connection, 1000):
            pass
    return list(await LogFeed(log.pool).after(0))


async def publish(log: LogUnderTest, events: Iterable[Sealed | bytes], topic: str | None = None) -> None:
    """Put these records into the topic as they stand, in this order."""
    publisher = Publisher(log.bootstrap, seconds=5)
    texts = [event if isinstance(event, bytes) else event.text for event in events]
    await publisher.send(topic or log.topic, [(b"key", text) for text in texts])
    await publisher.discard()


class Process:
    """What one process of a service has for its readers: broker client, beacons, leases, health."""

    def __init__(self, log: LogUnderTest, pool: Pool, dsn: str, bootstrap: str | None = None) -> None:
        self.log, self.pool, self.health = log, pool, Health()
        self.kafka: KafkaBroker = consuming_broker(bootstrap or log.bootstrap)
        self.beacons = Beacons(Tap(self.kafka, HEADS, 10))
        self.leases = Leases(dsn, f"readers {id(self)}")
        self.feed = LogFeed(log.pool)

    def reader(self, sink: Sink, name: str = NAME, feed: Feed | None = None) -> Reader:
        source = self.log.source
        tap = Tap(self.kafka, topic_of(source), 10)
        return Reader(
            Place(name, source), self.pool, self.leases, tap, feed or self.feed, self.beacons, sink, self.health
        )

    @asynccontextmanager
    async def running(self, *readers: Reader) -> AsyncIterator[None]:
        """The readers read while the block lasts; then all ends as it does with a process."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.kafka.stop)
            tasks = [asyncio.ensure_future(work()) for work in (self.leases.run, self.beacons.run)]
            tasks += [asyncio.ensure_future(reader.run()) for reader in readers]
            stack.push_async_callback(end, tasks)
            yield

    async def end_lease(self, pool: Pool) -> int:
        """The server ends the connection that holds the leases; how many were ended."""
        return int(
            await pool.fetchval(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = $1",
                f"readers {id(self)}",
            )
        )


async def end(tasks: Sequence["asyncio.Future[None]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def values(bootstrap: str, topic: str) -> list[bytes]:
    """The values of all records that are in the topic now."""
    consumer = aiokafka.AIOKafkaConsumer(
        bootstrap_servers=bootstrap, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    place = aiokafka.TopicPartition(topic, 0)
    consumer.assign([place])
    await consumer.start()
    try:
        last = (await consumer.end_offsets([place]))[place]
        consumer.seek(place, 0)
        found: list[bytes] = []
        while await consumer.position(place) < last:
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += [record.value or b"" for record in records]
        return found
    finally:
        await consumer.stop()
