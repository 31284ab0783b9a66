"""One log and one read model of it on real parts, relay and reader in this process, as the platform has them."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bench.ground import Ground
from contracts.cloudevent import Sealed
from eventing.beacons import Beacons
from eventing.builds import take_up
from eventing.database import Pool
from eventing.feed import Log
from eventing.read_models import BuildSink
from eventing.reader.leases import Leases
from eventing.reader.reader import Place, Reader, Sink
from eventing.reader.tap import Tap, consuming_broker
from eventing.relay.publisher import Publisher
from eventing.relay.relay import Relay
from eventing.shell.health import Health
from eventing.signals import Signal
from eventing.topics import HEADS, source_of, topic_of
from services.projection.scoreboard import SCOREBOARD

FETCH_WAIT_MS = 10
_REGIONS = itertools.count(100001)


class Acknowledged(Publisher):
    """A publisher that tells when so many records are acknowledged."""

    def __init__(self, bootstrap: str, awaited: int) -> None:
        super().__init__(bootstrap)
        self._left, self.all = awaited, asyncio.Event()

    async def send(self, topic: str, records: Sequence[tuple[bytes, bytes]]) -> None:
        await super().send(topic, records)
        self._left -= len(records) if topic != HEADS else 0
        if self._left <= 0:
            self.all.set()


class OwnFeed:
    """The feed without HTTP between."""

    def __init__(self, pool: Pool) -> None:
        self._log = Log(pool, Signal())

    async def after(self, sequence: int, wait: float = 0.0) -> Sequence[Sealed]:
        return [Sealed.read(entry.text) for entry in await self._log.after(sequence, 1000, wait)]


async def fresh_log(ground: Ground, pool: Pool) -> str:
    """A log with a topic of its own; its source."""
    source = source_of(str(next(_REGIONS)), "enterprise")
    ground.broker.ensure_topics([HEADS, topic_of(source)])
    await pool.execute("delete from head")
    await pool.execute("insert into head (source) values ($1)", source)
    return source


@asynccontextmanager
async def relaying(pool: Pool, dsn: str, source: str, publisher: Publisher) -> AsyncIterator[Relay]:
    """A relay that runs while the block does."""
    relay = Relay(pool, dsn, source, publisher, Health(), poll=0.5)
    async with _running(relay.run):
        yield relay
    await relay.stop()


@asynccontextmanager
async def reading(
    ground: Ground, pool: Pool, dsn: str, log: Pool, source: str, watch: Callable[[BuildSink], Sink]
) -> AsyncIterator[None]:
    """The scoreboard's reader, in its own database, runs while the block does."""
    (build, _), kafka = await take_up(pool, SCOREBOARD), consuming_broker(ground.broker.address)
    async with pool.acquire() as connection:
        await build.table.create(connection)
    beacons, leases = Beacons(Tap(kafka, HEADS, FETCH_WAIT_MS)), Leases(dsn, "bench readers")
    tap, sink = Tap(kafka, topic_of(source), FETCH_WAIT_MS), watch(BuildSink(build))
    reader = Reader(Place(build.reader, source), pool, leases, tap, OwnFeed(log), beacons, sink, Health())
    await reader.begin()
    async with _running(leases.run, beacons.run, reader.run):
        yield
    await kafka.stop()


@asynccontextmanager
async def _running(*work: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    tasks = [asyncio.ensure_future(one()) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
