"""A service's database for commands that need the platform stopped, or don't mind whether it runs."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventing.embedded import CannotStart, Home, Postgres
from eventing.shell import settings as configured
from eventing.shell.reach import reach
from services.platform import BY_NAME


@contextmanager
def database_of(service: str, data: Path, stopped: bool) -> Iterator[str]:
    """The address of its database. Where the embedded platform doesn't run, its PostgreSQL does while the block lasts.

    With `stopped` a running embedded platform is refused; a container's can't be seen from here.
    """
    if f"{configured.PREFIX}DATABASE_URL" in os.environ or (not stopped and Home(data).said() is not None):
        yield reach(BY_NAME, service, data).dsn
        return
    if Home(data).said() is not None:
        raise CannotStart(
            "running",
            f"{data} 上的平台正在运行。请先停止它（Ctrl-C），再重试。",
            f"The platform on {data} is running. Stop it first (Ctrl-C), and try again.",
        )
    home = Home(data)
    postgres = Postgres(home)
    try:
        home.open()
        postgres.start()
        asyncio.run(_ready(postgres))
        yield postgres.dsn(database=service)
    finally:
        postgres.stop()
        home.close()


async def _ready(postgres: Postgres) -> None:
    await postgres.wait_ready()
    await postgres.ensure(list(BY_NAME))
