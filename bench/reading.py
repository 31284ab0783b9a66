"""The reader of a read model, beside a FastStream handler that upserts per message: what one would take instead."""

import asyncio
import time
from collections.abc import Sequence

from bench.facts import lives
from bench.ground import Ground
from bench.handler import TABLE, handle_each
from bench.report import Finding
from bench.rounds import Scale, Spread, alternate, ratio
from bench.spine import Acknowledged, fresh_log, reading, relaying
from contracts.cloudevent import Sealed
from eventing.database import PooledConnection
from eventing.read_models import BuildSink
from eventing.store.postgres import PostgresStore
from eventing.topics import topic_of

_EVENTS = 4_800  # the mock broker keeps 5 MB a partition
_MESSAGES = 800
_HOW = f"""{_EVENTS:,} sealed events of enterprises' lives (a quick run: fewer) lie in a topic. Ours is the scoreboard's
reader: chain checked, rows and aggregates folded, position moved in the same transaction. The handler validates each
message by pydantic and upserts one row of a ledger: no aggregates, no position, nothing against a repeat or a gap; it
reads {_MESSAGES} messages. Both go from the topic's start into a fresh database, timed from the consumer's start."""


class Counting:
    """A sink that tells when so many events are committed."""

    def __init__(self, sink: BuildSink, awaited: int) -> None:
        self._sink, self._left, self._applied = sink, awaited, 0
        self.all = asyncio.Event()

    def cut(self, events: Sequence[Sealed]) -> int:
        return self._sink.cut(events)

    def concerns(self, events: Sequence[Sealed]) -> bool:
        return self._sink.concerns(events)

    async def apply(self, connection: PooledConnection, events: Sequence[Sealed]) -> None:
        await self._sink.apply(connection, events)
        self._applied = len(events)

    def late(self, kind: str) -> bool:
        return self._sink.late(kind)

    def committed(self) -> None:
        self._left -= self._applied
        if self._left <= 0:
            self.all.set()


async def measure(ground: Ground, scale: Scale) -> Finding:
    events, log_dsn = scale.of(_EVENTS) // 6 * 6, await ground.database()
    async with ground.pool(log_dsn) as log:
        source = await fresh_log(ground, log)
        async with PostgresStore(log).unit() as unit:
            await unit.append([event for stream in lives(events // 6, source) for event in stream])
        publisher = Acknowledged(ground.broker.address, events)
        async with relaying(log, log_dsn, source, publisher):
            await publisher.all.wait()

        async def ours() -> float:
            dsn, sinks = await ground.database(), list[Counting]()

            def watch(sink: BuildSink) -> Counting:
                sinks.append(Counting(sink, events))
                return sinks[0]

            async with ground.pool(dsn) as pool:
                started = time.perf_counter()
                async with reading(ground, pool, dsn, log, source, watch):
                    await sinks[0].all.wait()
                    return events / (time.perf_counter() - started)

        async def handler() -> float:
            async with ground.pool(await ground.database()) as pool:
                await pool.execute(TABLE)
                return await handle_each(pool, ground.broker.address, topic_of(source), scale.of(_MESSAGES))

        rates = await alternate(scale.rounds, {"ours": ours, "handler": handler})
    rows = [(name, Spread.over(rate)) for name, rate in rates.items()]
    return Finding("Reader", _HOW, "events/s", rows, [ratio("ours / handler", rates["ours"], rates["handler"])])
