"""A service's own view is folded anew beside the one that is in use, while the service goes on."""

import time
from collections.abc import AsyncIterator, Sequence

import asyncpg

from eventing.builds import fingerprint
from eventing.database import TIMEOUTS, PooledConnection
from eventing.engine import Table
from eventing.fold import Fold
from eventing.lease import lock_number
from eventing.rebuild import Held, Progress, Rebuilt, Stuck
from eventing.views import fold_all, fold_texts, pages, view_table

_SEALED = """
select sequence, tail from log join event using (pos) where sequence > $1 order by sequence limit $2
"""
_UNSEALED = "select pos, tail from unsealed join event using (pos) where pos > $1 order by pos limit $2"
_LONG = 600.0
_AT_ONCE = 500
"""Sealed events that may be left for the step during which nobody appends."""


async def rebuild_view(dsn: str, fold: Fold, progress: Progress) -> Rebuilt:
    """Fold it anew from all events and write what differs into the view in use.

    Reading goes on all the while; appending is held off during the last step. Raises `Held`, and `Stuck` where the
    service in use folds the view by another version: it refolds its views itself when it starts.
    """
    started, made = time.monotonic(), Table(fold, f"view_{fold.name}_made")
    connection = await asyncpg.connect(
        dsn, timeout=5, server_settings={"application_name": "rebuild", "lock_timeout": TIMEOUTS["lock_timeout"]}
    )
    try:
        if not await connection.fetchval("select pg_try_advisory_lock($1)", lock_number(f"build view {fold.name}")):
            raise Held(fold.name)
        mark = await connection.fetchval("select fingerprint from build where fold = $1", view_table(fold).rows)
        if mark != fingerprint(fold):
            raise Stuck(f"{fold.name}: restart the service, which folds its views anew by its own version")
        await connection.execute(f"drop table if exists {made.rows}, {made.cells}")  # a killed rebuild's
        events = await _beside(connection, made, progress)
        events = await _finish(connection, fold, made, events)
        source, head = await connection.fetchrow("select source, sequence from head") or ("", 0)
        return Rebuilt(fold.name, 1, False, events, events, time.monotonic() - started, {source: head})
    finally:
        await connection.close()


async def _beside(connection: PooledConnection, made: Table, progress: Progress) -> int:
    """The sealed events, in their final order; how many. Whatever is appended meanwhile comes after them."""
    progress.total = await connection.fetchval("select sequence from head")
    async with connection.transaction():
        events = await fold_all(connection, made, _told(pages(connection, _SEALED), progress))
    while True:
        left = await connection.fetchval("select sequence from head") - events
        if left <= _AT_ONCE:
            return events
        async with connection.transaction():
            async for texts in pages(connection, _SEALED, events):
                await fold_texts(connection, made, texts)
                events += len(texts)


async def _told(all: AsyncIterator[Sequence[bytes]], progress: Progress) -> AsyncIterator[Sequence[bytes]]:
    async for texts in all:
        yield texts
        progress.done += len(texts)
        progress.tell(progress.done, progress.total)


async def _finish(connection: PooledConnection, fold: Fold, made: Table, events: int) -> int:
    view = view_table(fold)
    async with connection.transaction():
        # Whoever appends has the events' table locked before a view's rows: we come in between two appends, and none
        # is under way. The sealer stands still too, or an event that it moves could be missed in both places.
        await connection.execute("lock table event, log in share row exclusive mode")
        for sql, after in ((_SEALED, events), (_UNSEALED, 0)):
            async for texts in pages(connection, sql, after):
                await fold_texts(connection, made, texts)
                events += len(texts)
        for (table, columns), (new, _) in zip(view.columns().items(), made.columns().items(), strict=True):
            await _take_over(connection, table, new, list(columns), view.key_columns()[table])
        await connection.execute(f"drop table if exists {made.rows}, {made.cells}")
    return events


async def _take_over(
    connection: PooledConnection, table: str, new: str, columns: Sequence[str], key: Sequence[str]
) -> None:
    """Rows are changed where they differ. Tables that change places would show who has begun to read an empty one."""
    same = " and ".join(f"new.{name} = there.{name}" for name in key)
    names, all_there, all_new = (", ".join(f"{of}{name}" for name in columns) for of in ("", "there.", "excluded."))
    await connection.execute(
        f"delete from {table} as there where not exists (select from {new} as new where {same})", timeout=_LONG
    )
    await connection.execute(
        f"insert into {table} as there ({names}) select {names} from {new} on conflict ({', '.join(key)}) do update set"
        f" {', '.join(f'{name} = excluded.{name}' for name in columns)}"
        f" where ({all_there}) is distinct from ({all_new})",
        timeout=_LONG,
    )
