"""What one would write instead of a reader: a FastStream handler that validates by pydantic and upserts per message."""

import asyncio
import time
from datetime import date
from typing import Any

import orjson
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, TopicPartition
from faststream.kafka.message import KafkaMessage
from pydantic import BaseModel

from bench.spine import FETCH_WAIT_MS
from eventing.database import Pool

TABLE = """
create table ledger (enterprise text primary key, name text, ownership text, county text, union_id text,
    registered_on date, labour_contracts integer, size_class text, form text, members integer, approved_on date)
"""
_UPSERT = """
insert into ledger values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (enterprise) do update set
    labour_contracts = coalesce(excluded.labour_contracts, ledger.labour_contracts),
    form = coalesce(excluded.form, ledger.form),
    size_class = coalesce(excluded.size_class, ledger.size_class),
    members = coalesce(excluded.members, ledger.members),
    approved_on = coalesce(excluded.approved_on, ledger.approved_on)
"""


class Fact(BaseModel):
    """The data of any of the enterprise's events."""

    enterprise: str
    name: str | None = None
    ownership: str | None = None
    county: str | None = None
    union: str | None = None
    registered_on: date | None = None
    labour_contracts: int | None = None
    size_class: str | None = None
    form: str | None = None
    members: int | None = None
    approved_on: date | None = None


class Message(BaseModel):
    """A CloudEvent as such a handler declares it."""

    id: str
    type: str
    subject: str
    data: Fact


async def _decode(message: KafkaMessage) -> Any:
    return orjson.loads(message.body)  # FastStream's own goes by the content type and leaves CloudEvents as bytes


async def handle_each(pool: Pool, bootstrap: str, topic: str, count: int) -> float:
    """Consume `count` messages from the topic's beginning; events a second, from the start of the subscriber on."""
    broker, done, left = KafkaBroker(bootstrap, logger=None), asyncio.Event(), count

    @broker.subscriber(
        partitions=[TopicPartition(topic, 0)],
        auto_offset_reset="earliest",
        fetch_max_wait_ms=FETCH_WAIT_MS,
        ack_policy=AckPolicy.MANUAL,
        decoder=_decode,
    )
    async def handle(message: Message) -> None:
        nonlocal left
        await pool.execute(_UPSERT, *message.data.model_dump().values())
        left -= 1
        if not left:
            done.set()

    started = time.perf_counter()
    await broker.start()
    try:
        await done.wait()
        return count / (time.perf_counter() - started)
    finally:
        await broker.stop()
