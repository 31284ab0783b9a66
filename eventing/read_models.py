"""Read models: the live build of a fold, asked in transactions that say how fresh it is; and the sink that folds."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import asyncpg
from pydantic import BaseModel, TypeAdapter

from contracts.cloudevent import Sealed
from eventing.beacons import Beacons
from eventing.builds import Build, fingerprint
from eventing.database import Pool, PooledConnection
from eventing.fold import Fold
from eventing.known import Known
from eventing.refusal import Busy, Invalid

Shown = TypeVar("Shown")

_LOOK = """
select b.id, b.fingerprint, p.source, p.sequence, p.event_time, made.done, made.total,
    (select count(*) from parked where parked.reader = p.reader and parked.source = p.source) as parked
from build b
    left join position p on p.reader = b.fold || '/' || b.id
    left join build made on made.fold = b.fold and made.state = 'building'
where b.fold = $1 and b.state = 'live' order by p.source
"""
_LACKS = """
select exists (
    select from unnest($2::text[], $3::text[]) as wanted (name, type)
    where not exists (
        select from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and attname = wanted.name
            and atttypid = split_part(wanted.type, ' not null', 1)::regtype
            and (attnotnull or wanted.type not like '% not null')
    )
)
"""
_PATIENCE = 2.0
"""Seconds that a query waits for the first build, which is there at once where its sources are empty."""
_RETRY = 5


class BuildSink:
    """A reader's sink that folds events into a build's tables."""

    def __init__(self, build: Build) -> None:
        self._table = build.table
        self._known = Known(build.table.fold.events)

    def cut(self, events: Sequence[Sealed]) -> int:
        return len(events)

    def concerns(self, events: Sequence[Sealed]) -> bool:
        return any(self._known.has(sealed.text) for sealed in events)

    async def apply(self, connection: PooledConnection, events: Sequence[Sealed]) -> None:
        read = [self._known.read(sealed.text) for sealed in events]
        await self._table.fold_in(connection, [event for event in read if event is not None])

    async def withdraw(self, connection: PooledConnection) -> None:
        """Empty the tables: what was given up can't be told from what stays."""
        for table in (self._table.rows, *([self._table.cells] if self._table.fold.cell is not None else [])):
            await connection.execute(f"truncate {table}")

    def committed(self) -> None:
        """Nobody waits for it here: a query that needs a position looks itself."""

    def late(self, kind: str) -> bool:
        """Never: a fold that knows another type has another fingerprint, and is built anew."""
        return False


class Freshness(BaseModel):
    """How fresh an answer is, per source: the last sequence applied, its business time, whether the source has said
    that it is further (None: it was not heard of), how many streams are parked, so that their last events lack, and,
    while the read model is made anew, the share of it that is done, 0 to 1. Where it is because its rules have
    changed, the answer is by the old ones, and behind."""

    source: str
    sequence: int
    time: datetime | None
    behind: bool | None
    heard_seconds_ago: float | None
    parked: int = 0
    rebuilding: float | None = None


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

    async def page(
        self, shown: TypeAdapter[tuple[Shown, ...]], key: str, sql: str, *values: object, limit: int
    ) -> tuple[tuple[Shown, ...], Any]:
        """At most `limit` rows of a list in the order of its column `key`, and that of the last one if more follow: the
        `after` of the next page. The query's last parameter says how many rows it may answer."""
        found = await self.fetch(sql, *values, limit + 1)  # one more tells whether there is a next page
        page = shown.validate_python([dict(record) for record in found[:limit]])
        return page, found[limit - 1][key] if len(found) > limit else None


class ReadModel:
    """A fold that can be asked. Each look finds the live build anew: any process may have made another one."""

    def __init__(self, pool: Pool, fold: Fold, beacons: Beacons) -> None:
        self._pool, self._fold, self._beacons = pool, fold, beacons
        self._mark = fingerprint(fold)
        self._builds: dict[tuple[int, str], Build] = {}
        self._fits: dict[str, bool] = {}

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Reading]:
        """A transaction that sees one instant. Raises `Busy` while there is no build that can be asked."""
        await self._first()
        async with (
            self._pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            found = await connection.fetch(_LOOK, self._fold.name)
            build = self._build(found)
            if build is None or not await self.fits(connection, build):
                raise Busy("read_model_rebuilding", model=self._fold.name, seconds=_RETRY)
            fresh = tuple(self._fresh(row) for row in found if row["source"] is not None)
            yield Reading(connection, build.table.rows, build.table.cells, fresh)

    async def fits(self, connection: PooledConnection | Pool, build: Build) -> bool:
        """Whether the build's tables have the columns that this version of the fold is asked for."""
        if build.mark == self._mark:
            return True
        if build.table.rows not in self._fits:
            self._fits[build.table.rows] = not any(
                [
                    await connection.fetchval(_LACKS, table, list(columns), list(columns.values()))
                    for table, columns in build.table.asked_columns().items()
                ]
            )
        return self._fits[build.table.rows]

    def _build(self, found: Sequence[Any]) -> Build | None:
        if not found:
            return None
        which = found[0]["id"], found[0]["fingerprint"]
        if which not in self._builds:
            self._builds[which] = Build.of(self._fold, *which)
        return self._builds[which]

    async def _first(self) -> None:
        # Outside the transaction: the one that sees no build would never see one.
        if self._builds:
            return
        until = time.monotonic() + _PATIENCE
        while not await self._pool.fetchval(
            "select exists (select from build where fold = $1 and state = 'live')", self._fold.name
        ):
            if time.monotonic() > until:
                return
            await asyncio.sleep(0.02)

    def _fresh(self, row: Any) -> Freshness:
        beacon, frozen = self._beacons.of(row["source"]), row["fingerprint"] != self._mark
        behind = None if beacon is None else beacon.sequence > row["sequence"]
        return Freshness(
            source=row["source"],
            sequence=row["sequence"],
            time=row["event_time"],
            behind=True if frozen else behind,
            heard_seconds_ago=self._beacons.silent_for(row["source"]),
            parked=row["parked"],
            rebuilding=_share(row["done"], row["total"]) if frozen or row["done"] is not None else None,
        )

    async def reached(self, source: str, sequence: int, seconds: float) -> bool:
        """Wait at most so long until the source is applied up to `sequence`; raises `Invalid` for one not read here."""
        until = time.monotonic() + seconds
        while True:
            found = await self._pool.fetch(_LOOK, self._fold.name)
            at = {row["source"]: row["sequence"] for row in found}
            if found and source not in at:
                raise Invalid("unknown_source", "at_least", source=source)
            if at.get(source, -1) >= sequence:
                return True
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.02)


def _share(done: int | None, total: int | None) -> float:
    return min(1.0, (done or 0) / total) if total else 0.0
