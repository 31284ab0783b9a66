"""Recovery: the lost tail of a restored log is put back at its numbers, or given up for a new epoch (docs/adr/0013)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from contracts import calendar
from contracts.cloudevent import Sealed
from eventing.database import Pool, PooledConnection, open_pool
from eventing.deadline_table import DeadlineTable
from eventing.engine import Table
from eventing.lease import PING, LeaseConnection
from eventing.recovered import Aside, put_back
from eventing.relay.guard import Head, contradiction, head_of
from eventing.service import Service
from eventing.tails import Progress, Tail, following, plan
from eventing.views import open_view
from eventing.witnesses import Saw

BATCH = 1000
_LEASE_SECONDS = 10.0


class StillSealing(Exception):
    """A relay leads this log and doesn't refuse: there is nothing to recover, or another process has to stop first."""


class NothingLost(Exception):
    """Nobody has seen more of the log than it holds: it needs no new epoch."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """`taken` events came back; of these `ours` were in the database already, without their number. `missing` is the
    first number that nobody gave, though somebody has seen it or a later one (None: the log is whole)."""

    source: str
    before: int
    after: int
    epoch: int
    taken: int = 0
    ours: int = 0
    set_aside: tuple[Aside, ...] = ()
    missing: int | None = None


async def recover(
    dsn: str,
    service: Service,
    source: str,
    tail: Tail,
    saw: Sequence[Saw],
    progress: Progress = lambda done, of: None,
) -> Recovered:
    """Check the whole tail, then put it back in batches; views and deadlines follow. Raises `Tampered`."""
    async with _alone(dsn, source) as pool:
        head = await _head(pool)
        found = await plan(tail, head, saw, lambda *_: None)
        views = [await open_view(pool, fold) for fold in service.views]
        clocks = DeadlineTable(service.deadlines, calendar.load())
        done = Recovered(source, head.sequence, head.sequence, head.epoch)
        now = head
        async for batch in _batches(following(tail, head, found.starts)):
            async with pool.acquire() as connection, connection.transaction():
                ours, aside = await put_back(connection, now, batch, views, clocks, service.erasures)
            last = batch[-1]
            now = replace(now, sequence=last.sequence, hash=last.hash, epoch=last.epoch)
            done = replace(
                done,
                after=last.sequence,
                epoch=last.epoch,
                taken=done.taken + len(batch),
                ours=done.ours + ours,
                set_aside=done.set_aside + aside,
            )
            progress(done.taken, found.last - head.sequence)
        if done.set_aside:
            await _refold(pool, views, clocks)
        lacks = found.beyond > now.sequence or await contradiction(pool, now, saw) is not None
        return replace(done, missing=now.sequence + 1 if lacks else None)


async def open_epoch(dsn: str, source: str, reason: str, saw: Sequence[Saw]) -> Recovered:
    """Go on from here without what is lost: what others have above this head doesn't count any more."""
    async with _alone(dsn, source) as pool, pool.acquire() as connection, connection.transaction():
        head = await _head(connection)
        if not head.restored and await contradiction(connection, head, saw) is None:
            raise NothingLost
        number = 1 + max([head.epoch, *(one.epoch for one in saw)])
        await connection.execute(
            "insert into epoch (number, after, hash, reason) values ($1, $2, $3, $4)",
            number,
            head.sequence,
            head.hash,
            reason,
        )
        await connection.execute("update head set epoch = $1, restored_at = null", number)
        return Recovered(source, head.sequence, head.sequence, number)


async def _head(connection: Pool | PooledConnection) -> Head:
    head = await head_of(connection)
    if head is None:
        raise LookupError("no head: this database holds no log")
    return head


@asynccontextmanager
async def _alone(dsn: str, source: str) -> AsyncIterator[Pool]:
    """A pool, while the relay's lease is ours: a relay that refuses gives it back again and again."""
    async with LeaseConnection(dsn, "gonglian recover") as lease:
        try:
            async with asyncio.timeout(_LEASE_SECONDS):
                while not await lease.take(f"relay {source}"):  # noqa: ASYNC110 - who holds it is another process
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise StillSealing(source) from None
        living = asyncio.ensure_future(_live(lease))
        pool = await open_pool(dsn, "gonglian recover")
        try:
            yield pool
        finally:
            living.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await living
            await pool.close()


async def _live(lease: LeaseConnection) -> None:
    # Were it lost all the same, `put_back` would find the head moved.
    while True:
        await asyncio.sleep(PING)
        await lease.ping()


async def _batches(events: AsyncIterator[Sealed]) -> AsyncIterator[list[Sealed]]:
    batch: list[Sealed] = []
    async for sealed in events:
        batch.append(sealed)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _refold(pool: Pool, views: Sequence[Table], clocks: DeadlineTable) -> None:
    """Views and clocks hold traces of what was set aside: fold all of them anew."""
    for view in views:
        await pool.execute("update build set fingerprint = '' where fold = $1", view.rows)
        await open_view(pool, view.fold)
    async with pool.acquire() as connection, connection.transaction():
        await clocks.fold_all(connection)
