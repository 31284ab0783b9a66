"""Audit: is a log what was sealed, and all of it? It names the first event that isn't, and what was done to it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import asyncpg

from contracts.cloudevent import GENESIS
from eventing.audit_findings import Finding, Judge, Kind, tell
from eventing.database import Connection
from eventing.witnesses import Saw

PAGE = 10_000
_SLICE = 500
_SETTINGS = {"statement_timeout": "10min", "application_name": "gonglian audit"}

# Not a join: its plan reads the whole event table for each page, or sorts the texts on disk.
_READ = """
select sequence, hash, epoch, (select tail from event where event.pos = log.pos)
from log where sequence > $1 and sequence <= $2 order by sequence
"""
# Streams are loaded by the columns, and only the text is sealed.
_OTHERWISE = """
select sequence, stream from event left join log using (pos) where not tail like
    '"specversion":"1.0","id":"' || id || '","source":"%","type":"%","subject":"' || stream ||
    '","time":"%","streamversion":' || version || ',"%'
order by sequence limit 1
"""
_UNNUMBERED = """
select event.pos, stream, version from event
where not exists (select from log where log.pos = event.pos)
    and not exists (select from unsealed where unsealed.pos = event.pos)
order by event.pos limit 1
"""
_TWICE = "select unsealed.pos, sequence from unsealed join log using (pos) order by sequence limit 1"
_WAITING_FOR_NOTHING = "select pos from unsealed where not exists (select from event where event.pos = unsealed.pos)"
# By the index of (stream, version) alone.
_HOLES = """
select stream, count(*) as there, max(version) as last from event group by stream
having count(*) <> max(version) or min(version) <> 1
"""
_AFTER_HOLE = """
select event.version, sequence from (
    select pos, version, row_number() over (order by version) as nth from event where stream = $1
) as event left join log using (pos) where version <> nth order by version limit 1
"""


@dataclass(frozen=True, slots=True)
class Report:
    """`events` were checked; `finding` is the first in the log's order, None where all is as it was sealed."""

    source: str
    events: int
    hash: str
    witnesses: tuple[Saw, ...]
    finding: Finding | None


class NoLog(Exception):
    """This database holds no log."""


Progress = Callable[[int, int], None]
"""Told how many events of how many are checked."""


async def verify(dsn: str, saw: Sequence[Saw], progress: Progress = lambda done, of: None) -> Report:
    """Check the log in that database against itself and against what others saw. The witnesses are asked before."""
    connection, other = [await asyncpg.connect(dsn, server_settings=_SETTINGS) for _ in range(2)]
    try:
        return await _Audit(connection, saw, progress).run(other)
    finally:
        connection.terminate()
        other.terminate()


class _Audit:
    def __init__(self, connection: Connection, saw: Sequence[Saw], progress: Progress) -> None:
        self._connection, self._saw, self._progress = connection, saw, progress
        self._witnessed = {saw.sequence for saw in saw}
        self._hashes: dict[int, str] = {0: GENESIS}

    async def run(self, other: Connection) -> Report:
        head = await self._connection.fetchrow(
            "select source, sequence, hash, epoch, (select max(sequence) from log) as last,"
            " (select min(sequence) from log) as first from head"
        )
        if head is None:
            raise NoLog
        beside = asyncio.ensure_future(_beside(other))
        try:
            broken = await self._chain(head["sequence"])
            found = [*([broken] if broken else self._ends(head)), *await beside]
        finally:
            beside.cancel()
        first = min(found, key=lambda finding: finding.sequence or 1 << 62, default=None)
        return Report(head["source"], head["sequence"], head["hash"], tuple(self._saw), first)

    async def _chain(self, last: int) -> Finding | None:
        """Recompute every text and hash from the log's beginning on."""
        epochs = {row["number"]: row["after"] for row in await self._connection.fetch("select * from epoch")}
        held, epoch = GENESIS, 0
        async with aclosing(self._pages(last)) as pages:
            async for start, rows in pages:
                at = start
                for sequence, hash, said, tail in rows:
                    at += 1
                    # As `seal` does, without a call: this is the loop that every event goes through.
                    later = f'"epoch":{said},' if said else ""
                    text = f'{{"sequence":"{at:019d}","prevhash":"{held}",{later}{tail}'
                    if sequence != at or hash != sha256(text.encode()).hexdigest():
                        break
                    if said != epoch and (said < epoch or epochs.get(said) != at - 1):
                        break
                    held, epoch = hash, said
                    if at in self._witnessed:
                        self._hashes[at] = held
                    if at % _SLICE == 0:
                        await asyncio.sleep(0)  # let the next page come in
                else:
                    if at == min(start + PAGE, last):
                        self._progress(at, last)
                        continue
                    at += 1
                break
            else:
                self._hashes[last] = held
                return None
        return await Judge(self._connection, at, held).finding()

    async def _pages(self, last: int) -> AsyncGenerator[tuple[int, list[Any]], None]:
        """The log's rows by sequence; the next page comes while this one is hashed."""
        coming = asyncio.ensure_future(self._page(0, last))
        try:
            for start in range(0, last, PAGE):
                rows = await coming
                coming = asyncio.ensure_future(self._page(start + PAGE, last))
                yield start, rows
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)

    async def _page(self, start: int, last: int) -> list[Any]:
        return list(await self._connection.fetch(_READ, start, min(start + PAGE, last))) if start < last else []

    def _ends(self, head: Any) -> list[Finding]:
        """What the log's head and the witnesses say of a log whose chain is whole."""
        last, held, found = head["sequence"], self._hashes[head["sequence"]], list[Finding]()
        if (head["first"] or 1) < 1 or (head["last"] or 0) > last:
            at = head["first"] if (head["first"] or 1) < 1 else last + 1
            found.append(tell(Kind.INSERTED, at, None, "日志有头指针之外的记录", "the log has rows outside its head"))
        if head["hash"] != held:
            zh, en = "头指针的哈希与日志不符", "the head's hash isn't that of the log's last event"
            found.append(tell(Kind.ALTERED, last, None, zh, en))
        for saw in self._saw:
            if saw.epoch > head["epoch"] or (saw.epoch == head["epoch"] and saw.sequence > last):
                zh = f"日志止于 {last}，而 {saw.by} 见过 {saw.sequence}"
                en = f"the log ends at {last}, and {saw.by} saw {saw.sequence}"
                found.append(tell(Kind.TRUNCATED, last + 1, None, zh, en))
            elif saw.epoch == head["epoch"] and saw.hash != self._hashes[saw.sequence]:
                zh = f"哈希链完整，但与 {saw.by} 读到的不是同一段历史"
                en = f"the chain is whole, but {saw.by} has read another history"
                found.append(tell(Kind.REWRITTEN, saw.sequence, None, zh, en))
        return found


async def _beside(connection: Connection) -> list[Finding]:
    """What the chain doesn't show: rows that no number leads to, and streams with a version missing."""
    found = []
    if (row := await connection.fetchrow(_OTHERWISE)) is not None:
        zh, en = "流、版本或编号与正文不符", "its stream, version or id isn't what its text says"
        found.append(tell(Kind.ALTERED, row["sequence"] or 0, row["stream"], zh, en))
    if (row := await connection.fetchrow(_UNNUMBERED)) is not None:
        zh = f"事件（pos {row['pos']}，版本 {row['version']}）没有序号，也不在待编号之列：未经中继写入，或其序号被删"
        en = (
            f"an event (pos {row['pos']}, version {row['version']}) has no number and doesn't wait for one:"
            " it was put in, or its number was taken away"
        )
        found.append(tell(Kind.INSERTED, 0, row["stream"], zh, en))
    if (row := await connection.fetchrow(_TWICE)) is not None:
        zh, en = "已编号的事件又在待编号之列", "an event that has its number waits for another"
        found.append(tell(Kind.INSERTED, row["sequence"], None, zh, en))
    if (row := await connection.fetchrow(_WAITING_FOR_NOTHING)) is not None:
        zh, en = (
            f"待编号的事件（pos {row['pos']}）不存在",
            f"an event that waits for its number (pos {row['pos']}) is gone",
        )
        found.append(tell(Kind.REMOVED, 0, None, zh, en))
    for row in await connection.fetch(_HOLES):
        after = await connection.fetchrow(_AFTER_HOLE, row["stream"])
        version, sequence = (after["version"], after["sequence"] or 0) if after is not None else (1, 0)
        zh, en = f"该流在版本 {version} 之前缺事件", f"the stream has an event missing before its version {version}"
        found.append(tell(Kind.REMOVED, sequence, row["stream"], zh, en))
    return found
