"""The whole platform in one process behind one port: PostgreSQL, broker and services, on the data of one folder."""

import asyncio
import contextlib
import gc
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

import httpx
import uvicorn
from prometheus_client import CollectorRegistry

from eventing import vault
from eventing.beacons import Beacons
from eventing.clock import Clock, PlayedClock, SystemClock
from eventing.embedded import CannotStart, Home, MockBroker, Postgres
from eventing.playing import Playing
from eventing.reader.tap import Tap, consuming_broker
from eventing.service import Service
from eventing.shell import journal
from eventing.shell.application import application
from eventing.shell.gateway import gateway
from eventing.shell.health import Health
from eventing.shell.issuer import Issuer, kept_key
from eventing.shell.metrics import Metrics
from eventing.shell.reading_tokens import reading_tokens
from eventing.shell.runtime import Runtime, World
from eventing.shell.settings import Settings
from eventing.shell.stages import InProcess
from eventing.shell.tokens import Verifier
from eventing.tasks import keep_running
from eventing.topics import HEADS, source_of, topic_of

_MACHINE = "machine"
_BEACON_WAIT_MS = 500


@contextlib.asynccontextmanager
async def running(
    services: Sequence[Callable[[], Service]],
    home: Home,
    postgres: Postgres,
    port: socket.socket,
    begins: datetime | None,
    log: TextIO,
    region: str | None = None,
) -> AsyncIterator[Issuer]:
    """Everything up and answering while the block runs. The home is open, PostgreSQL started, the port reserved.

    `begins` starts a played clock there; with None the clock is the machine's, unless the data was played before.
    Raises `CannotStart` for data of another region or clock.
    """
    url = f"http://127.0.0.1:{port.getsockname()[1]}"
    broker = MockBroker()
    broker.start()
    made = [make() for make in services]
    await postgres.wait_ready()
    await postgres.ensure([service.name for service in made])
    settings = Settings(
        kafka=broker.address,
        public_url=url,
        region=_region_of(home, region),
        fetch_wait_ms=10,
        relay_poll_seconds=0.5,
        vault_key=kept_key(home.root / "vault.key", vault.fresh_key),
    )
    issuer = Issuer(home.root, settings.issuer, settings.audience)
    broker.ensure_topics([HEADS, *(topic_of(source_of(settings.region, service.name)) for service in made)])
    journal.configure(settings.log_level, log)
    health = Health()
    health.down("start", "starting")
    clock = _clock(home.root / "clock", begins)
    consumers = consuming_broker(broker.address)
    async with httpx.AsyncClient() as http:
        world = World(
            settings,
            clock,
            Verifier(issuer.jwks(), settings.issuer, settings.audience),
            health,
            Metrics(CollectorRegistry()),
            consumers,
            Beacons(Tap(consumers, HEADS, _BEACON_WAIT_MS)),
            http,
            reading_tokens(issuer, settings, clock),
            tuple(service.name for service in made),
        )
        runtimes = [await Runtime.open(service, world, postgres.dsn(database=service.name)) for service in made]
        apps = {runtime.service.name: application(runtime) for runtime in runtimes}
        played = [InProcess(runtime) for runtime in runtimes]
        playing = Playing(clock, played) if isinstance(clock, PlayedClock) else None
        server = _Server(
            uvicorn.Config(
                gateway(apps, world, playing),
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=2,
                proxy_headers=False,
            )
        )
        work = [asyncio.ensure_future(server.serve(sockets=[port]))]
        work += [asyncio.ensure_future(keep_running("beacons", world.beacons.run, world.health))]
        work += [asyncio.ensure_future(runtime.run()) for runtime in runtimes]
        health.up("start")
        home.say(url, broker.address)
        gc.freeze()  # what is imported lives as long as we do: no collection need walk it again
        try:
            yield issuer
        finally:
            home.say_nothing()
            server.should_exit = True
            await work[0]
            for task in work[1:]:
                task.cancel()
            await asyncio.gather(*work[1:], return_exceptions=True)
            for runtime in runtimes:
                await runtime.close()
            await consumers.stop()
            broker.stop()


class _Server(uvicorn.Server):
    """Leaves the signals to whoever started the platform."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


def _region_of(home: Home, asked: str | None) -> str:
    """The data's own; new data belongs to the one that is asked for, or set (`GONGLIAN_REGION`)."""
    settings = Settings()
    wanted = asked or (settings.region if "region" in settings.model_fields_set else None)
    found = home.region
    if found is None:
        home.belong_to(wanted or settings.region)
        return wanted or settings.region
    if wanted not in (None, found):
        raise CannotStart(
            "other-region",
            f"{home.root} 的数据属于区域 {found}，要求的是 {wanted}。"
            f"请设 GONGLIAN_REGION={found}，或用 --data 另选目录。",
            f"The data in {home.root} belongs to region {found}, and {wanted} is asked for. "
            f"Set GONGLIAN_REGION={found}, or choose another folder with --data.",
        )
    return found


def _clock(file: Path, begins: datetime | None) -> Clock:
    """Data keeps to the clock that it began with: facts of played and of real time don't mix."""
    if not file.exists() and begins is None:
        file.write_text(_MACHINE, encoding="ascii")
    if not file.exists() or file.read_text(encoding="ascii") != _MACHINE:
        return PlayedClock(file, begins or SystemClock().now())
    if begins is None:
        return SystemClock()
    raise CannotStart(
        "other-clock",
        f"{file.parent} 的数据按机器时间记录，不能用来推演。请用 --data 另选目录。",
        f"The data in {file.parent} goes by the machine's time and can't be played with. Choose another with --data.",
    )
