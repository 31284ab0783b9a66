"""Who else knows how far a log has come: its beacon, its topic, and the readers in other services' databases."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
from aiokafka import AIOKafkaConsumer, TopicPartition

from contracts.cloudevent import Sealed, Undecodable
from eventing.beacons import Beacon
from eventing.relay.publisher import UNREACHABLE
from eventing.topics import HEADS, topic_of

BEACON, TOPIC = "beacon", "topic"
_LAST = 4200
"""Records at a topic's end that are looked at: a leader that woke late may have put two batches of old ones there."""
_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Saw:
    """The witness `by` holds that the log's event at `sequence`, sealed in `epoch`, hashes to `hash`."""

    by: str
    sequence: int
    hash: str
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """What the witnesses said; who couldn't be asked is in `unreachable`. Who answers may know nothing of the log."""

    saw: tuple[Saw, ...] = ()
    answered: frozenset[str] = field(default_factory=frozenset)
    unreachable: frozenset[str] = field(default_factory=frozenset)

    def __add__(self, other: "Heard") -> "Heard":
        return Heard(self.saw + other.saw, self.answered | other.answered, self.unreachable | other.unreachable)


@dataclass(frozen=True, slots=True)
class Peers:
    """The other services of the platform, as they are reached: their names, the gateway, and a token for operators."""

    names: tuple[str, ...]
    http: httpx.AsyncClient
    gateway: str
    token: Callable[[], str]


class Witnesses:
    """The witnesses of one log."""

    def __init__(self, source: str, bootstrap: str, peers: Peers | None = None, seconds: float = _SECONDS) -> None:
        self._source, self._bootstrap, self._peers, self._seconds = source, bootstrap, peers, seconds

    async def ask(self) -> Heard:
        """Ask all of them at once."""
        asked = [self._broker()] + [self._peer(name) for name in (self._peers.names if self._peers else ())]
        said = await asyncio.gather(*asked)
        return sum(said, Heard())

    async def _broker(self) -> Heard:
        both = frozenset((BEACON, TOPIC))
        try:
            async with asyncio.timeout(self._seconds), consuming(self._bootstrap) as consumer:
                there = await consumer.topics()
                found = [await self._beacon(consumer)] if HEADS in there else []
                if (topic := topic_of(self._source)) in there:
                    found.append(await self._topic(consumer, topic))
        except UNREACHABLE:
            return Heard(unreachable=both)
        return Heard(tuple(saw for saw in found if saw is not None), both)

    async def _beacon(self, consumer: AIOKafkaConsumer) -> Saw | None:
        """The last one of this log; searched from the end, because the topic holds those of all logs."""
        end = await end_of(consumer, HEADS)
        while end > 0:
            start = max(0, end - _LAST)
            said = [_beacon_in(value) async for _, value in between(consumer, HEADS, start, end)]
            ours = [beacon for beacon in said if beacon is not None and beacon.source == self._source]
            if ours:
                last = max(ours, key=lambda beacon: (beacon.epoch, beacon.sequence))
                return Saw(BEACON, last.sequence, last.hash, last.epoch)
            end = start
        return None

    async def _topic(self, consumer: AIOKafkaConsumer, topic: str) -> Saw | None:
        end, found = await end_of(consumer, topic), list[Sealed]()
        async for _, value in between(consumer, topic, max(0, end - _LAST), end):
            try:
                found.append(Sealed.read(value))
            except Undecodable:
                continue
        if not found:
            return None
        last = max(found, key=lambda sealed: (sealed.epoch, sealed.sequence))
        return Saw(TOPIC, last.sequence, last.hash, last.epoch)

    async def _peer(self, name: str) -> Heard:
        assert self._peers is not None
        try:
            answer = await self._peers.http.get(
                f"{self._peers.gateway}/api/{name}/operator/standing",
                headers={"Authorization": f"Bearer {self._peers.token()}"},
                timeout=self._seconds,
            )
            answer.raise_for_status()
            readers: Sequence[Mapping[str, object]] = answer.json()["readers"]
            saw = [
                Saw(f"{name}: {one['reader']}", int(str(one["sequence"])), str(one["hash"]), int(str(one["epoch"])))
                for one in readers
                if one["source"] == self._source and one["sequence"]
            ]
        except (httpx.HTTPError, KeyError, TypeError, ValueError):
            return Heard(unreachable=frozenset((name,)))
        return Heard(tuple(saw), frozenset((name,)))


def _beacon_in(value: bytes) -> Beacon | None:
    try:
        return Beacon.read(value)
    except (KeyError, TypeError, ValueError):
        return None


@asynccontextmanager
async def consuming(bootstrap: str) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer for one look at a broker; raises one of `UNREACHABLE`."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, fetch_max_wait_ms=10)
    try:
        await consumer.start()
        yield consumer
    finally:
        # In a task of its own: aiokafka swallows a cancellation that reaches it here, and ours must get through.
        stopping = asyncio.ensure_future(consumer.stop())
        stopping.add_done_callback(lambda stopped: stopped.cancelled() or stopped.exception())
        await asyncio.wait([stopping], timeout=2)


async def end_of(consumer: AIOKafkaConsumer, topic: str) -> int:
    """The offset after the last record of the topic's partition 0."""
    place = TopicPartition(topic, 0)
    return int((await consumer.end_offsets([place]))[place])


async def between(
    consumer: AIOKafkaConsumer, topic: str, start: int, end: int
) -> AsyncGenerator[tuple[int, bytes], None]:
    """Offset and value of the records from offset `start` up to `end`, as far as they are kept."""
    place = TopicPartition(topic, 0)
    consumer.assign([place])
    consumer.seek(place, max(start, (await consumer.beginning_offsets([place]))[place]))
    while await consumer.position(place) < end:
        for records in (await consumer.getmany(place, timeout_ms=200)).values():
            for record in records:
                if record.offset < end:
                    yield record.offset, record.value or b""
