"""A platform of separate processes to do harm to: PostgreSQL, replicas of each service, a gateway before them."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from eventing.embedded import Home, Postgres
from eventing.shell.issuer import fresh_key
from tests.support.platform_process import _die_with_the_tests, free_port
from tests.support.proxy import Proxy
from tests.support.replica_gateway import Gateway
from tests.support.vaults import VAULT_KEY


class Broker(Protocol):
    """A broker that runs."""

    @property
    def address(self) -> str: ...

    def ensure_topics(self, names: Iterable[str]) -> None: ...


SERVICES = ("enterprise", "projection")
REPLICAS = 2


class Replica:
    """One process of a service; `start` again after a kill."""

    def __init__(self, service: str, number: int, log: Path, environment: Mapping[str, str]) -> None:
        self.name, self.service, self.port = f"{service}-{number}", service, free_port()
        self.log, self._environment = log, {**environment, "GONGLIAN_PORT": str(self.port)}
        self._process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`gonglian WORDS`, as in this service's container."""
        return subprocess.run(
            [sys.executable, "-m", "services.cli", *words],
            capture_output=True,
            text=True,
            env={**os.environ, **self._environment},
            timeout=600,
            check=False,
        )

    def start(self) -> None:
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.cli", "run", self.service],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={**os.environ, **self._environment},
                preexec_fn=_die_with_the_tests,
            )

    def send(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        if self._process is not None:
            self._process.wait(10)

    def stop(self) -> None:
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        if self._process is not None:
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


class Stage:
    """`up` starts everything in `folder`, `down` ends it. The broker is started and stopped by whoever brings it."""

    def __init__(self, folder: Path, kafka: Broker) -> None:
        self.folder, self.key, self.kafka = folder, fresh_key(), kafka
        self.home = Home(folder / "data")
        self.postgres = Postgres(self.home)
        self.gateway = Gateway()
        self.proxy: Proxy
        self.replicas: list[Replica] = []

    async def up(self, topics: Sequence[str]) -> None:
        self.home.open()
        self.postgres.start()
        await self.postgres.wait_ready()
        await self.postgres.ensure(SERVICES)
        await asyncio.to_thread(self.kafka.ensure_topics, topics)
        self.proxy = Proxy(self.kafka.address)
        await self.proxy.restore()
        await self.gateway.start()
        for service in SERVICES:
            self.start(service)

    def start(self, service: str) -> None:
        """Its replicas; its database is there."""
        environment = {
            "GONGLIAN_SERVICE": service,
            "GONGLIAN_DATABASE_URL": self.dsn(service),
            "GONGLIAN_KAFKA": self.proxy.address,
            "GONGLIAN_SIGNING_KEY": self.key,
            "GONGLIAN_VAULT_KEY": VAULT_KEY,
            "GONGLIAN_FEEDS_URL": self.gateway.url,
            "GONGLIAN_POOL_SIZE": "8",
        }
        for number in range(1, REPLICAS + 1):
            replica = Replica(service, number, self.folder / f"{service}-{number}.log", environment)
            replica.start()
            self.replicas.append(replica)
            self.gateway.targets.setdefault(service, []).append(replica.port)

    def dsn(self, service: str) -> str:
        return self.postgres.dsn(database=service)

    async def restart_postgres(self, kill: signal.Signals) -> None:
        assert self.postgres.pid is not None
        os.kill(self.postgres.pid, kill)
        await asyncio.to_thread(self.postgres.stop)
        self.postgres.start()
        await self.postgres.wait_ready()

    async def down(self) -> None:
        for replica in self.replicas:
            await asyncio.to_thread(replica.stop)
        await self.gateway.stop()
        if hasattr(self, "proxy"):
            await self.proxy.cut()
        self.postgres.stop()
        self.home.close()
