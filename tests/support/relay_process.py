"""A relay in a process of its own, to be frozen or killed: `-m tests.support.relay_process DSN BROKER SOURCE`."""

import asyncio
import sys

from eventing.database import open_pool
from eventing.relay.publisher import Publisher
from eventing.relay.relay import Relay
from eventing.shell.health import Health

PATIENCE = 60.0
"""It ends by itself, whatever becomes of the test."""


async def main(dsn: str, bootstrap: str, source: str) -> None:
    pool = await open_pool(dsn, "relay process")
    relay = Relay(pool, dsn, source, Publisher(bootstrap, seconds=5), Health(), poll=0.02)
    async with asyncio.timeout(PATIENCE):
        await relay.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
