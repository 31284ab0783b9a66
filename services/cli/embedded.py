"""Embedded platforms in this process, each of one region, with its own data and port."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from eventing.embedded import Home, Postgres, reserve_port
from services.cli.options import explained

# Nothing heavy above: PostgreSQL comes up while the rest is imported.
if TYPE_CHECKING:
    from eventing.shell.issuer import Issuer


@dataclass(frozen=True, slots=True)
class Place:
    """Where a platform keeps its data and answers; without `region`, the data's own, or the one that is set."""

    data: Path
    port: int
    region: str | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def with_platforms(
    places: Sequence[Place],
    begins: datetime | None,
    work: "Callable[[Sequence[Issuer]], Awaitable[None]]",
    quiet: bool = False,
) -> None:
    """Have them all up while `work` runs, which is given an issuer of tokens for each.

    With `quiet` the log goes to a file in the first one's data folder, and the terminal stays a person's.
    """
    with explained(), ExitStack() as ends:
        started = []
        for place in places:
            home = Home(place.data)
            postgres = Postgres(home)
            ends.callback(home.close)
            ends.callback(postgres.stop)
            home.open(place.port)
            reserved = reserve_port(place.port)
            postgres.start()
            started.append((home, postgres, reserved, place.region))
        log = ends.enter_context((places[0].data / "platform.log").open("a")) if quiet else sys.stderr

        async def run() -> None:
            from eventing.embedded.platform import running
            from services.platform import SERVICES

            async with AsyncExitStack() as up:
                issuers = [
                    await up.enter_async_context(running(SERVICES, home, postgres, reserved, begins, log, region))
                    for home, postgres, reserved, region in started
                ]
                await work(issuers)

        import uvloop

        uvloop.run(run())


async def until_stopped() -> None:
    """Until Ctrl-C or SIGTERM."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


def say_where(places: Sequence[Place]) -> None:
    """On the terminal: where they answer, and how to stop them."""
    for place in places:
        documents = " ".join(f"{place.url}/api/{name}/docs" for name in ("enterprise", "stations", "projection"))
        click.echo(f"工联已启动，接口文档 gonglian serves; API: {documents}", err=True)
    click.echo("Ctrl-C 停止 to stop", err=True)


def in_china(moment: datetime | None) -> datetime | None:
    """An option's date and time, as they are meant."""
    return None if moment is None else moment.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
