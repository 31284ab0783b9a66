"""The relay: sealing and publishing what was appended, beside the same done bare and beside a plain outbox."""

import time
from collections.abc import Awaitable, Callable
from hashlib import sha256

import asyncpg
from aiokafka import AIOKafkaProducer

from bench.facts import lives
from bench.ground import Ground
from bench.outbox import publish_each
from bench.profiling import profiled
from bench.report import Finding
from bench.rounds import Ratio, Scale, Side, Spread, alternate, ratio
from bench.spine import Acknowledged, fresh_log, relaying
from contracts.cloudevent import CONTENT_TYPE, GENESIS
from eventing.store.postgres import PostgresStore
from eventing.topics import topic_of

_EVENTS = 150_000
_OUTBOX = 1_500
_HOW = f"""{_EVENTS:,} events of enterprises' lives (a quick run: fewer) lie appended; every drain gets a copy of that
database, a topic of its own, and connects to both; ours also asks once what others have seen of the log (0.2 s). The
bare side does in series: read the rows, chain them by SHA-256, COPY the log's rows, `send_batch` the records; it keeps
no queue, no lease, no mark, and seals nothing by compare-and-set. The outbox is what one would write instead: take a
hundred rows, `broker.publish` each by FastStream and await it, delete them; it drains {_OUTBOX:,} of the events."""

_HEADERS = [("content-type", CONTENT_TYPE.encode())]

Drain = Callable[[str], Awaitable[float]]


async def measure(ground: Ground, scale: Scale) -> Finding:
    events = scale.of(_EVENTS)
    full = await _appended(ground, events)

    async def ours(dsn: str) -> float:
        async with ground.pool(dsn) as pool:
            source = await fresh_log(ground, pool)
            publisher, started = Acknowledged(ground.broker.address, events), time.perf_counter()
            async with relaying(pool, dsn, source, publisher):
                await publisher.all.wait()
                return events / (time.perf_counter() - started)

    async def bare(dsn: str) -> float:
        async with ground.pool(dsn) as pool:
            source = await fresh_log(ground, pool)
        started = time.perf_counter()
        await _bare(dsn, ground.broker.address, topic_of(source))
        return events / (time.perf_counter() - started)

    async def outbox(dsn: str) -> float:
        async with ground.pool(dsn) as pool:
            source, count = await fresh_log(ground, pool), scale.of(_OUTBOX)
            return await publish_each(pool, ground.broker.address, topic_of(source), count)

    def side(drain: Drain) -> Side:
        async def once() -> float:
            return await drain(await ground.copy(full))

        return once

    rates = await alternate(scale.rounds, {"ours": side(ours), "bare": side(bare), "outbox": side(outbox)})
    goals = [
        ratio("ours / bare", rates["ours"], rates["bare"], at_least=0.7),
        Ratio("ours, events/s", Spread.over(rates["ours"]), at_least=10_000),
    ]
    profile = None
    if any(goal.missed for goal in goals):
        dsn = await ground.copy(full)
        with profiled() as found:
            await ours(dsn)
        profile = found.text
    rows = [(name, Spread.over(rate)) for name, rate in rates.items()]
    instead = ratio("ours / outbox", rates["ours"], rates["outbox"])
    return Finding("Relay", _HOW, "events/s", rows, [*goals, instead], profile=profile)


async def _appended(ground: Ground, events: int) -> str:
    dsn = await ground.database()
    async with ground.pool(dsn) as pool:
        store, streams = PostgresStore(pool), lives(events // 6, "/regions/610000/enterprise")
        for start in range(0, len(streams), 200):
            async with store.unit() as unit:
                await unit.append([event for stream in streams[start : start + 200] for event in stream])
        await pool.execute("create table outbox (id bigint primary key, stream text not null, body text not null)")
        await pool.execute("insert into outbox select pos, stream, '{' || tail from event")
        await pool.execute("create table bare_log (like log including all)")
        await pool.execute("vacuum analyze event, unsealed, outbox")
    return dsn


async def _bare(dsn: str, bootstrap: str, topic: str) -> None:
    connection = await asyncpg.connect(dsn)
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", max_batch_size=512 * 1024)
    await producer.start()
    rows = await connection.fetch("select pos, stream, tail from event order by pos")
    records, log, held = [], [], GENESIS
    for sequence, (pos, stream, tail) in enumerate(rows, 1):
        text = f'{{"sequence":"{sequence:019d}","prevhash":"{held}",{tail}'.encode()
        held = sha256(text).hexdigest()
        records.append((stream.encode(), text))
        log.append((sequence, pos, held))
    await connection.copy_records_to_table("bare_log", records=log, columns=["sequence", "pos", "hash"])
    batch = producer.create_batch()
    for key, value in records:
        if batch.append(key=key, value=value, timestamp=None, headers=_HEADERS) is None:
            await (await producer.send_batch(batch, topic, partition=0))
            batch = producer.create_batch()
            batch.append(key=key, value=value, timestamp=None, headers=_HEADERS)
    await (await producer.send_batch(batch, topic, partition=0))
    await producer.stop()
    await connection.close()
