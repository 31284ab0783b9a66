"""What a sink writes into: a fresh database, watched until it holds what the fold of all events does."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg

from bench.ground import Ground
from bench.peers.rows import Row

_PATIENCE = 90.0


class Target:
    """`database` and `user` of a PostgreSQL that listens on the file `socket` alone."""

    def __init__(self, dsn: str, connection: asyncpg.Connection) -> None:
        where = parse_qs(urlsplit(dsn).query)
        self.sockets, self.port = where["host"][0], where["port"][0]
        self.socket = Path(self.sockets, f".s.PGSQL.{self.port}")
        self.database = self.user = urlsplit(dsn).path.strip("/")
        self.connection = connection

    @classmethod
    @asynccontextmanager
    async def fresh(cls, ground: Ground) -> AsyncIterator["Target"]:
        dsn = await ground.database()
        connection = await asyncpg.connect(dsn)
        try:
            yield cls(dsn, connection)
        finally:
            await connection.close()

    async def timed(self, table: str, expected: Mapping[str, Row], events: int, log: Path) -> float:
        """Events a second, from the first sight of a row to the last enterprise's last event.

        Raises `RuntimeError` with the end of `log` when that doesn't come in time, or when a row is another.
        """
        begun, first = 0.0, 0
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            seen, done = await self._seen(table)
            if seen and not begun:
                begun, first = time.perf_counter(), done
            if done == len(expected):
                rate = events * (1 - first / done) / (time.perf_counter() - begun)
                await self._compare(table, expected)
                return rate
            await asyncio.sleep(0.02)
        said = await asyncio.to_thread(log.read_text, "utf-8", "replace")
        raise RuntimeError(f"{table}: not done after {_PATIENCE:g} s:\n{said[-3000:]}")

    async def _seen(self, table: str) -> tuple[int, int]:
        """How many enterprises are there, and how many of them with their last event."""
        try:
            counts = f"select count(*), count(nullif(approved_on, '')) from {table}"
            [(seen, done)] = await self.connection.fetch(counts)
        except asyncpg.UndefinedTableError:
            return 0, 0
        return seen, done

    async def _compare(self, table: str, expected: Mapping[str, Row]) -> None:
        rows = {row["enterprise"]: row for row in await self.connection.fetch(f"select * from {table}")}
        for key, row in expected.items():
            found = {name: rows[key][name] for name in row}
            if found != row:
                raise RuntimeError(f"{table} holds another row than the fold: {found} instead of {row}")
