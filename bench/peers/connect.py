"""Debezium's PostgreSQL sink in a standalone Kafka Connect, which stands through all rounds."""

import asyncio
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.peers.program import running
from bench.peers.target import Target
from tests.support.native_kafka import fetched
from tests.support.ports import steady_port

TABLE = "debezium"
_POM = Path(__file__).with_name("pom.xml")
_MAIN = "org.apache.kafka.connect.cli.ConnectStandalone"
_START = 300.0  # seconds; it takes a minute and more where others work on the two cores
_FLAGS = ("-Xmx512m", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")


class Connect:
    """`standing` starts it; `sink` runs one connector."""

    def __init__(self, http: httpx.AsyncClient, log: Path) -> None:
        self._http, self.log = http, log

    @classmethod
    @asynccontextmanager
    async def standing(cls, folder: Path, bootstrap: str) -> AsyncIterator["Connect"]:
        """A worker that answers, while the block runs. Raises `CannotRun` without Java or Maven, `RuntimeError`."""
        jars = await asyncio.to_thread(fetched, _POM)
        address, log = f"http://127.0.0.1:{steady_port()}", folder / "connect.log"
        settings = _settings(folder, bootstrap, address)
        command: list[str | Path] = ["java", *_FLAGS, "-cp", f"{jars}/*", _MAIN, settings]
        async with running(command, folder, log) as process, httpx.AsyncClient(base_url=address, timeout=90) as http:
            await _answering(http, process, log)
            yield cls(http, log)

    @asynccontextmanager
    async def sink(self, topic: str, target: Target) -> AsyncIterator[None]:
        """While the block runs, the records of a topic, each with its schema, are upserted into the table `debezium`.

        The settings are those that make it fastest: a batch is reduced to the last record of each key, and goes as one
        statement by `unnest`.
        """
        config = {
            "connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector",
            "tasks.max": "1",
            "topics": topic,
            "connection.url": f"jdbc:postgresql://localhost/{target.database}?sslmode=disable"
            "&socketFactory=org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg"
            f"&socketFactoryArg={target.socket}",
            "connection.username": target.user,
            "connection.password": "none",
            "insert.mode": "upsert",
            "primary.key.mode": "record_value",
            "primary.key.fields": "enterprise",
            "schema.evolution": "basic",
            "collection.name.format": TABLE,
            "use.reduction.buffer": "true",
            "dialect.postgres.unnest.insert.enabled": "true",
            "batch.size": "2000",
            "consumer.override.max.poll.records": "2000",
        }
        await self._asked("POST", "/connectors", {"name": target.database, "config": config})
        try:
            yield
        finally:
            await self._asked("DELETE", f"/connectors/{target.database}")

    async def _asked(self, method: str, path: str, body: Any = None) -> None:
        answer = await self._http.request(method, path, json=body)
        if answer.is_error:
            raise RuntimeError(f"{method} {path}: {answer.text[-2000:]}")


def _settings(folder: Path, bootstrap: str, address: str) -> Path:
    worker = {
        "bootstrap.servers": bootstrap,
        "key.converter": "org.apache.kafka.connect.storage.StringConverter",
        "value.converter": "org.apache.kafka.connect.json.JsonConverter",
        "offset.storage.file.filename": str(folder / "connect.offsets"),
        "listeners": address,
        # Every jar says which plugins it has. By default all classes of all jars are looked at beside that, which was
        # 22 of the 60 seconds that the start took on a loaded machine.
        "plugin.discovery": "service_load",
    }
    file = folder / "connect.properties"
    file.write_text("".join(f"{key}={value}\n" for key, value in worker.items()), "utf-8")
    return file


async def _answering(http: httpx.AsyncClient, process: Process, log: Path) -> None:
    until = time.monotonic() + _START
    while process.returncode is None and time.monotonic() < until:
        try:
            if (await http.get("/connectors")).is_success:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.1)
    said = await asyncio.to_thread(log.read_text, "utf-8", "replace")
    raise RuntimeError(f"Kafka Connect did not start:\n{said[-3000:]}")
