"""A log's lost tail as others have kept it: in its topic, or in a file; checked along the chain before it is used."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from contracts.cloudevent import Sealed, Undecodable
from eventing.relay.guard import Head
from eventing.witnesses import Saw, between, consuming, end_of


class Tampered(Exception):
    """The chain breaks: the event named, or the one before it, isn't what was sealed."""


class Tail(Protocol):
    """Where sealed events were kept; can be read again and again. What isn't a sealed event is passed over."""

    def texts(self) -> AsyncGenerator[bytes, None]: ...


class TopicTail:
    """The log's own topic."""

    def __init__(self, bootstrap: str, topic: str) -> None:
        self._bootstrap, self._topic = bootstrap, topic

    async def texts(self) -> AsyncGenerator[bytes, None]:
        async with consuming(self._bootstrap) as consumer:
            if self._topic not in await consumer.topics():
                return
            end = await end_of(consumer, self._topic)
            async with aclosing(between(consumer, self._topic, 0, end)) as records:
                async for _, value in records:
                    yield value


class FileTail:
    """Pages of a feed one after another (CloudEvents batch JSON, byte for byte), or one event a line."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def texts(self) -> AsyncGenerator[bytes, None]:
        with self._file.open("rb") as lines:
            for line in lines:
                text = line.strip().removesuffix(b",")
                if text not in (b"[", b"]", b""):
                    yield text


@dataclass(frozen=True, slots=True)
class Plan:
    """What the tail holds right after a head: up to `last`, with that event's hash. `beyond` is the last number that
    it holds at all: where that is higher, there is a gap."""

    starts: tuple[tuple[int, int], ...]
    last: int
    hash: str
    epoch: int
    beyond: int


Progress = Callable[[int, int], None]


async def plan(tail: Tail, head: Head, saw: Sequence[Saw], progress: Progress = lambda done, of: None) -> Plan:
    """Read all of it, and check what follows the head along the chain and against the witnesses; raises `Tampered`."""
    starts: dict[int, int] = {}
    last, hash, epoch, beyond = head.sequence, head.hash, head.epoch, (head.epoch, head.sequence)
    async for sealed in _sealed(tail):
        beyond = max(beyond, (sealed.epoch, sealed.sequence))
        if sealed.epoch > head.epoch:
            starts[sealed.epoch] = min(starts.get(sealed.epoch, sealed.sequence), sealed.sequence)
    begins = tuple(sorted(starts.items()))
    witnessed = {(one.epoch, one.sequence): one for one in saw}
    async for sealed in following(tail, head, begins):
        last, hash, epoch = sealed.sequence, sealed.hash, sealed.epoch
        if (one := witnessed.get((epoch, last))) is not None and one.hash != hash:
            raise Tampered(f"{last}: {one.by}")
        progress(last - head.sequence, beyond[1] - head.sequence)
    return Plan(begins, last, hash, epoch, beyond[1])


async def following(tail: Tail, head: Head, starts: Sequence[tuple[int, int]]) -> AsyncIterator[Sealed]:
    """The events that follow the head in the surviving chain, contiguous; raises `Tampered`."""
    at, held, epoch = head.sequence, head.hash, head.epoch
    async for sealed in _sealed(tail):
        given_up = any(number > sealed.epoch and sealed.sequence >= start for number, start in starts)
        if given_up or sealed.epoch < epoch or sealed.sequence > at + 1 or sealed.sequence < head.sequence:
            continue
        if sealed.sequence == head.sequence and sealed.epoch == head.epoch and sealed.hash != head.hash:
            raise Tampered(f"{head.sequence}")
        if sealed.sequence <= at:
            continue
        if sealed.prevhash != held:
            raise Tampered(f"{sealed.sequence}")
        at, held, epoch = sealed.sequence, sealed.hash, sealed.epoch
        yield sealed


async def _sealed(tail: Tail) -> AsyncIterator[Sealed]:
    async with aclosing(tail.texts()) as texts:
        async for text in texts:
            try:
                yield Sealed.read(text)
            except Undecodable:
                continue
