"""Builds of read models, in their table: how one begins, goes on after a kill, takes the live one's place, and goes."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import structlog

from contracts.catalogue import type_names
from eventing.columns import hints_of
from eventing.database import Pool, PooledConnection
from eventing.engine import Table
from eventing.fold import Fold
from eventing.lease import GONE, lock_number
from eventing.reader.parked import forget, parked_streams
from eventing.reader.position import Position

log = structlog.get_logger()

KEPT = timedelta(seconds=60)
"""An old build stays so long after the swap: a query's transaction, which lasts 30 seconds at most, may have looked
it up just before, and every process has noticed the swap by then."""
LEFT = timedelta(minutes=10)
"""A build that nobody has gone on with for so long is dropped; until then the next rebuild takes it up."""


def fingerprint(fold: Fold) -> str:
    """What a build was made with: its columns, inherited and computed ones too, its parts' fields, the event types that
    the fold knows, old versions among them, and what else it goes by."""
    shapes: list[object] = []
    for shape in (fold.row, fold.cell, fold.measures):
        shapes += [None] if shape is None else hints_of(shape)
    shapes += [each for each in (fold.computed, fold.nearest) if each]
    made_with: tuple[object, ...] = (fold.version, shapes, sorted(known_types(fold)))
    if fold.goes_by is not None:
        made_with = (*made_with, fold.goes_by)
    return sha256(repr(made_with).encode()).hexdigest()


def known_types(fold: Fold) -> frozenset[str]:
    """The names of the event types that the fold takes, in all their versions."""
    return frozenset[str]().union(*map(type_names, fold.events))


@dataclass(frozen=True, slots=True)
class Build:
    """One build of a fold; its reader's name keeps its position apart from any other's."""

    table: Table
    id: int
    mark: str
    """The fingerprint of the fold that it was made with."""

    @classmethod
    def of(cls, fold: Fold, id: int, mark: str) -> "Build":
        return cls(Table(fold, f"{fold.name}_{id}"), id, mark)

    @property
    def reader(self) -> str:
        return f"{self.table.fold.name}/{self.id}"


def lease_of(fold: Fold) -> str:
    """The lease of whoever makes a build of the fold."""
    return f"build {fold.name}"


async def live_build(connection: Pool | PooledConnection, fold: Fold) -> Build | None:
    """The build that is asked, perhaps made by another version of the fold; None before the first one."""
    row = await connection.fetchrow("select id, fingerprint from build where fold = $1 and state = 'live'", fold.name)
    return None if row is None else Build.of(fold, row["id"], row["fingerprint"])


async def positions(connection: Pool | PooledConnection, build: Build) -> dict[str, Position]:
    """How far its readers are, by source; nothing before its rows are in its tables."""
    rows = await connection.fetch("select * from position where reader = $1", build.reader)
    return {row["source"]: Position(row["sequence"], row["hash"], row["hint"]) for row in rows}


async def take_up(pool: Pool, fold: Fold) -> tuple[Build, bool]:
    """A build to be made, and whether it has rows already: the one that a killed rebuild left, or a new one.

    To be called by the holder of the fold's lease. One that another version of the fold began is dropped.
    """
    mark = fingerprint(fold)
    async with pool.acquire() as connection, connection.transaction():
        row = await connection.fetchrow(
            "select id, fingerprint from build where fold = $1 and state = 'building' for update", fold.name
        )
        if row is not None:
            left = Build.of(fold, row["id"], row["fingerprint"])
            if left.mark == mark and await positions(connection, left):
                return left, True
            await _drop(connection, fold.name, left.id)
        id = 1 + (await connection.fetchval("select max(id) from build where fold = $1", fold.name) or 0)
        await connection.execute(
            "insert into build (fold, id, fingerprint, state) values ($1, $2, $3, 'building')", fold.name, id, mark
        )
        return Build.of(fold, id, mark), False


async def note_progress(pool: Pool, build: Build, done: int, total: int) -> None:
    """Events read into it, of those that there were when it was begun."""
    await pool.execute(
        "update build set done = $3, total = $4, moved_at = now() where fold = $1 and id = $2",
        build.table.fold.name,
        build.id,
        done,
        total,
    )


async def passes(connection: Pool | PooledConnection, build: Build, marks: Mapping[str, int]) -> bool:
    """Whether its readers have come to these sequences, of the sources that it reads."""
    at = await positions(connection, build)
    return all(at[source].sequence >= sequence for source, sequence in marks.items() if source in at)


async def swap(pool: Pool, build: Build, patience: float = 1.0) -> bool:
    """Have it asked from now on, in the live one's place. Raises `Dropped`.

    False if it didn't pass all that is applied there in time, or has parked a stream that flows there.

    The live one's positions stand still meanwhile: what was answered is never taken back.
    """
    fold = build.table.fold
    async with pool.acquire() as connection, connection.transaction():
        live = await live_build(connection, fold)
        if live is not None:
            rows = await connection.fetch(
                "select source, sequence from position where reader = $1 order by source for update", live.reader
            )
            marks, until = {row["source"]: row["sequence"] for row in rows}, time.monotonic() + patience
            while not await passes(connection, build, marks):
                if time.monotonic() > until:
                    return False
                await asyncio.sleep(0.01)
            if await lacking_streams(connection, build):
                return False
        await connection.execute(
            "update build set state = 'old', moved_at = now() where fold = $1 and state = 'live'", fold.name
        )
        moved = await connection.execute(
            "update build set state = 'live', moved_at = now() where fold = $1 and id = $2 and state = 'building'",
            fold.name,
            build.id,
        )
        if moved != "UPDATE 1":
            raise Dropped(build.reader)
    return True


class Dropped(Exception):
    """The build isn't there any more: somebody else held its lease meanwhile, and took another way."""


async def lacking_streams(connection: Pool | PooledConnection, build: Build) -> set[str]:
    """Streams that are parked in the build and not in the live one, whose last events a swap would take back."""
    live = await live_build(connection, build.table.fold)
    if live is None:
        return set()
    return {
        stream
        for source in await positions(connection, build)
        for stream in await parked_streams(connection, build.reader, source)
        - await parked_streams(connection, live.reader, source)
    }


async def collect(pool: Pool, kept: timedelta = KEPT, left: timedelta = LEFT) -> list[str]:
    """Drop what is of no use any more: builds whose place was taken, and those that nobody goes on with."""
    dropped = []
    for row in await pool.fetch(
        "select fold, id from build where state = 'old' and moved_at < now() - $1::interval"
        " or state = 'building' and moved_at < now() - $2::interval",
        kept,
        left,
    ):
        try:
            async with pool.acquire() as connection, connection.transaction():
                if await _is_free(connection, row["fold"], row["id"], left):
                    await _drop(connection, row["fold"], row["id"])
                    dropped.append(f"{row['fold']}/{row['id']}")
        except GONE as waits:
            # A dump, say, reads the tables: another time.
            log.warning("build_not_dropped", fold=row["fold"], id=row["id"], error=type(waits).__name__)
    return dropped


async def _is_free(connection: PooledConnection, fold: str, id: int, left: timedelta) -> bool:
    """An old one always is; one that was being made, if nobody has taken it up since."""
    held = "select pg_try_advisory_xact_lock($1)"
    state = "select state = 'old' or moved_at < now() - $3::interval from build where fold = $1 and id = $2 for update"
    return bool(
        await connection.fetchval(held, lock_number(f"build {fold}"))
        and await connection.fetchval(state, fold, id, left)
    )


async def _drop(connection: PooledConnection, fold: str, id: int) -> None:
    await connection.execute(f"drop table if exists {fold}_{id}, {fold}_{id}_cells")
    await connection.execute("delete from position where reader = $1", f"{fold}/{id}")
    await forget(connection, f"{fold}/{id}")
    await connection.execute("delete from build where fold = $1 and id = $2", fold, id)
