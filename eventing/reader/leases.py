"""The leases of one process in one database: one connection holds them all, and loses them all."""

import asyncio

from eventing.lease import GONE, PING, LeaseConnection, LeaseLost
from eventing.signals import Signal


class Leases:
    """`run` keeps the connection; `hold` waits until a lease is ours, `lost` until the connection is gone."""

    def __init__(self, dsn: str, application: str) -> None:
        self._dsn, self._application = dsn, application
        self._connection: LeaseConnection | None = None
        self._held_on: dict[str, LeaseConnection] = {}
        self._changed = Signal()

    async def run(self) -> None:
        """Hold a connection for ever, and say that we live; a new one when it is lost."""
        while True:
            try:
                async with LeaseConnection(self._dsn, self._application) as connection:
                    self._connection = connection
                    self._changed.set()
                    while True:
                        await asyncio.sleep(PING)
                        await connection.ping()
            except (LeaseLost, *GONE):
                await asyncio.sleep(0.2)
            finally:
                self._connection = None
                self._changed.set()

    async def hold(self, name: str) -> None:
        """Until the lease is ours."""
        while True:
            seen, connection = self._changed.count, self._connection
            if connection is not None and await connection.take(name):
                self._held_on[name] = connection
                return
            await self._changed.wait(seen, PING)

    async def lost(self, name: str) -> None:
        """Until the connection that holds the lease is gone; then raises `LeaseLost`."""
        # The connection may have been replaced since `hold`: the new one holds nothing.
        while self._connection is self._held_on[name]:
            await self._changed.wait(self._changed.count, PING)
        raise LeaseLost(name)
