"""Open loop: work is begun when it is due, whatever became of what was begun before."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from bench.ground import POOL
from eventing.database import Pool

PER_SECOND = 300


async def at_rate(work: Sequence[Callable[[], Awaitable[None]]]) -> None:
    """Begin `PER_SECOND` of them a second; returns when all have ended."""
    began, under_way = time.perf_counter(), list["asyncio.Future[None]"]()
    for number, one in enumerate(work):
        wait = began + number / PER_SECOND - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        under_way.append(asyncio.ensure_future(one()))
    await asyncio.gather(*under_way)


async def connected(pool: Pool) -> None:
    """Open all connections of the pool: an event that waited for one alone would be overtaken by many."""
    await asyncio.gather(*(pool.fetchval("select pg_sleep(0.1)") for _ in range(POOL)))


async def until(ready: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until it is so; raises `TimeoutError`."""
    async with asyncio.timeout(seconds):
        while True:
            if ready():
                return
            await asyncio.sleep(0.01)
