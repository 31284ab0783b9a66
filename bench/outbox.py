"""What one would write instead of the relay: rows of an outbox, each published by FastStream and awaited."""

import time

from faststream.kafka import KafkaBroker

from eventing.database import Pool

_PAGE = 100


async def publish_each(pool: Pool, bootstrap: str, topic: str, count: int) -> float:
    """Publish the first `count` rows; events a second."""
    broker, started, done = KafkaBroker(bootstrap, logger=None), time.perf_counter(), 0
    await broker.start()
    try:
        while done < count:
            async with pool.acquire() as connection, connection.transaction():
                rows = await connection.fetch(
                    "select id, stream, body from outbox order by id limit $1 for update skip locked", _PAGE
                )
                for row in rows:
                    await broker.publish(row["body"].encode(), topic, key=row["stream"].encode(), partition=0)
                await connection.execute("delete from outbox where id = any($1)", [row["id"] for row in rows])
            done += len(rows)
        return done / (time.perf_counter() - started)
    finally:
        await broker.stop()
