"""The append alone: the store's unit of work beside the same statement on a bare connection."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import chain

from bench.facts import lives
from bench.ground import POOL, Ground
from bench.profiling import profiled
from bench.report import Finding
from bench.rounds import Scale, Spread, alternate, ratio
from eventing.database import Pool
from eventing.store import NewEvent
from eventing.store.postgres import _APPEND, PostgresStore

WRITERS = 16
_EVENTS = 12_000  # more than any machine does in a round
_SOURCE = "/regions/610000/enterprise"
_HOW = f"""One event a transaction, {WRITERS} writers over a pool of {POOL}, in one process. The events are made
beforehand; the bare side runs the same statement by asyncpg on a database of the same shape."""

Write = Callable[[NewEvent], Awaitable[None]]


async def measure(ground: Ground, scale: Scale) -> Finding:
    async with ground.pool(await ground.database()) as ours, ground.pool(await ground.database()) as bare:
        writes = {"ours": _ours(ours), "bare": _bare(bare)}
        rates = await alternate(scale.rounds, {name: lambda w=write: _rate(w, scale) for name, write in writes.items()})  # type: ignore[misc]
        goal, profile = ratio("ours / bare", rates["ours"], rates["bare"], at_least=0.75), None
        if goal.missed:
            with profiled() as found:
                await _rate(writes["ours"], scale)
            profile = found.text
    rows = [(name, Spread.over(rate)) for name, rate in rates.items()]
    return Finding("Append", _HOW, "events/s", rows, [goal], profile=profile)


def _ours(pool: Pool) -> Write:
    store = PostgresStore(pool)

    async def write(event: NewEvent) -> None:
        async with store.unit() as unit:
            await unit.append([event])

    return write


def _bare(pool: Pool) -> Write:
    async def write(event: NewEvent) -> None:
        async with pool.acquire() as connection, connection.transaction():
            await connection.fetch(_APPEND, [event.stream], [event.version], [event.id], [event.tail])

    return write


async def _rate(write: Write, scale: Scale) -> float:
    events = list(chain.from_iterable(lives(scale.of(_EVENTS) // 6, _SOURCE)))
    waiting, done = iter(events), 0

    async def writer(events: Iterator[NewEvent]) -> None:
        nonlocal done
        for event in events:
            await write(event)
            done += 1
            if time.perf_counter() - started > scale.seconds:
                break

    started = time.perf_counter()
    await asyncio.gather(*(writer(waiting) for _ in range(WRITERS)))
    return done / (time.perf_counter() - started)
