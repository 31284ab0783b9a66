"""Debezium's PostgreSQL sink in a standalone Kafka Connect, on a folder; ended by `stop`."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.support.native_kafka import fetched
from tests.support.ports import steady_port

_POM = Path(__file__).with_name("pom.xml")
_MAIN = "org.apache.kafka.connect.cli.ConnectStandalone"


class JdbcSink:
    """Upserts the records of a topic, each of which carries its schema, into the table `debezium`."""

    def __init__(self, folder: Path, bootstrap: str, topic: str, socket: Path, database: str, user: str) -> None:
        self._folder = folder
        folder.mkdir()
        worker = {
            "bootstrap.servers": bootstrap,
            "key.converter": "org.apache.kafka.connect.storage.StringConverter",
            "value.converter": "org.apache.kafka.connect.json.JsonConverter",
            "offset.storage.file.filename": str(folder / "offsets"),
            "listeners": f"http://127.0.0.1:{steady_port()}",
        }
        sink = {
            "name": "sink",
            "connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector",
            "tasks.max": "1",
            "topics": topic,
            "connection.url": f"jdbc:postgresql://localhost/{database}?sslmode=disable"
            "&socketFactory=org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg"
            f"&socketFactoryArg={socket}",
            "connection.username": user,
            "connection.password": "none",
            "insert.mode": "upsert",
            "primary.key.mode": "record_value",
            "primary.key.fields": "enterprise",
            "schema.evolution": "basic",
            "collection.name.format": "debezium",
            "batch.size": "2000",
            "consumer.override.max.poll.records": "2000",
        }
        self._files = [self._written("worker", worker), self._written("sink", sink)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        jars = ":".join(sorted(str(jar) for jar in fetched(_POM).glob("*.jar")))
        with (self._folder / "connect.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["java", "-Xmx512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", jars, _MAIN, *self._files],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)

    def _written(self, name: str, settings: Mapping[str, str]) -> str:
        file = self._folder / f"{name}.properties"
        file.write_text("".join(f"{key}={value}\n" for key, value in settings.items()), "utf-8")
        return str(file)
