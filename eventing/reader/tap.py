"""The Kafka end of a reader: partition 0 of one topic, assigned by hand, batches handed on one at a time."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiokafka
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, TopicPartition
from faststream.kafka.message import FAKE_CONSUMER, KafkaMessage

from eventing.relay.publisher import UNREACHABLE

_ROOM = 4000
"""Records that may wait for their reader; then fetching pauses."""
_PAUSE_MS = 5
"""FastStream sleeps so long after a fetch that brought nothing: it adds to every record's way."""
_REQUEST_MS = 10_000
"""A broker that is frozen, or doesn't know the topic, holds a start up so long. A fetch waits 5 s at most."""
_PATIENCE = 2.0
"""Seconds that an opening is waited for; then it goes on beside."""

_RETRY_MS = 200
"""A broker that is gone is looked for so often, by each tap."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record's value and the offset at which it lies."""

    offset: int
    value: bytes


async def _parse(records: tuple[aiokafka.ConsumerRecord, ...]) -> KafkaMessage:
    # FastStream's own parser decodes headers and loses the batch on one that isn't UTF-8.
    return KafkaMessage(raw_message=records, consumer=FAKE_CONSUMER, body=[record.value or b"" for record in records])


async def _decode(message: KafkaMessage) -> Any:
    return message.raw_message


def consuming_broker(bootstrap: str) -> KafkaBroker:
    """The process's FastStream broker; connects when its first tap starts, creates no topics, logs no records."""
    return KafkaBroker(
        bootstrap,
        allow_auto_create_topics=False,
        consumer_only=True,
        logger=None,
        request_timeout_ms=_REQUEST_MS,
        retry_backoff_ms=_RETRY_MS,
    )


class Tap:
    """Records of one topic's partition 0 from an offset on."""

    def __init__(self, broker: KafkaBroker, topic: str, fetch_wait_ms: int) -> None:
        self._broker, self._place = broker, aiokafka.TopicPartition(topic, 0)
        # All that has arrived is handed on at once: a reader's transaction per fetch would fall behind for ever.
        self._arrived: list[Record] = []
        self._some, self._room = asyncio.Event(), asyncio.Event()
        self._opening: asyncio.Future[None] | None = None
        self._patient_until = 0.0
        self._stopping: asyncio.Future[None] | None = None
        self._subscriber = broker.subscriber(
            partitions=[TopicPartition(topic, 0)],
            batch=True,
            ack_policy=AckPolicy.MANUAL,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=fetch_wait_ms,
            batch_timeout_ms=min(fetch_wait_ms, _PAUSE_MS),
            max_records=2000,
            parser=_parse,
            decoder=_decode,
        )
        self._subscriber(self._arrive)

    async def _arrive(self, records: Any) -> None:
        await self._room.wait()
        self._arrived += [Record(record.offset, record.value or b"") for record in records]
        self._some.set()
        if len(self._arrived) >= _ROOM:
            self._room.clear()

    async def open(self, offset: int) -> bool:
        """Whether it has begun, from the offset given first. If that takes long or was tried in vain: no, ask again."""
        if self._opening is None:
            self._opening = asyncio.ensure_future(self.start(offset))
            self._patient_until = time.monotonic() + _PATIENCE
        await asyncio.wait([self._opening], timeout=max(0.0, self._patient_until - time.monotonic()))
        if not self._opening.done():
            return False
        try:
            self._opening.result()
        except UNREACHABLE:
            await self.stop()
            return False
        return True

    async def start(self, offset: int) -> None:
        """Begin at the offset, or at the first kept record where the broker doesn't have it."""
        if self._stopping is not None:
            await asyncio.wait([self._stopping])
        self._take()
        await self._broker.connect()
        await self._subscriber.start()
        # No await between start and seek: the first fetch would go out from elsewhere.
        consumer = self._subscriber.consumer
        assert consumer is not None, "it has just been started"
        consumer.seek(self._place, offset)

    async def next(self, seconds: float) -> Sequence[Record] | None:
        """All that has arrived since, at least one; None when nothing came in that time."""
        try:
            async with asyncio.timeout(seconds):
                await self._some.wait()
        except TimeoutError:
            return None
        return self._take()

    def _take(self) -> Sequence[Record]:
        taken, self._arrived = self._arrived, []
        self._some.clear()
        self._room.set()
        return taken

    async def stop(self) -> None:
        """Stop consuming; what has arrived and wasn't taken is forgotten."""
        self._room.set()  # the handler may be waiting to hand its batch on
        # In a task of its own: aiokafka swallows a cancellation that reaches it here, and ours must get through.
        if self._stopping is None or self._stopping.done():
            self._stopping = asyncio.ensure_future(self._end())
        await asyncio.wait([self._stopping])
        self._take()
        self._stopping.result()

    async def _end(self) -> None:
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.cancel()
            await asyncio.wait([opening])
            _ = opening.cancelled() or opening.exception()  # looked at: whoever stops it has no use for it
        consumer = self._subscriber.consumer
        try:
            await self._subscriber.stop()
        except asyncio.CancelledError:
            # aiokafka cancels its own fetch, trips over that where the fetch waits out an error, and would leave its
            # client behind: looking for the broker for ever, several times a second, beside the next one.
            if consumer is not None:
                await consumer._client.close()
            self._subscriber.consumer = None
