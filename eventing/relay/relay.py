"""The relay: one leader per log that seals what was appended, publishes what is sealed, and says how far it is."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog

from eventing.beacons import Beacon
from eventing.database import Connection, Pool
from eventing.feed import read_log
from eventing.gate import Gate
from eventing.lease import GONE, PING, LeaseConnection, LeaseLost
from eventing.relay.guard import Behind, Guard, Unproven
from eventing.relay.publisher import UNREACHABLE, Publisher
from eventing.relay.sealer import HeadMoved, Outgoing, seal_next
from eventing.shell.health import Health
from eventing.signals import Signal
from eventing.tasks import until_one_ends
from eventing.topics import HEADS, topic_of
from eventing.witnesses import Witnesses

log = structlog.get_logger()

BATCH = 2000
_IN_MEMORY = 10 * BATCH
_BEACON_SECONDS = 2.0
_QUIET_BEACON_SECONDS = 60.0
_MARK_SECONDS = 0.2
_REFUSED_SECONDS = 1.5
LOST = (LeaseLost, HeadMoved, *GONE)


class Relay:
    """`appended` wakes it, `sealed` is set when there is more in the log; it polls every `poll` seconds besides."""

    def __init__(
        self,
        pool: Pool,
        dsn: str,
        source: str,
        publisher: Publisher,
        health: Health,
        poll: float = PING / 2,
        witnesses: Witnesses | None = None,
    ) -> None:
        if poll > PING:
            raise ValueError("the empty poll is the lease's ping: it must come more often")
        self._pool, self._dsn, self._source, self._publisher = pool, dsn, source, publisher
        self._health, self._poll, self._part = health, poll, f"relay of {source}"
        self.appended, self.sealed = Signal(), Signal()
        self.gate = Gate(known=False)
        self._guard = Guard(source, witnesses or Witnesses(source, publisher.bootstrap))
        self._proven = asyncio.Event()
        self._outbox: deque[Outgoing] = deque()
        self._head = self._mark = 0

    async def run(self) -> None:
        """Lead when the lease can be had, wait for it otherwise; for ever."""
        while True:
            try:
                async with LeaseConnection(self._dsn, f"relay {self._source}") as lease:
                    while not await lease.take(f"relay {self._source}"):
                        await self._look_aside(lease.connection)
                        await asyncio.sleep(PING)
                    await self._lead(lease.connection)
            except (Behind, Unproven) as refused:
                # What would be sealed now would be another history under the same numbers.
                self.gate.shut()
                await self._publisher.discard()
                told = "restored, and nobody confirms it" if isinstance(refused, Unproven) else "behind the world"
                self._health.down(self._part, f"{told} ({refused}): gonglian recover")
                log.error("relay_refuses", source=self._source, reason=told, at=str(refused))
                await asyncio.sleep(_REFUSED_SECONDS)
            except LOST as lost:
                log.warning("relay_lost", source=self._source, error=type(lost).__name__)
                self._health.down(self._part, type(lost).__name__)
            finally:
                await self._publisher.discard()
            await asyncio.sleep(0.2)

    async def stop(self) -> None:
        """Let go of the producer; nothing that waits in it is delivered later."""
        await self._publisher.discard()

    async def _look_aside(self, connection: Connection) -> None:
        """Who doesn't lead takes commands all the same, and must know what the leader knows."""
        if not self.gate.is_open:
            await self._guard.prove(connection)
            self.gate.open()
        self._health.up(self._part)

    async def _lead(self, connection: Connection) -> None:
        self._outbox.clear()
        self._proven.clear()
        if await self._guard.prove(connection):
            self._proven.set()
        self.gate.open()
        row = await connection.fetchrow("select sequence, published from head")
        if row is None:
            raise HeadMoved
        self._head, self._mark = row["sequence"], row["published"]
        self._health.up(self._part)
        log.info("relay_leads", source=self._source, head=self._head, published=self._mark)
        await until_one_ends(self._proving(), self._sealing(connection), self._publishing(), self._beaconing())

    async def _proving(self) -> None:
        """Commands go on and are sealed without a broker; nothing is published before it was asked what it has."""
        if not self._proven.is_set():
            await self._guard.prove_later(self._pool)
            self._proven.set()
        await asyncio.Event().wait()

    async def _sealing(self, connection: Connection) -> None:
        while True:
            seen = self.appended.count
            batch = await seal_next(connection, BATCH)
            if batch:
                self._head = batch[-1].sequence
                if len(self._outbox) < _IN_MEMORY:
                    self._outbox.extend(batch)
                self.sealed.set()
            else:
                await self.appended.wait(seen, self._poll)

    async def _publishing(self) -> None:
        topic, written, marked_at = topic_of(self._source), self._mark, 0.0
        await self._proven.wait()
        while True:
            seen = self.sealed.count
            records = await self._next_records()
            due = not records or time.monotonic() - marked_at > _MARK_SECONDS
            if due and written != self._mark:
                await self._pool.execute("update head set published = greatest(published, $1)", self._mark)
                written, marked_at = self._mark, time.monotonic()
            if not records:
                await self.sealed.wait(seen, 1.0)
                continue
            try:
                await self._publisher.send(topic, records)
            except UNREACHABLE as gone:
                # Commands go on: what is sealed waits in the log.
                log.warning("publish_failed", source=self._source, error=type(gone).__name__)
                await asyncio.sleep(0.5)
                continue
            self._mark += len(records)

    async def _next_records(self) -> Sequence[tuple[bytes, bytes]]:
        """What comes right after the mark: from memory where it is there, else from the log."""
        outbox, after = self._outbox, self._mark + 1
        while outbox and outbox[0].sequence < after:
            outbox.popleft()
        records: list[tuple[bytes, bytes]] = []
        while outbox and outbox[0].sequence == after + len(records) and len(records) < BATCH:
            _, key, text = outbox.popleft()
            records.append((key, text))
        if records:
            return records
        if self._mark >= self._head:
            return ()
        entries = await read_log(self._pool, self._mark, BATCH)
        return [(entry.stream.encode(), entry.text) for entry in entries]

    async def _beaconing(self) -> None:
        said, said_at = -1, 0.0
        await self._proven.wait()
        while True:
            if self._mark != said or time.monotonic() - said_at > _QUIET_BEACON_SECONDS:
                mark = self._mark
                row = await self._pool.fetchrow("select hash, epoch from log where sequence = $1", mark)
                hash, epoch = (row["hash"], row["epoch"]) if row else ("0" * 64, 0)
                beacon = Beacon(self._source, mark, hash, datetime.now(UTC), epoch)
                try:
                    await self._publisher.send(HEADS, [(self._source.encode(), beacon.text())])
                    said, said_at = mark, time.monotonic()
                except UNREACHABLE as gone:
                    log.warning("beacon_unsaid", source=self._source, error=type(gone).__name__)
            await asyncio.sleep(_BEACON_SECONDS)

    async def lag(self) -> tuple[int, float]:
        """Events that are appended but not yet published, and seconds since the oldest of them was recorded."""
        unsealed = await self._pool.fetchval("select count(*) from unsealed")
        row = await self._pool.fetchrow("select sequence - published as behind from head")
        behind = row["behind"] if row else 0
        oldest = await self._pool.fetchval(
            "select tail from event where pos = (select min(pos) from (select min(pos) as pos from unsealed"
            " union all select min(log.pos) from log where sequence > (select published from head)) waiting)"
        )
        seconds = 0.0
        if oldest is not None:
            text = str(oldest)
            start = text.index('"recordedtime":"') + 16
            recorded = datetime.fromisoformat(text[start : text.index('"', start)])
            seconds = max(0.0, (datetime.now(UTC) - recorded).total_seconds())
        return int(unsealed) + int(behind), seconds
