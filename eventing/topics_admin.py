"""The platform's topics on a real Kafka: what they should be, what they are, and the change from one to the other."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewTopic, ResourceType

from eventing.topics import HEADS

_Answer = TypeVar("_Answer")
_SECONDS = 10.0

LOG_SETTINGS = {
    "cleanup.policy": "delete",
    "retention.ms": "-1",
    "retention.bytes": "-1",
    "max.message.bytes": str(2 * 1024 * 1024),
    "unclean.leader.election.enable": "false",
}
"""A log is kept for ever. A batch of the relay's has 512 KiB, or is one event of at most what a command may hold."""
HEADS_SETTINGS = {
    "cleanup.policy": "compact",
    "segment.ms": "600000",
    "min.cleanable.dirty.ratio": "0.1",
    "unclean.leader.election.enable": "false",
}
"""One beacon a log is enough. Only closed segments are compacted, so they close every ten minutes."""


class Unreachable(Exception):
    """No broker answers at that address, or none that lets us in."""


class Refused(Exception):
    """A topic with another number of partitions than one: its records would be in no order. Its names and counts."""

    def __init__(self, topics: Mapping[str, int]) -> None:
        super().__init__(", ".join(f"{name}: {count}" for name, count in topics.items()))
        self.topics = topics


@dataclass(frozen=True, slots=True)
class Difference:
    """A topic's setting is `now` and should be `then`; `now` is None where there is no topic yet.

    `by_hand`: apply can't change it (replication, for which partitions have to be moved between brokers).
    """

    topic: str
    setting: str
    now: str | None
    then: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What differs; `partitions` of topics that have not one; the brokers on which unknown topics are made by asking.

    `auto_creating` is None where the brokers don't tell.
    """

    differences: Sequence[Difference]
    partitions: Mapping[str, int]
    auto_creating: Sequence[int] | None

    @property
    def changes(self) -> list[Difference]:
        """Those that `apply` makes."""
        return [difference for difference in self.differences if not difference.by_hand]


class TopicsAdmin:
    """Reads and changes the topics that it is asked for, and no other; deletes nothing."""

    def __init__(self, bootstrap: str, seconds: float = _SECONDS) -> None:
        self._bootstrap, self._seconds = bootstrap, seconds
        quiet = logging.getLogger("gonglian.topics-admin")
        quiet.addHandler(logging.NullHandler())
        quiet.propagate = False
        # Kept: its futures fail when it is collected.
        self._client = AdminClient({"bootstrap.servers": bootstrap, "log_level": 0}, logger=quiet)

    def plan(self, topics: Iterable[str], replication: int | None = None) -> Plan:
        """Compare; `replication` is by default 3, or as many as there are brokers. Raises `Unreachable`."""
        names = list(topics)
        cluster = self._listed()
        wished = min(3, len(cluster.brokers)) if replication is None else replication
        there = {name: cluster.topics[name] for name in names if name in cluster.topics}
        settings = self._settings(ResourceType.TOPIC, list(there))
        differences: list[Difference] = []
        for name in names:
            if name not in there:
                wanted = {"partitions": "1", "replication": str(wished), **settings_of(name, wished)}
                differences += [Difference(name, setting, None, value) for setting, value in wanted.items()]
                continue
            replicas = min((len(partition.replicas) for partition in there[name].partitions.values()), default=0)
            if replicas < wished:
                differences.append(Difference(name, "replication", str(replicas), str(wished), by_hand=True))
            # By the replicas that there are: a minimum above their number would refuse every record.
            for setting, value in settings_of(name, replicas).items():
                if (now := settings[name].get(setting, "")) != value:
                    differences.append(Difference(name, setting, now, value))
        counts = {name: len(topic.partitions) for name, topic in there.items() if len(topic.partitions) != 1}
        return Plan(differences, counts, self._auto_creating(list(cluster.brokers)))

    def apply(self, plan: Plan) -> None:
        """Make the plan's changes and nothing else; returns when new topics can be used.

        Raises `Refused` before it changes anything, and `Unreachable`.
        """
        if plan.partitions:
            raise Refused(plan.partitions)
        wanted: dict[str, dict[str, str]] = {}
        changed: dict[str, dict[str, str]] = {}
        for change in plan.changes:
            kind = wanted if change.now is None else changed
            kind.setdefault(change.topic, {})[change.setting] = change.then
        self._create(wanted)
        self._change(changed)

    def _create(self, wanted: Mapping[str, dict[str, str]]) -> None:
        if not wanted:
            return
        new = [
            NewTopic(
                name,
                num_partitions=int(settings.pop("partitions")),
                replication_factor=int(settings.pop("replication")),
                config=settings,
            )
            for name, settings in wanted.items()
        ]
        for made in self._client.create_topics(new, operation_timeout=self._seconds).values():
            try:
                self._answer(made)
            except KafkaException as refused:
                # Somebody was faster; the next plan tells what they made.
                if refused.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                    raise
        deadline = time.monotonic() + self._seconds
        while not all(self._led(name) for name in wanted):
            if time.monotonic() > deadline:
                raise Unreachable(f"{self._bootstrap}: no leader yet")
            time.sleep(0.02)

    def _led(self, name: str) -> bool:
        topic = self._listed().topics.get(name)
        return topic is not None and all(partition.leader >= 0 for partition in topic.partitions.values())

    def _change(self, changed: Mapping[str, Mapping[str, str]]) -> None:
        resources = [
            ConfigResource(
                ResourceType.TOPIC,
                name,
                incremental_configs=[
                    ConfigEntry(setting, value, incremental_operation=AlterConfigOpType.SET)
                    for setting, value in settings.items()
                ],
            )
            for name, settings in changed.items()
        ]
        # Incremental: the older call resets whatever it doesn't name.
        for done in self._client.incremental_alter_configs(resources).values() if resources else ():
            self._answer(done)

    def _settings(self, kind: ResourceType, names: Sequence[str]) -> dict[str, dict[str, str]]:
        """Each one's settings as they are in effect, wherever they come from."""
        asked = [ConfigResource(kind, name) for name in names]
        answers = self._client.describe_configs(asked) if asked else {}
        return {
            resource.name: {entry.name: entry.value for entry in self._answer(answer).values()}
            for resource, answer in answers.items()
        }

    def _auto_creating(self, brokers: Sequence[int]) -> Sequence[int] | None:
        # One broker a call: librdkafka refuses several, because each answers only for itself.
        try:
            settings = [self._settings(ResourceType.BROKER, [str(broker)])[str(broker)] for broker in brokers]
        except KafkaException:
            return None  # it takes a right on the cluster, which is not needed for the rest
        found = zip(brokers, settings, strict=True)
        return [broker for broker, one in found if one.get("auto.create.topics.enable") == "true"]

    def _listed(self) -> Any:
        return self._reached(lambda: self._client.list_topics(timeout=self._seconds))

    def _answer(self, future: "Future[_Answer]") -> _Answer:
        return self._reached(lambda: future.result(self._seconds))

    def _reached(self, ask: Callable[[], _Answer]) -> _Answer:
        try:
            return ask()
        except TimeoutError as silent:
            raise Unreachable(self._bootstrap) from silent
        except KafkaException as error:
            if error.args[0].code() < 0:  # librdkafka's own: no broker has spoken
                raise Unreachable(f"{self._bootstrap}: {error.args[0].str()}") from error
            raise


def settings_of(topic: str, replication: int) -> dict[str, str]:
    """How a topic with so many replicas is to be set: the heads' topic, or a log's."""
    settings = HEADS_SETTINGS if topic == HEADS else LOG_SETTINGS
    return {**settings, "min.insync.replicas": "2" if replication >= 3 else "1"}
