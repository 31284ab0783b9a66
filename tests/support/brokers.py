"""The brokers on which one suite runs: the embedded mock, a native Kafka, one in a container, a standing cluster."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from confluent_kafka.admin import AdminClient

from eventing.embedded import MockBroker
from eventing.topics import HEADS
from eventing.topics_admin import TopicsAdmin
from tests.support import container_kafka, native_kafka

# Taken out: the settings refuse names that they don't know, also in the processes that tests start.
CLUSTER = os.environ.pop("GONGLIAN_TEST_KAFKA", "")


class Broker(Protocol):
    """What a test may ask of any of them."""

    @property
    def address(self) -> str: ...

    def ensure_topics(self, names: Iterable[str]) -> None: ...


class RealBroker:
    """A Kafka that stands: topics are made as `gonglian topics apply` makes them."""

    def __init__(self, address: str) -> None:
        self.address, self._admin = address, TopicsAdmin(address)
        self.made: set[str] = set()

    def ensure_topics(self, names: Iterable[str]) -> None:
        plan = self._admin.plan(list(names))
        self.made |= {change.topic for change in plan.changes if change.now is None}
        self._admin.apply(plan)


@contextmanager
def _mock(_: Path) -> Iterator[Broker]:
    broker = MockBroker()
    broker.start()
    yield broker
    broker.stop()


@contextmanager
def _native(folder: Path) -> Iterator[Broker]:
    kafka = native_kafka.NativeKafka(folder)
    try:
        kafka.start()
        yield RealBroker(kafka.address)
    finally:
        kafka.kill()


@contextmanager
def _container(_: Path) -> Iterator[Broker]:
    with container_kafka.running() as address:
        yield RealBroker(address)


@contextmanager
def _cluster(_: Path) -> Iterator[Broker]:
    broker = RealBroker(CLUSTER)
    try:
        yield broker
    finally:
        # It is somebody's: what this run made there goes with it. Heads are shared with whoever else is there.
        ours = list(broker.made - {HEADS})
        client = AdminClient({"bootstrap.servers": CLUSTER})
        for gone in client.delete_topics(ours).values() if ours else ():
            gone.result(30)


KINDS: Mapping[str, Callable[[Path], AbstractContextManager[Broker]]] = {
    "mock": _mock,
    "native": _native,
    "container": _container,
    "cluster": _cluster,
}
"""By what `--kafka` calls them."""


def why_not(kind: str) -> str | None:
    """Why there can be no broker of that kind here; None when there can."""
    match kind:
        case "native":
            return native_kafka.why_not()
        case "container":
            return container_kafka.why_not()
        case "cluster" if not CLUSTER:
            return "GONGLIAN_TEST_KAFKA names no cluster"
    return None
