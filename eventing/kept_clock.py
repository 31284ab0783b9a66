"""A service's played clock where it runs in processes of its own: kept in its database, followed by each of them."""

import asyncio
import time
from datetime import datetime, timedelta
from uuid import uuid4

from eventing.database import Pool

LOOK = 0.1
"""Seconds between two looks at the database: a process follows within two of them."""
_BEAT = 1.0
_ALIVE = timedelta(seconds=3)

_FOLLOW = """
insert into clock_follower (process, at) values ($1, $2)
on conflict (process) do update set at = excluded.at, seen_at = now()
"""
_ALL_FOLLOW = "select not exists (select from clock_follower where at < $1 and seen_at > now() - $2::interval)"


class OtherClock(Exception):
    """The data goes by another clock than the settings say: facts of played and of real time don't mix."""


class KeptClock:
    """Business time that stands until it is set, and never goes back."""

    def __init__(self, begins: datetime) -> None:
        self._now = begins
        self._process = uuid4()
        self._told_at = float("-inf")
        self._looking = asyncio.Lock()
        self._pool: Pool

    def now(self) -> datetime:
        return self._now

    async def open(self, pool: Pool) -> None:
        """Go on from what the database says; it begins there at the very first start. Raises `OtherClock`."""
        self._pool = pool
        if await pool.fetchval("select exists (select from event) and not exists (select from played_clock)"):
            raise OtherClock("GONGLIAN_PLAYED_FROM: the data goes by the machine's time and can't be played with")
        await pool.execute("insert into played_clock (at) values ($1) on conflict do nothing", self._now)
        await pool.execute("delete from clock_follower where seen_at < now() - interval '1 day'")
        await self._look()
        await self._look()  # once more, now that whoever sets it waits for this process too

    async def set(self, to: datetime) -> None:
        """Move to a later instant; an earlier one changes nothing. Returns when every process that lives goes by it."""
        await self._pool.execute("update played_clock set at = $1 where at < $1", to)
        await self._look()
        while True:
            if await self._pool.fetchval(_ALL_FOLLOW, self._now, _ALIVE):
                return
            await asyncio.sleep(LOOK / 10)

    async def run(self) -> None:
        """Follow what another process of the service has set; for ever."""
        while True:
            await self._look()
            await asyncio.sleep(LOOK)

    async def _look(self) -> None:
        async with self._looking:  # of two looks side by side the older one must not come last
            at = await self._pool.fetchval("select at from played_clock")
            if at != self._now or time.monotonic() - self._told_at > _BEAT:
                self._now = at  # before it is told: whoever set it counts on it
                await self._pool.execute(_FOLLOW, self._process, at)
                self._told_at = time.monotonic()


async def must_be_real(pool: Pool) -> None:
    """Raise `OtherClock` where the data was played."""
    if await pool.fetchval("select exists (select from played_clock)"):
        raise OtherClock("GONGLIAN_PLAYED_FROM: the data was played, and can't go on in real time")
