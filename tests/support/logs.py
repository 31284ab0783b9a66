"""A log under test: append to it, relay it, read its topic, all on real parts."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import aiokafka

from contracts.cloudevent import Sealed
from contracts.creditcode import make_credit_code
from eventing.database import Pool
from eventing.relay.publisher import Publisher
from eventing.relay.relay import Relay
from eventing.shell.health import Health
from eventing.store.postgres import PostgresStore
from eventing.topics import HEADS, topic_of
from tests.support.brokers import Broker
from tests.support.store_promises import an_event

_RUN = uuid4().hex[:8]
_LOGS = itertools.count(1)


class LogUnderTest:
    """One service's log with its own source and topic."""

    def __init__(self, pool: Pool, dsn: str, bootstrap: str, source: str | None = None) -> None:
        self.pool, self.dsn, self.bootstrap = pool, dsn, bootstrap
        # In a region of this run alone: a cluster may hold what other runs left.
        self.source = source or f"/regions/{_RUN}n{next(_LOGS)}/enterprise"
        self.topic = topic_of(self.source)
        self.store = PostgresStore(pool)
        self._version = 0

    @classmethod
    async def made(cls, pool: Pool, dsn: str, broker: Broker) -> "LogUnderTest":
        log = cls(pool, dsn, broker.address)
        broker.ensure_topics([HEADS, log.topic])
        await pool.execute("insert into head (source) values ($1)", log.source)
        return log

    def relay(self, bootstrap: str | None = None) -> Relay:
        publisher = Publisher(bootstrap or self.bootstrap, seconds=5)
        return Relay(self.pool, self.dsn, self.source, publisher, Health(), poll=0.02)

    @asynccontextmanager
    async def relayed(self, bootstrap: str | None = None) -> AsyncIterator[Relay]:
        """A relay runs while the block does."""
        relay = self.relay(bootstrap)
        task = asyncio.ensure_future(relay.run())
        try:
            yield relay
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await relay.stop()

    async def append(self, count: int) -> None:
        """So many events, ten to a stream at most."""
        for _ in range(count):
            self._version += 1
            stream, version = divmod(self._version - 1, 10)
            async with self.store.unit() as unit:
                await unit.append(
                    [
                        an_event(
                            version + 1,
                            stream=f"enterprise-{make_credit_code('91', '610102', stream)}",
                            day=version + 1,
                        )
                    ]
                )

    async def sealed(self) -> int:
        return int(await self.pool.fetchval("select sequence from head"))

    async def published(self) -> int:
        return int(await self.pool.fetchval("select published from head"))

    async def topic_records(self) -> list[Sealed]:
        """Everything that is in the topic now, repeats too."""
        consumer = aiokafka.AIOKafkaConsumer(bootstrap_servers=self.bootstrap, enable_auto_commit=False)
        place = aiokafka.TopicPartition(self.topic, 0)
        consumer.assign([place])
        await consumer.start()
        try:
            end = (await consumer.end_offsets([place]))[place]
            consumer.seek(place, 0)
            found: list[Sealed] = []
            while await consumer.position(place) < end:
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    found += [Sealed.read(record.value or b"") for record in records]
            return found
        finally:
            await consumer.stop()
