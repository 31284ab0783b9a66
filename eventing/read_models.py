"""Read models: builds of a fold, each a reader of its own with its own tables, of which one is live."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import asyncpg
from pydantic import BaseModel

from contracts.cloudevent import Sealed, decode, type_of
from eventing.beacons import Beacons
from eventing.database import Pool, PooledConnection
from eventing.engine import Table
from eventing.fold import Fold
from eventing.refusal import Invalid


def fingerprint(fold: Fold) -> str:
    """What a build was made with: its columns and the event types that the fold knows."""
    shapes = [getattr(shape, "__annotations__", None) for shape in (fold.row, fold.cell, fold.measures)]
    return sha256(repr((fold.version, shapes, sorted(event.type_name() for event in fold.events))).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Build:
    """One build of a fold; its reader's name keeps its position apart from any other's."""

    table: Table
    id: int

    @property
    def reader(self) -> str:
        return f"{self.table.fold.name}/{self.id}"


async def live_build(pool: Pool, fold: Fold) -> Build:
    """The live build of the fold as this version folds it; a new one where there is none yet."""
    mark = fingerprint(fold)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select pg_advisory_xact_lock(hashtext('gonglian builds'))")
        row = await connection.fetchrow("select id, fingerprint from build where fold = $1 and live", fold.name)
        if row is not None and row["fingerprint"] == mark:
            return Build(Table(fold, f"{fold.name}_{row['id']}"), row["id"])
        number = 1 + (await connection.fetchval("select max(id) from build where fold = $1", fold.name) or 0)
        build = Build(Table(fold, f"{fold.name}_{number}"), number)
        await build.table.create(connection)
        await connection.execute("update build set live = false where fold = $1", fold.name)
        await connection.execute(
            "insert into build (fold, id, fingerprint, live) values ($1, $2, $3, true)", fold.name, number, mark
        )
        return build


class BuildSink:
    """A reader's sink that folds events into a build's tables."""

    def __init__(self, build: Build) -> None:
        self._table = build.table
        self._known = {event.type_name() for event in build.table.fold.events}

    def cut(self, events: Sequence[Sealed]) -> int:
        return len(events)

    def concerns(self, events: Sequence[Sealed]) -> bool:
        return any(type_of(sealed.text) in self._known for sealed in events)

    async def apply(self, connection: PooledConnection, events: Sequence[Sealed]) -> None:
        known = [decode(sealed.text).event for sealed in events if type_of(sealed.text) in self._known]
        await self._table.fold_in(connection, known)

    async def withdraw(self, connection: PooledConnection) -> None:
        """Empty the tables: what was given up can't be told from what stays."""
        for table in (self._table.rows, *([self._table.cells] if self._table.fold.cell is not None else [])):
            await connection.execute(f"truncate {table}")

    def committed(self) -> None:
        """Nobody waits for it here: a query that needs a position looks itself."""


class Freshness(BaseModel):
    """How fresh an answer is, per source: the last sequence applied, its business time, and whether the source has
    said that it is further (None: it was not heard of)."""

    source: str
    sequence: int
    time: datetime | None
    behind: bool | None
    heard_seconds_ago: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One consistent look at a read model: rows, aggregates and freshness are of the same instant."""

    connection: PooledConnection
    rows: str
    cells: str
    freshness: tuple[Freshness, ...]

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        records: list[asyncpg.Record] = await self.connection.fetch(sql, *values)
        return records


class ReadModel:
    """A live build that can be asked."""

    def __init__(self, pool: Pool, build: Build, beacons: Beacons) -> None:
        self._pool, self.build, self._beacons = pool, build, beacons

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Reading]:
        """A transaction that sees one instant."""
        async with (
            self._pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield Reading(connection, self.build.table.rows, self.build.table.cells, await self._freshness(connection))

    async def _freshness(self, connection: PooledConnection) -> tuple[Freshness, ...]:
        rows = await connection.fetch(
            "select source, sequence, event_time from position where reader = $1 order by source", self.build.reader
        )
        return tuple(self._fresh(row) for row in rows)

    def _fresh(self, row: Any) -> Freshness:
        beacon = self._beacons.of(row["source"])
        return Freshness(
            source=row["source"],
            sequence=row["sequence"],
            time=row["event_time"],
            behind=None if beacon is None else beacon.sequence > row["sequence"],
            heard_seconds_ago=self._beacons.silent_for(row["source"]),
        )

    async def reached(self, source: str, sequence: int, seconds: float) -> bool:
        """Wait at most so long until the source is applied up to `sequence`; raises `Invalid` for one not read here."""
        until = time.monotonic() + seconds
        while True:
            at: int | None = await self._pool.fetchval(
                "select sequence from position where reader = $1 and source = $2", self.build.reader, source
            )
            if at is None:
                raise Invalid("unknown_source", "at_least", source=source)
            if at >= sequence:
                return True
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.02)
