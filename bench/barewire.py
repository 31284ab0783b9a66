"""The least that commit → visible can be: a commit, a record sent and consumed, a commit."""

import asyncio
import time

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from bench.ground import Ground
from bench.openloop import at_rate, connected, until
from bench.spine import FETCH_WAIT_MS, fresh_log
from eventing.database import Pool
from eventing.topics import topic_of

_BODY = "x" * 700  # as long as a sealed event


async def bare_wire(ground: Ground, count: int) -> list[float]:
    """The seconds from commit to commit, in the order of sending."""
    here, there = await ground.database(), await ground.database()
    async with ground.pool(here) as log, ground.pool(there) as model:
        topic = topic_of(await fresh_log(ground, log))
        for pool in (log, model):
            await pool.execute("create table fact (id bigint primary key, body text not null)")
        producer = AIOKafkaProducer(bootstrap_servers=ground.broker.address, acks="all")
        consumer = AIOKafkaConsumer(
            bootstrap_servers=ground.broker.address,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=FETCH_WAIT_MS,
        )
        consumer.assign([TopicPartition(topic, 0)])
        await producer.start()
        await consumer.start()
        committed, visible = dict[int, float](), dict[int, float]()
        arrived: asyncio.Queue[bytes] = asyncio.Queue()
        consuming = asyncio.gather(_consume(consumer, arrived), _write(arrived, model, visible))

        async def send(number: int) -> None:
            await _commit(log, [number], [_BODY])
            committed[number] = time.perf_counter()
            await producer.send_and_wait(topic, b"%d %s" % (number, _BODY.encode()), partition=0)

        try:
            await connected(log)
            await send(0)
            await until(lambda: 0 in visible)
            await at_rate([lambda n=number: send(n) for number in range(1, count)])  # type: ignore[misc]
            await until(lambda: len(visible) == count or consuming.done())
        finally:
            consuming.cancel()
            await asyncio.gather(consuming, return_exceptions=True)
            await consumer.stop()
            await producer.stop()
        return [visible[number] - at for number, at in sorted(committed.items())]


async def _consume(consumer: AIOKafkaConsumer, arrived: asyncio.Queue[bytes]) -> None:
    async for record in consumer:
        arrived.put_nowait(record.value)


async def _write(arrived: asyncio.Queue[bytes], pool: Pool, visible: dict[int, float]) -> None:
    while True:
        values = [await arrived.get()]
        # One commit for all that came: one each would fall behind on a slow disk, and flatter us.
        values += [arrived.get_nowait() for _ in range(arrived.qsize())]
        pairs = [value.split(b" ") for value in values]
        numbers = [int(number) for number, _ in pairs]
        await _commit(pool, numbers, [body.decode() for _, body in pairs])
        visible.update(dict.fromkeys(numbers, time.perf_counter()))


async def _commit(pool: Pool, numbers: list[int], bodies: list[str]) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("insert into fact select * from unnest($1::bigint[], $2::text[])", numbers, bodies)
