"""The feed: the sealed log over HTTP, the same bytes in the same order as the topic: a second transport of one log."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.cloudevent import GENESIS, Sealed
from eventing.database import Pool
from eventing.signals import Signal

_READ = """
select sequence, stream, '{"sequence":"' || lpad(sequence::text, 19, '0') || '","prevhash":"' ||
    coalesce(lag(hash) over (order by sequence), $3) || '",' ||
    case epoch when 0 then '' else '"epoch":' || epoch || ',' end || tail as text
from log join event using (pos) where sequence >= $1 and sequence <= $2 order by sequence
"""
_EPOCH_OF_WHO_IS_ABOVE = """
select after from epoch where number = (select epoch from head where sequence < $1)
"""
_POLL = 0.05
"""Seconds between looks where the sealing happens in another process, and nothing wakes us."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sealed text as it stands in the log, with the stream it belongs to."""

    sequence: int
    stream: str
    text: bytes


async def read_log(pool: Pool, after: int, limit: int) -> list[Entry]:
    """Up to `limit` sealed events that come after the sequence `after`, contiguous."""
    # From `after` itself on: the first one's prevhash is the hash of the event before it.
    rows = await pool.fetch(_READ, after, after + limit, GENESIS)
    return [Entry(row["sequence"], row["stream"], row["text"].encode()) for row in rows if row["sequence"] > after]


class Log:
    """A service's own log as others read it; `sealed` is set by a relay in the same process."""

    def __init__(self, pool: Pool, sealed: Signal) -> None:
        self._pool, self._sealed = pool, sealed

    async def after(self, sequence: int, limit: int, seconds: float) -> list[Entry]:
        """What comes after `sequence`, waiting at most so long for the first of it.

        Who is above the log's end has read what was given up, and gets what the present epoch began with.
        """
        until = time.monotonic() + seconds
        if (begins := await self._pool.fetchval(_EPOCH_OF_WHO_IS_ABOVE, sequence)) is not None:
            return await read_log(self._pool, begins, limit)
        while True:
            seen = self._sealed.count
            entries = await read_log(self._pool, sequence, limit)
            left = until - time.monotonic()
            if entries or left <= 0:
                return entries
            await self._sealed.wait(seen, min(left, _POLL))

    async def sequence_of(self, pos: int, seconds: float) -> int | None:
        """The sequence that an appended event was sealed with, waiting at most so long; else None."""
        until = time.monotonic() + seconds
        while True:
            seen = self._sealed.count
            sequence: int | None = await self._pool.fetchval("select sequence from log where pos = $1", pos)
            left = until - time.monotonic()
            if sequence is not None or left <= 0:
                return sequence
            await self._sealed.wait(seen, min(left, _POLL))


def join(texts: Sequence[bytes]) -> bytes:
    """CloudEvents batch JSON. A sealed text holds no raw line break, so lines keep the exact bytes apart."""
    return b"[\n" + b",\n".join(texts) + b"\n]"


def cut(batch: bytes) -> list[bytes]:
    """The texts of a batch as `join` makes it, byte for byte."""
    inner = batch[2:-2]
    return inner.split(b",\n") if inner else []


def split(batch: bytes) -> list[Sealed]:
    """The sealed events of a batch, byte for byte; raises `Undecodable`."""
    return [Sealed.read(text) for text in cut(batch)]
