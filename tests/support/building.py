"""Builds under test: a log, the service's own database, rebuilds of the toy read model, and what lies in its tables."""

import asyncio
from collections.abc import Sequence
from typing import Any

from msgspec.structs import astuple

from contracts.cloudevent import decode
from contracts.event import Event
from eventing.beacons import Beacons
from eventing.builds import Build, live_build, take_up
from eventing.database import Pool
from eventing.feed import read_log
from eventing.fold import Fold, fold_in_memory
from eventing.folding import Pace
from eventing.reader.leases import Leases
from eventing.reader.source import FeedUnreachable
from eventing.reader.tap import Tap, consuming_broker
from eventing.reader.whole import Origin, Way
from eventing.rebuild import Means, Progress, Rebuild, Rebuilt
from eventing.tasks import until_one_ends
from eventing.topics import HEADS
from tests.support.logs import LogUnderTest
from tests.support.reading import LogFeed
from tests.support.toy import new_event
from tests.support.toy_fold import TOY

Contents = tuple[dict[Any, Any], dict[Any, Any]]


class WholeLogFeed(LogFeed):
    """The feed of a whole log in the same process, in small pages."""

    limit = 7

    async def texts(self, sequence: int, wait: float = 0.0) -> Sequence[bytes]:
        self.asked += 1
        if not self.reachable:
            raise FeedUnreachable
        return [
            entry.text for entry in await self._log.after(sequence, self.limit, wait) if entry.sequence <= self.upto
        ]

    async def head(self) -> int:
        if not self.reachable:
            raise FeedUnreachable
        return int(await self._log._pool.fetchval("select sequence from head"))


async def append(log: LogUnderTest, history: Sequence[Event]) -> None:
    """Each in a transaction of its own, after what its stream has already."""
    for event in history:
        async with log.store.unit() as unit:
            version = len((await unit.load([event.stream]))[event.stream])
            await unit.append([new_event(event, version + 1, log.source)])


async def fresh_build(pool: Pool, fold: Fold) -> Build:
    """A build with its tables, for a reader to write."""
    build, _ = await take_up(pool, fold)
    async with pool.acquire() as connection:
        await build.table.create(connection)
    return build


class Builder:
    """A process that makes builds of a fold in its own database."""

    def __init__(self, log: LogUnderTest, pool: Pool, dsn: str, fold: Fold = TOY) -> None:
        self.log, self.pool, self.dsn, self.fold = log, pool, dsn, fold
        self.kafka = consuming_broker(log.bootstrap)
        self.feed = WholeLogFeed(log.pool)

    def origin(self) -> Origin:
        return Origin(self.log.source, self.feed, Tap(self.kafka, self.log.topic, 10))

    def means(self) -> Means:
        return Means(self.pool, self.dsn, Leases(self.dsn, "builder"), Beacons(Tap(self.kafka, HEADS, 10)))

    async def run(self, way: Way = Way.FEED, kind: type[Rebuild] = Rebuild, room: int = 1000) -> Rebuilt:
        """A rebuild as a process of its own runs it."""
        means, made = self.means(), list[Rebuilt]()

        async def make() -> None:
            rebuild = kind(self.fold, [self.origin()], means, way, Pace(slice=3), room, Progress())
            made.append(await rebuild.run())

        try:
            async with asyncio.timeout(30):
                await until_one_ends(make(), means.leases.run(), means.beacons.run())
        finally:
            await self.kafka.stop()
        return made[0]

    async def live(self) -> Build:
        live = await live_build(self.pool, self.fold)
        assert live is not None
        return live

    async def contents(self) -> Contents:
        return await contents(self.pool, await self.live())


async def contents(pool: Pool, build: Build) -> Contents:
    """Rows by key and cells that count something, as the fold has them."""
    table = build.table
    records = await pool.fetch(f"select {', '.join(table.columns()[table.rows])} from {table.rows}")
    rows = {record[0]: table.row_of(tuple(record)) for record in records}
    cells: dict[Any, Any] = {}
    if table.fold.cell is not None:
        keys = len(table.key_columns()[table.cells])
        for record in await pool.fetch(f"select {', '.join(table.columns()[table.cells])} from {table.cells}"):
            if any(record[at] for at in range(keys, len(record))):
                cells[tuple(record)[:keys]] = tuple(record)[keys:]
    return rows, cells


def plainly(fold: Fold, history: Sequence[Event]) -> Contents:
    """The same by the plainest fold."""
    rows, cells = fold_in_memory(fold, history)
    return rows, {astuple(cell): astuple(measures) for cell, measures in cells.items() if any(astuple(measures))}


async def everything(log: LogUnderTest) -> list[Event]:
    """The sealed events, in order."""
    return [decode(entry.text).event for entry in await read_log(log.pool, 0, 100_000)]
