"""Publishing: sealed texts to partition 0 of the topic, in order, acknowledged by all, one batch in flight."""

import asyncio
from collections.abc import Sequence

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from contracts.cloudevent import CONTENT_TYPE

_BATCH_BYTES = 512 * 1024
_HEADERS = [("content-type", CONTENT_TYPE.encode())]

UNREACHABLE = (KafkaError, OSError, TimeoutError)
"""What a broker that is gone or unwilling looks like."""


class Publisher:
    """One producer, made on first use and thrown away after any failure.

    Not the idempotent producer: it wedges after a rejected batch and hangs while the broker is down. What is sent
    twice by a retry, readers drop by its sequence.
    """

    def __init__(self, bootstrap: str, seconds: float = 10.0) -> None:
        self.bootstrap, self._seconds = bootstrap, seconds
        self._producer: AIOKafkaProducer | None = None
        self._one_at_a_time = asyncio.Lock()

    async def send(self, topic: str, records: Sequence[tuple[bytes, bytes]]) -> None:
        """Send (key, value) records; returns when all are acknowledged, raises one of `UNREACHABLE`."""
        async with self._one_at_a_time:
            try:
                async with asyncio.timeout(self._seconds):
                    await self._send(topic, records)
            except BaseException:
                await self.discard()
                raise

    async def _send(self, topic: str, records: Sequence[tuple[bytes, bytes]]) -> None:
        producer = await self._started()
        start = 0
        while start < len(records):
            batch = producer.create_batch()
            while start < len(records):
                key, value = records[start]
                if batch.append(key=key, value=value, timestamp=None, headers=_HEADERS) is None:
                    break
                start += 1
            batch.close()
            acknowledged = await producer.send_batch(batch, topic, partition=0)
            await acknowledged

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = AIOKafkaProducer(
                bootstrap_servers=self.bootstrap,
                acks="all",
                enable_idempotence=False,
                max_batch_size=_BATCH_BYTES,
                request_timeout_ms=int(self._seconds * 1000),
                retry_backoff_ms=100,
            )
            self._producer = producer
            await producer.start()
        return self._producer

    async def discard(self) -> None:
        """End the producer for good: one that is merely forgotten delivers when the broker comes back."""
        producer, self._producer = self._producer, None
        if producer is None:
            return
        if (sending := getattr(producer._sender, "_sender_task", None)) is not None:
            sending.cancel()
        producer._closed = True
        # In a task of its own: aiokafka swallows a cancellation that reaches it here, and ours must get through.
        closing = asyncio.ensure_future(producer.client.close())
        closing.add_done_callback(lambda closed: closed.cancelled() or closed.exception())
        await asyncio.wait([closing], timeout=2)
