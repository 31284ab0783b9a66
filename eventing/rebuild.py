"""A build of a read model is made beside the live one: folded in memory, written once, read on with, swapped in."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

import structlog

from contracts.cloudevent import Sealed, event_time
from eventing.beacons import Beacons
from eventing.builds import (
    Build,
    Dropped,
    collect,
    lacking_streams,
    lease_of,
    live_build,
    note_progress,
    passes,
    positions,
    swap,
    take_up,
)
from eventing.database import Pool
from eventing.fold import Fold
from eventing.folding import ROOM, CannotFold, Folding, Pace
from eventing.lease import PING, LeaseConnection
from eventing.read_models import BuildSink
from eventing.reader.chain import Chain
from eventing.reader.leases import Leases
from eventing.reader.position import Position
from eventing.reader.reader import Forked, Place, Reader
from eventing.reader.whole import Origin, Way
from eventing.shell.health import Health
from eventing.tasks import until_one_ends

log = structlog.get_logger()

_LOOK = 0.05
_TELL = 0.5
"""Seconds between two notes of the progress."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a service's readers work with; `dsn` is for connections of their own."""

    pool: Pool
    dsn: str
    leases: Leases
    beacons: Beacons

    def reader(self, build: Build, origin: Origin, health: Health) -> Reader:
        """The build's reader of one log."""
        place = Place(build.reader, origin.source)
        return Reader(place, self.pool, self.leases, origin.tap, origin.feed, self.beacons, BuildSink(build), health)


class Stuck(Exception):
    """The new build can't be made; the message says why, for an operator. The live one is as it was."""


class Held(Exception):
    """Somebody else is making a build of this fold."""


@dataclass(slots=True)
class Progress:
    """Events read, of those that the logs had at the beginning (None: they didn't say)."""

    done: int = 0
    total: int | None = None
    tell: Callable[[int, int | None], None] = lambda done, total: None


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A build that took the live one's place, with its positions by source."""

    name: str
    build: int
    continued: bool
    """A killed rebuild had written its rows already."""
    in_memory: int
    """Events that were folded in memory; those that came after went batch by batch."""
    events: int
    seconds: float
    positions: Mapping[str, int]


@dataclass(slots=True)
class Rebuild:
    """One making of a fold's build. `run` once."""

    fold: Fold
    origins: Sequence[Origin]
    means: Means
    way: Way = Way.KAFKA
    pace: Pace = field(default_factory=Pace)
    room: int = ROOM
    progress: Progress = field(default_factory=Progress)

    async def run(self) -> Rebuilt:
        """Raises `Held`, `Stuck`, and what a database or feed raises that is away; again, it goes on where it was."""
        made: list[Rebuilt] = []

        async def make() -> None:
            made.append(await self._make())

        async with LeaseConnection(self.means.dsn, lease_of(self.fold)) as lease:
            if not await lease.take(lease_of(self.fold)):
                raise Held(self.fold.name)
            await until_one_ends(make(), _keep(lease))
        return made[0]

    async def _make(self) -> Rebuilt:
        started, pool = time.monotonic(), self.means.pool
        await collect(pool)
        build, continued = await take_up(pool, self.fold)
        heads = {origin.source: await origin.head() for origin in self.origins}
        if all(head is not None for head in heads.values()):
            self.progress.total = sum(head or 0 for head in heads.values())
        await self._note(build)
        in_memory = 0 if continued else await self._fold(build, heads)
        await self._read_on(build, {source: head for source, head in heads.items() if head})
        at = {source: position.sequence for source, position in (await positions(pool, build)).items()}
        self.progress.done = sum(at.values())
        return Rebuilt(self.fold.name, build.id, continued, in_memory, sum(at.values()), time.monotonic() - started, at)

    async def _fold(self, build: Build, heads: Mapping[str, int | None]) -> int:
        """Fold in memory and write; how many events. What the fold fails at, or has no room for, is left to the
        readers, which park and go by batches."""
        folding = Folding(build.table, self.pace, self.room)
        try:
            at = [await self._fold_log(build, folding, origin, heads[origin.source]) for origin in self.origins]
        except Forked:
            if self.way is Way.FEED:
                raise
            log.warning("folded_from_feed", build=build.reader)  # the topic holds a history that was given up
            self.way, self.progress.done = Way.FEED, 0
            return await self._fold(build, heads)
        try:
            await self._write(build, folding, at)
        except CannotFold as wrong:
            log.warning("folded_by_batches", build=build.reader, error=str(wrong))
            at = [(origin.source, Position(), b"") for origin in self.origins]
            await self._write(build, Folding(build.table, self.pace), at)
        return sum(position.sequence for _, position, _ in at)

    async def _fold_log(
        self, build: Build, folding: Folding, origin: Origin, head: int | None
    ) -> tuple[str, Position, bytes]:
        at, last, whole, told = Chain(origin.source), b"", Chain(origin.source), time.monotonic()
        async with aclosing(origin.texts(whole, self.way, head)) as pages:
            async for texts in pages:
                for start in range(0, len(texts), self.pace.slice):
                    some, began = texts[start : start + self.pace.slice], time.perf_counter()
                    count = 0 if folding.full else folding.take(some)
                    if count:
                        last = some[count - 1]
                        self.progress.done += count
                    if count < len(some):
                        at.follow([*texts[:start], *some[:count]])
                        return origin.source, Position(at.sequence, at.hash), last
                    await self.pace.rest(began)
                at = Chain(origin.source, whole.sequence, whole.hash)
                self.progress.tell(self.progress.done, self.progress.total)
                if time.monotonic() - told > _TELL:
                    told = time.monotonic()
                    await self._note(build)
        return origin.source, Position(at.sequence, at.hash), last

    async def _write(self, build: Build, folding: Folding, at: Sequence[tuple[str, Position, bytes]]) -> None:
        """Tables, rows, cells and positions in one transaction: until it commits, there is nothing of the build."""
        live = await live_build(self.means.pool, self.fold)
        theirs = await positions(self.means.pool, live) if live is not None else {}
        async with self.means.pool.acquire() as connection, connection.transaction():
            # A large read model takes longer than any request may.
            for name in ("statement_timeout", "transaction_timeout", "idle_in_transaction_session_timeout"):
                await connection.execute(f"set local {name} = 0")
            held = await connection.fetchval(
                "select true from build where fold = $1 and id = $2 and state = 'building' for update",
                self.fold.name,
                build.id,
            )
            if not held:
                raise Dropped(build.reader)
            await folding.write(connection)
            for source, position, last in at:
                known, epoch = theirs.get(source), Sealed.read(last).epoch if last else 0
                await connection.execute(
                    "insert into position (reader, source, sequence, hash, hint, event_time, epoch, epoch_after)"
                    " values ($1, $2, $3, $4, $5, $6, $7, $8)",
                    build.reader,
                    source,
                    position.sequence,
                    position.hash,
                    known.hint if known is not None and known.sequence <= position.sequence else 0,
                    event_time(last) if last else None,
                    epoch,
                    position.sequence if epoch else 0,  # below that the topic may hold what was given up
                )

    async def _read_on(self, build: Build, heads: Mapping[str, int]) -> None:
        """Have the build's readers go on until it is asked in the live one's place."""
        health = Health()
        readers = [self.means.reader(build, origin, health) for origin in self.origins]
        if await passes(self.means.pool, build, heads) and await swap(self.means.pool, build, patience=0):
            return  # where nobody writes, there is nothing to read on
        await until_one_ends(*(reader.run() for reader in readers), self._swap(build, heads, health))

    async def _swap(self, build: Build, heads: Mapping[str, int], health: Health) -> None:
        pool, told = self.means.pool, time.monotonic()
        while True:
            live = await live_build(pool, self.fold)
            marks = {source: at.sequence for source, at in (await positions(pool, live)).items()} if live else {}
            marks = {source: max(marks.get(source, 0), heads.get(source, 0)) for source in {**marks, **heads}}
            if await passes(pool, build, marks):
                if await swap(pool, build):
                    return
                if lacking := await lacking_streams(pool, build):
                    raise Stuck(
                        f"{build.reader} has parked what the live build has not: {', '.join(sorted(lacking)[:5])}"
                    )
            if stopped := [said for said in health.unready if "stopped" in said or "forked" in said]:
                raise Stuck("; ".join(stopped))
            self.progress.done = sum(at.sequence for at in (await positions(pool, build)).values())
            self.progress.tell(self.progress.done, self.progress.total)
            if time.monotonic() - told > _TELL:
                told = time.monotonic()
                await self._note(build)
            await asyncio.sleep(_LOOK)

    async def _note(self, build: Build) -> None:
        await note_progress(self.means.pool, build, self.progress.done, self.progress.total or 0)


async def _keep(lease: LeaseConnection) -> None:
    while True:
        await asyncio.sleep(PING)
        await lease.ping()
