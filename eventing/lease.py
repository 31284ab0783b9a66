"""A lease that a frozen holder loses: an advisory lock on a connection that the server ends when it falls silent."""

import asyncio
from hashlib import sha256
from types import TracebackType
from typing import Self

import asyncpg

from eventing.database import TIMEOUTS, Connection

IDLE = 6.0
"""Seconds of silence after which the server ends the connection, and the lease with it."""
PING = IDLE / 4

GONE = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
"""What a connection looks like that the server has ended, or a server that is away. The internal error too: asyncpg
raises it for a call that begins in the very moment in which the server's last word arrives."""


def lock_number(name: str) -> int:
    """A name as PostgreSQL's 64-bit advisory lock."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)


class LeaseLost(Exception):
    """The connection that held the lease is gone; somebody else may hold it by now."""


class LeaseConnection:
    """One connection of its own that can hold any number of leases; `async with` opens and closes it."""

    def __init__(self, dsn: str, application: str) -> None:
        self._dsn, self._application = dsn, application
        self.connection: Connection
        self._busy = asyncio.Lock()

    async def __aenter__(self) -> Self:
        milliseconds = str(int(IDLE * 1000))
        settings = {**TIMEOUTS, "idle_session_timeout": milliseconds, "application_name": self._application}
        self.connection = await asyncpg.connect(
            self._dsn,
            timeout=5,
            command_timeout=IDLE,
            server_settings={**settings, "idle_in_transaction_session_timeout": milliseconds},
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.terminate()

    async def take(self, name: str) -> bool:
        """Whether the lease is ours now."""
        try:
            async with self._busy:
                return bool(await self.connection.fetchval("select pg_try_advisory_lock($1)", lock_number(name)))
        except GONE as gone:
            raise LeaseLost(name) from gone

    async def ping(self) -> None:
        """Say that we live; raises `LeaseLost`. To be called at least every `PING` seconds."""
        try:
            async with self._busy:
                await self.connection.execute("select 1")
        except GONE as gone:
            raise LeaseLost from gone
