"""A service's own views: folds of its own events, written in their transaction, so never behind."""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg

from contracts.cloudevent import GENESIS, seal
from eventing.builds import fingerprint
from eventing.database import Pool, PooledConnection
from eventing.engine import Table
from eventing.fold import Fold
from eventing.folding import CannotFold, Folding, Pace
from eventing.known import Known
from eventing.read_models import Freshness, Reading
from eventing.refusal import Invalid

_PAGE = 2000
_ALL = "select pos, tail from event where pos > $1 order by pos limit $2"


def view_table(fold: Fold) -> Table:
    """Where a view's rows lie."""
    return Table(fold, f"view_{fold.name}")


async def open_view(pool: Pool, fold: Fold) -> Table:
    """The view's table; folded anew from all events where this version folds it otherwise than the last one did.

    To be called before anything is appended: what is appended meanwhile could be missed.
    """
    table, mark = view_table(fold), fingerprint(fold)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select pg_advisory_xact_lock(hashtext('gonglian builds'))")
        if await connection.fetchval("select fingerprint from build where fold = $1", table.rows) == mark:
            return table
        await unhurried(connection)
        await connection.execute(f"drop table if exists {table.rows}, {table.cells}")
        await fold_all(connection, table, pages(connection, _ALL))
        await connection.execute(
            "insert into build (fold, id, fingerprint, state) values ($1, 1, $2, 'live')"
            " on conflict (fold, id) do update set fingerprint = excluded.fingerprint",
            table.rows,
            mark,
        )
        return table


async def unhurried(connection: PooledConnection) -> None:
    """The open transaction may take longer than any request's."""
    for name in ("statement_timeout", "transaction_timeout", "idle_in_transaction_session_timeout"):
        await connection.execute(f"set local {name} = 0")


async def pages(connection: PooledConnection, sql: str, after: int = 0) -> AsyncGenerator[Sequence[bytes], None]:
    """The events' texts of a query by number ($1: after which, $2: how many at most), in pages."""
    while rows := await connection.fetch(sql, after, _PAGE):
        yield [seal(row[1], 0, GENESIS) for row in rows]  # where each stands in the log doesn't matter here
        after = rows[-1][0]


async def fold_all(
    connection: PooledConnection, table: Table, texts: AsyncIterator[Sequence[bytes]], pace: Pace | None = None
) -> int:
    """Create the view's tables and fold all of these into them, in the open transaction; how many events.

    Raises `CannotFold`: no event of its own may be one that a service's view can't take.
    """
    folding, pace, written, events = Folding(table, pace or Pace()), pace or Pace(), False, 0
    async for some in texts:
        began = time.perf_counter()
        if not written:
            if folding.take(some) < len(some):
                raise CannotFold(f"{table.fold.name} fails within the {len(some)} events after the first {events}")
            if folding.full:
                await folding.write(connection)
                written = True
        else:
            await fold_texts(connection, table, some)
        events += len(some)
        await pace.rest(began)
    if not written:
        await folding.write(connection)
    return events


async def fold_texts(connection: PooledConnection, table: Table, texts: Sequence[bytes]) -> None:
    """Fold these into tables that are there, in the open transaction."""
    known = Known(table.fold.events)
    await table.fold_in(connection, [event for text in texts if (event := known.read(text)) is not None])


class Glance:
    """A view asked by single statements. A statement sees one instant, and takes one way to the database where a
    transaction takes four; the next one sees an instant of its own, so only one's answer may go into what is told."""

    def __init__(self, pool: Pool, rows: str, source: str) -> None:
        self._pool, self.rows, self._source = pool, rows, source
        self.freshness: tuple[Freshness, ...] = ()
        """Of the last statement."""

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """Its records, in its order; what it selects first may be null in none of them."""
        # The head is a single row, so its nested loop keeps the order of what is joined to it.
        found = await self._pool.fetch(
            f"select looked.*, head.sequence as head_sequence from head left join ({sql}) as looked on true", *values
        )
        self.freshness = (_fresh(self._source, found[0]["head_sequence"]),)
        return [record for record in found if record[0] is not None]


def _fresh(source: str, sequence: int) -> Freshness:
    return Freshness(source=source, sequence=sequence, time=None, behind=False, heard_seconds_ago=0)


class View:
    """A view that can be asked; as fresh as the log itself."""

    def __init__(self, pool: Pool, table: Table, source: str) -> None:
        self._pool, self._table, self._source = pool, table, source

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Reading]:
        """A transaction that sees one instant."""
        async with (
            self._pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            sequence = await connection.fetchval("select sequence from head")
            yield Reading(connection, self._table.rows, self._table.cells, (_fresh(self._source, sequence),))

    def glance(self) -> Glance:
        """To be asked without a transaction."""
        return Glance(self._pool, self._table.rows, self._source)

    async def reached(self, source: str, sequence: int, seconds: float) -> bool:
        """At once: what is in the log is in the view."""
        if source != self._source:
            raise Invalid("unknown_source", "at_least", source=source)
        return True
