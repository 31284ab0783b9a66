"""A service's own views: folds of its own events, written in their transaction, so never behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from contracts.cloudevent import decode
from eventing.database import Pool
from eventing.engine import Table
from eventing.fold import Fold
from eventing.read_models import Freshness, Reading, fingerprint
from eventing.refusal import Invalid

_PAGE = 1000


async def open_view(pool: Pool, fold: Fold) -> Table:
    """The view's table; folded anew from all events where this version folds it otherwise than the last one did."""
    table, mark = Table(fold, f"view_{fold.name}"), fingerprint(fold)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select pg_advisory_xact_lock(hashtext('gonglian builds'))")
        if await connection.fetchval("select fingerprint from build where fold = $1", table.rows) == mark:
            return table
        await connection.execute(f"drop table if exists {table.rows}, {table.cells}")
        await table.create(connection)
        pos = 0
        while rows := await connection.fetch(
            "select pos, tail from event where pos > $1 order by pos limit $2", pos, _PAGE
        ):
            await table.fold_in(connection, [decode(f"{{{row['tail']}".encode()).event for row in rows])
            pos = rows[-1]["pos"]
        await connection.execute(
            "insert into build (fold, id, fingerprint, live) values ($1, 1, $2, true)"
            " on conflict (fold, id) do update set fingerprint = excluded.fingerprint",
            table.rows,
            mark,
        )
        return table


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
            fresh = Freshness(source=self._source, sequence=sequence, time=None, behind=False, heard_seconds_ago=0)
            yield Reading(connection, self._table.rows, self._table.cells, (fresh,))

    async def reached(self, source: str, sequence: int, seconds: float) -> bool:
        """At once: what is in the log is in the view."""
        if source != self._source:
            raise Invalid("unknown_source", "at_least", source=source)
        return True
