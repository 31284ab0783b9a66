"""A process of its own that serves the register command, ours or a bare route with the same work; or the
board; or the nearest stations, ours or by a bare search."""

import argparse
import asyncio
import contextlib
import gc
import socket
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx
import uvicorn
import uvloop
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from bench.bare import bare_application
from bench.knn import knn_application
from bench.profiling import Profile, profiled
from eventing.beacons import Beacons
from eventing.clock import SystemClock
from eventing.reader.tap import Tap, consuming_broker
from eventing.service import Service
from eventing.shell import journal
from eventing.shell.application import application
from eventing.shell.health import Health
from eventing.shell.issuer import Issuer
from eventing.shell.metrics import Metrics
from eventing.shell.runtime import Runtime, World
from eventing.shell.settings import Settings
from eventing.shell.tokens import Verifier
from eventing.topics import HEADS
from eventing.vault import fresh_key
from services.enterprise.app import enterprise
from services.projection.app import projection
from services.stations.app import stations

_SERVED: Mapping[str, Callable[[], Service]] = {"board": projection, "nearby": stations, "knn": stations}


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("side", choices=["ours", "relayed", "bare", "board", "nearby", "knn"])
    asked.add_argument("dsn")
    asked.add_argument("kafka")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--profile", action="store_true")
    options = asked.parse_args()
    uvloop.run(_serve(options.side, options.dsn, options.kafka, options.folder, options.profile))


async def _serve(side: str, dsn: str, kafka: str, folder: Path, profile: bool) -> None:
    settings = Settings(
        kafka=kafka,
        fetch_wait_ms=10,
        relay_poll_seconds=0.5,
        public_reads_per_minute=1_000_000,
        vault_key=fresh_key(),  # the stations don't open without one; nothing lies in the vault here
    )
    journal.configure(settings.log_level)
    async with httpx.AsyncClient() as http:
        runtime = await Runtime.open(_SERVED.get(side, enterprise)(), _world(settings, folder, http), dsn)
        app = await _application(side, runtime)
        runtime.relay.gate.open()  # where no relay runs, nobody else does
        beside = [asyncio.ensure_future(runtime.relay.run())] if side == "relayed" else []
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        port = socket.create_server(("127.0.0.1", 0), backlog=64)
        serving = asyncio.ensure_future(server.serve(sockets=[port]))
        gc.freeze()  # as the platform does, for every side
        print(port.getsockname()[1], flush=True)
        spent = time.process_time()
        with profiled() if profile else contextlib.nullcontext(Profile()) as found:
            await asyncio.to_thread(sys.stdin.read)  # until who started us has enough, or is gone
        spent = time.process_time() - spent
        server.should_exit = True
        await serving
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await runtime.close()
    print(f"{spent:.3f}\n{found.text}")


async def _application(side: str, runtime: Runtime) -> FastAPI:
    if side == "knn":
        return knn_application(runtime)
    return await bare_application(runtime) if side == "bare" else application(runtime)


def _world(settings: Settings, folder: Path, http: httpx.AsyncClient) -> World:
    issuer, broker = Issuer(folder, settings.issuer, settings.audience), consuming_broker(settings.kafka)
    return World(
        settings,
        SystemClock(),
        Verifier(issuer.jwks(), settings.issuer, settings.audience),
        Health(),
        Metrics(CollectorRegistry()),
        broker,
        Beacons(Tap(broker, HEADS, settings.fetch_wait_ms)),
        http,
        lambda: "",
    )


if __name__ == "__main__":
    main()
