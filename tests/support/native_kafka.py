"""A real Kafka 4 without containers: one JVM, on a folder and a port, to be killed and frozen."""

import ctypes
import fcntl
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from eventing.topics_admin import TopicsAdmin
from tests.support.ports import steady_port

ROOT = Path(__file__).parents[2]
_SOURCES = Path(__file__).parent / "kafka"
_POM = _SOURCES / "pom.xml"
_CACHE = ROOT / ".kafka"
_FLAGS = (
    "-Xms64m",
    "-Xmx256m",
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Xlog:disable",
    "-Xlog:all=error:stderr",
)
_SETTINGS = """\
process.roles=broker,controller
node.id={node}
controller.quorum.bootstrap.servers={controllers}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={data}
auto.create.topics.enable={auto_create}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=2097152
# After a kill the old registration must expire before the broker is let in again: 9 s by default.
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
"""


class CannotRun(Exception):
    """Why there can be no native Kafka on this machine."""


def why_not(pom: Path = _POM) -> str | None:
    """What is missing here for a native Kafka, or for what else that pom brings; None when nothing is."""
    if shutil.which("java") is None:
        return "no java on the PATH"
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found[1]) < 17:
        return "java is older than 17"
    if not _libraries(pom).exists() and shutil.which("mvn") is None:
        return "no mvn on the PATH to fetch the jars with"
    return None


@dataclass(frozen=True)
class Member:
    """One broker's place in a cluster: its number, its controller's port, and who votes (all of them)."""

    node: int
    controller: int
    cluster: str
    directory: str
    voters: "tuple[Member, ...]" = ()

    @classmethod
    def alone(cls) -> "Member":
        (member,) = cls.of_cluster(1)
        return member

    @classmethod
    def of_cluster(cls, size: int) -> "list[Member]":
        cluster = _cluster_id()
        voters = tuple(cls(node, steady_port(), cluster, _cluster_id()) for node in range(1, size + 1))
        return [replace(one, voters=voters) for one in voters]

    def voting(self) -> list[str]:
        """How `format` is told who votes at first."""
        named = (f"{one.node}@127.0.0.1:{one.controller}:{one.directory}" for one in self.voters)
        return ["--initial-controllers", ",".join(named)]


class NativeKafka:
    """`start` makes the data where there is none. `kill` and `stop` keep it; `wipe` forgets it.

    `folder` holds data, settings and `kafka.log`. The port stays the same over all starts.
    """

    def __init__(
        self, folder: Path, port: int | None = None, *, auto_create: bool = False, member: "Member | None" = None
    ) -> None:
        self._folder, self.port, self._member = folder, port or steady_port(), member or Member.alone()
        self._data, self._auto_create = folder / "data", auto_create
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """`host:port`, for `bootstrap_servers`."""
        return f"127.0.0.1:{self.port}"

    def start(self, within: float = 60) -> float:
        """Start and wait until it answers; how many seconds it took. From the main thread: it dies with that."""
        started = time.monotonic()
        self.launch()
        self.wait_ready(within)
        return time.monotonic() - started

    def launch(self) -> None:
        """`start` without the waiting, for where an event loop must go on: then `to_thread(kafka.wait_ready)`."""
        assert self._process is None, "started already"
        jars, archive = _installed()
        self._format(jars, archive)
        self._process = _java(jars, [f"-XX:SharedArchiveFile={archive}"], "kafka.Kafka", self._settings, self._log)

    def wait_ready(self, within: float = 60) -> None:
        """Until it answers."""
        assert self._process is not None, "not started"
        self._wait(self._process, time.monotonic() + within)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def ensure_topics(self, names: Iterable[str]) -> None:
        """Make and set each topic as `gonglian topics apply` does."""
        admin = TopicsAdmin(self.address)
        admin.apply(admin.plan(list(names)))

    create_topics = ensure_topics

    @property
    def pid(self) -> int:
        assert self._process is not None, "not started"
        return self._process.pid

    def kill(self) -> None:
        """As if the power had gone: -9."""
        self._end(signal.SIGKILL, 30)

    def freeze(self) -> None:
        """SIGSTOP: its connections stay open and nothing answers, until `thaw`."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def stop(self) -> None:
        """An orderly end, 2-3 s; nothing when it doesn't run."""
        self._end(signal.SIGTERM, 20)

    def restart(self) -> float:
        """On the same data and port, after an orderly end unless it was killed; seconds until it answered."""
        self.stop()
        return self.start()

    def wipe(self) -> None:
        """Kill it and lose everything; the next start is a new, empty cluster at the same address."""
        self.kill()
        shutil.rmtree(self._data, ignore_errors=True)

    def output(self) -> str:
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""

    @property
    def _settings(self) -> Path:
        return self._folder / "server.properties"

    @property
    def _log(self) -> Path:
        return self._folder / "kafka.log"

    def _format(self, jars: str, archive: Path) -> None:
        if self._data.exists():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        self._settings.write_text(
            _SETTINGS.format(
                port=self.port,
                controller=self._member.controller,
                controllers=",".join(f"127.0.0.1:{voter.controller}" for voter in self._member.voters),
                node=self._member.node,
                data=self._data,
                auto_create=str(self._auto_create).lower(),
            )
        )
        command = ["format", "-t", self._member.cluster, "-c", str(self._settings), *self._member.voting()]
        options = [f"-XX:SharedArchiveFile={archive}"] if archive.exists() else []
        format = _java(jars, options, "kafka.tools.StorageTool", command, self._log)
        if format.wait(60) != 0:
            raise CannotRun(self.output()[-2000:])

    def _wait(self, process: subprocess.Popen[bytes], deadline: float) -> None:
        # A plain connection first: a librdkafka client backs off from a port that isn't there yet.
        while not _listens(self.port):
            self._still(process, deadline)
        while not _answers(self.address):
            self._still(process, deadline)

    def _still(self, process: subprocess.Popen[bytes], deadline: float) -> None:
        if process.poll() is not None or time.monotonic() > deadline:
            self.kill()
            raise CannotRun(f"Kafka did not start:\n{self.output()[-2000:]}")
        time.sleep(0.02)

    def _end(self, number: signal.Signals, patience: float) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(number)
        process.send_signal(signal.SIGCONT)  # frozen, it would not hear
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _answers(address: str) -> bool:
    try:
        return bool(AdminClient({"bootstrap.servers": address, "log_level": 0}).list_topics(timeout=2).brokers)
    except KafkaException:
        return False


def _libraries(pom: Path) -> Path:
    """Where the jars of this pom are, or will be."""
    return _CACHE / hashlib.sha256(pom.read_bytes()).hexdigest()[:12]


def fetched(pom: Path) -> Path:
    """The folder with the jars of this pom, which Maven fetches on first use. Raises `CannotRun`."""
    if (missing := why_not(pom)) is not None:
        raise CannotRun(missing)
    folder = _libraries(pom)
    _CACHE.mkdir(exist_ok=True)
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _fetch(pom, folder)
    return folder


def _installed() -> tuple[str, Path]:
    """The class path, and the archive of loaded classes that halves the start; fetched and made on first use."""
    folder = fetched(_POM)
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Sorted: the archive holds only for the very same class path.
        jars = ":".join(sorted(str(jar) for jar in folder.glob("*.jar")))
        archive = folder / "kafka.jsa"
        if not archive.exists():
            _make_archive(jars, archive)
    return jars, archive


def _fetch(pom: Path, folder: Path) -> None:
    coming = folder.with_suffix(".coming")
    shutil.rmtree(coming, ignore_errors=True)
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={coming}", "-DincludeScope=runtime"]
    done = subprocess.run(
        ["mvn", "-q", "-B", "-f", pom, *goal], capture_output=True, text=True, timeout=600, check=False
    )
    if done.returncode != 0:
        raise CannotRun(f"Maven could not fetch the jars:\n{done.stdout[-2000:]}")
    coming.rename(folder)


def _make_archive(jars: str, archive: Path) -> None:
    """Start a broker once and stop it in order: the JVM writes down then which classes it had loaded."""
    trial = NativeKafka(archive.with_name("trial"))
    coming = archive.with_suffix(".coming")
    try:
        trial._format(jars, archive)
        trial._process = _java(jars, [f"-XX:ArchiveClassesAtExit={coming}"], "kafka.Kafka", trial._settings, trial._log)
        trial._wait(trial._process, time.monotonic() + 90)
        trial._end(signal.SIGTERM, 60)
        coming.rename(archive)
    finally:
        trial.wipe()
        shutil.rmtree(trial._folder, ignore_errors=True)


def _java(jars: str, options: list[str], main: str, arguments: Path | list[str], log: Path) -> subprocess.Popen[bytes]:
    words = arguments if isinstance(arguments, list) else [str(arguments)]
    logging = f"-Dlog4j2.configurationFile={_SOURCES / 'log4j2.xml'}"
    parent = os.getpid()

    def die_with_the_tests() -> None:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    with log.open("ab") as output:
        return subprocess.Popen(
            ["java", *_FLAGS, *options, logging, "-cp", jars, main, *words],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_the_tests,
        )


def _cluster_id() -> str:
    return urlsafe_b64encode(uuid4().bytes).decode().rstrip("=").replace("-", "A")
