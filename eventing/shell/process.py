"""One service in a process of its own: the same runtime as in the embedded platform, with its parts from outside."""

import asyncio
import contextlib
import gc
import json
import signal
import socket
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any

import asyncpg
import httpx
import structlog
import uvicorn
from prometheus_client import CollectorRegistry
from starlette.types import ASGIApp

from eventing.beacons import Beacons
from eventing.clock import Clock, PlayedClock, SystemClock
from eventing.database import NO_ENTRY
from eventing.kept_clock import KeptClock, OtherClock, must_be_real
from eventing.playing import Playing
from eventing.reader.tap import Tap, consuming_broker
from eventing.service import Service
from eventing.shell import journal
from eventing.shell.application import application
from eventing.shell.gateway import gateway
from eventing.shell.health import Health
from eventing.shell.issuer import Issuer
from eventing.shell.metrics import Metrics
from eventing.shell.reading_tokens import reading_tokens
from eventing.shell.runtime import Runtime, World
from eventing.shell.settings import Misconfigured, Settings
from eventing.shell.stages import OverHttp
from eventing.shell.tokens import Verifier
from eventing.tasks import keep_running
from eventing.topics import HEADS

log = structlog.get_logger()

_AWAY = (OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError, TimeoutError)


async def serve(service: Service, settings: Settings, peers: Sequence[str] = ()) -> None:
    """Until SIGTERM or SIGINT; `peers` are the platform's services.

    It waits for its database; its broker may come and go. Raises `Misconfigured`."""
    if settings.database_url is None:
        raise Misconfigured("GONGLIAN_DATABASE_URL: a service in a process of its own needs its database")
    journal.configure(settings.log_level)
    stopped = _stopped()
    clock = KeptClock(settings.played_from) if settings.played_from else SystemClock()
    async with httpx.AsyncClient() as http:
        world = the_world(settings, clock, http, peers)
        world.health.down("start", "starting")
        opening = asyncio.ensure_future(_open(service, world, settings.database_url))
        await asyncio.wait([opening, asyncio.ensure_future(stopped.wait())], return_when=asyncio.FIRST_COMPLETED)
        if not opening.done():
            opening.cancel()
            return
        runtime = opening.result()
        work = [keep_running("beacons", world.beacons.run, world.health), runtime.run()]
        if isinstance(clock, KeptClock):
            work.append(keep_running("clock", clock.run, world.health))
        app = gateway({service.name: application(runtime)}, world, None)
        try:
            await _run(service.name, app, work, world, stopped)
        finally:
            await runtime.close()
            await world.broker.stop()


async def serve_platform(names: Sequence[str], settings: Settings) -> None:
    """The gateway's own paths, for the services of these names; where business time is played, it is played here.

    Until SIGTERM or SIGINT. It has no database and doesn't touch the broker. Raises `Misconfigured`.
    """
    journal.configure(settings.log_level)
    stopped = _stopped()
    clock = _platform_clock(settings)
    async with httpx.AsyncClient() as http:
        world = the_world(settings, clock, http)
        services = [OverHttp(name, settings.gateway, http, world.token) for name in names]
        playing = Playing(clock, services) if isinstance(clock, PlayedClock) else None
        work = [
            keep_running(f"watch of {each.name}", partial(each.watch, world.health), world.health) for each in services
        ]
        await _run("platform", gateway({}, world, playing), work, world, stopped)


def _platform_clock(settings: Settings) -> Clock:
    file = settings.clock_file
    if settings.played_from is not None:
        return PlayedClock(file, settings.played_from)
    if file.exists():
        raise Misconfigured(f"GONGLIAN_PLAYED_FROM: the platform was played ({file}), and can't go on in real time")
    return SystemClock()


def the_world(settings: Settings, clock: Clock, http: httpx.AsyncClient, peers: Sequence[str] = ()) -> World:
    """What one process shares, from its settings; raises `Misconfigured`."""
    if settings.signing_key is None:
        raise Misconfigured("GONGLIAN_SIGNING_KEY: needed to read other services' feeds")
    issuer = Issuer(None, settings.issuer, settings.audience, settings.signing_key)
    keys = issuer.jwks() if settings.jwks is None else json.loads(settings.jwks.read_text("utf-8"))
    consumers = consuming_broker(settings.kafka)
    return World(
        settings,
        clock,
        Verifier(keys, settings.issuer, settings.audience),
        Health(),
        Metrics(CollectorRegistry()),
        consumers,
        Beacons(Tap(consumers, HEADS, settings.fetch_wait_ms)),
        http,
        reading_tokens(issuer, settings, clock),
        tuple(peers),
    )


async def _open(service: Service, world: World, dsn: str) -> Runtime:
    while True:
        try:
            runtime = await Runtime.open(service, world, dsn)
            if isinstance(world.clock, KeptClock):
                await world.clock.open(runtime.pool)
            else:
                await must_be_real(runtime.pool)
            return runtime
        except OtherClock as other:
            raise Misconfigured(str(other)) from None
        except NO_ENTRY as refused:
            raise Misconfigured(
                f"GONGLIAN_DATABASE_URL: PostgreSQL refuses ({refused}). In compose, `docker compose up databases`"
                " makes the database and its role, and sets the password of .env"
            ) from None
        except _AWAY as away:
            log.warning("database_awaited", service=service.name, error=type(away).__name__)
            await asyncio.sleep(1)


async def _run(
    name: str, app: ASGIApp, work: Sequence[Coroutine[Any, Any, None]], world: World, stopped: asyncio.Event
) -> None:
    settings = world.settings
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=2,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies,
        )
    )
    port = socket.create_server((settings.host, settings.port), backlog=128)
    serving = asyncio.ensure_future(server.serve(sockets=[port]))
    tasks = [asyncio.ensure_future(one) for one in work]
    world.health.up("start")
    log.info("serving", service=name, port=port.getsockname()[1])
    gc.freeze()  # what is imported lives as long as we do: no collection need walk it again
    try:
        await stopped.wait()
    finally:
        server.should_exit = True
        await serving
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _stopped() -> asyncio.Event:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped


class _Server(uvicorn.Server):
    """Leaves the signals to us."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield
