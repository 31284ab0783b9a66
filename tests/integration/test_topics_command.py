"""`gonglian topics` on a real Kafka: it shows what differs, changes only that, and leaves alone what isn't ours."""

import itertools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewTopic,
    ResourceType,
)

from eventing.topics import HEADS, source_of, topic_of
from eventing.topics_admin import Refused, TopicsAdmin, Unreachable, settings_of
from services.cli import main, topics
from services.platform import BY_NAME
from tests.support.native_kafka import NativeKafka
from tests.support.reading import NO_BROKER
from tests.support.waiting import eventually_sync

_REGIONS = itertools.count(300001)


class Operator:
    """Who runs the command, beside the cluster as it is seen by another client."""

    def __init__(self, kafka: NativeKafka, region: str) -> None:
        self.kafka, self.log = kafka, f"gonglian.{region}.enterprise.v1"
        logs = (topic_of(source_of(region, name)) for name, make in BY_NAME.items() if make().decisions)
        self.topics = {HEADS, *logs}
        self.cluster = AdminClient({"bootstrap.servers": kafka.address, "log_level": 0})

    def says(self, *words: str) -> Result:
        return CliRunner().invoke(main, ["topics", *words, "--kafka", self.kafka.address])

    def differences(self, *words: str, code: int = 2) -> list[dict[str, Any]]:
        """What `plan` finds, or `apply` has changed."""
        result = self.says(*words, "--json")
        assert result.exit_code == code, result.output
        found: list[dict[str, Any]] = json.loads(result.stdout)["differences"]
        return found

    def there(self) -> set[str]:
        return set(self.cluster.list_topics(timeout=10).topics)

    def partitions(self, topic: str) -> int:
        return len(self.cluster.list_topics(timeout=10).topics[topic].partitions)

    def make(self, topic: str, partitions: int = 1, **settings: str) -> None:
        config = {name.replace("_", "."): value for name, value in settings.items()}
        new = NewTopic(topic, num_partitions=partitions, replication_factor=1, config=config)
        for made in self.cluster.create_topics([new]).values():
            made.result(10)
        eventually_sync(lambda: topic in self.there(), within=10)

    def set(self, topic: str, name: str, value: str) -> None:
        entry = ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET)
        resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
        for done in self.cluster.incremental_alter_configs([resource]).values():
            done.result(10)

    def settings(self, topic: str) -> Mapping[str, str]:
        (found,) = self.cluster.describe_configs([ConfigResource(ResourceType.TOPIC, topic)]).values()
        return {entry.name: entry.value for entry in found.result(10).values()}


@pytest.fixture
def operator(kafka: NativeKafka, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Of a platform that has no topic yet."""
    region = str(next(_REGIONS))
    monkeypatch.setenv("GONGLIAN_REGION", region)
    operator = Operator(kafka, region)
    if HEADS in operator.there():
        for gone in operator.cluster.delete_topics([HEADS]).values():
            gone.result(10)
        eventually_sync(lambda: HEADS not in operator.there(), within=10)
    return operator


def test_on_an_empty_kafka_everything_is_made_and_then_nothing_differs(operator: Operator) -> None:
    planned = operator.differences("plan")
    assert {(one["topic"], one["is"]) for one in planned} == {(topic, None) for topic in operator.topics}
    assert not operator.topics & operator.there(), "plan changes nothing"
    made = operator.differences("apply", code=0)
    assert [(one["setting"], one["should_be"]) for one in made] == [
        (one["setting"], one["should_be"]) for one in planned
    ]
    assert operator.differences("plan", code=0) == []
    for topic in operator.topics:
        assert operator.partitions(topic) == 1
        assert operator.settings(topic).items() >= settings_of(topic, 1).items()
    assert operator.settings(HEADS)["cleanup.policy"] == "compact"
    assert operator.settings(operator.log)["retention.ms"] == "-1"
    assert "All topics are as they should be" in operator.says("plan").output


def test_only_what_differs_is_changed(operator: Operator) -> None:
    """Mechanism: the incremental call. The older one resets every setting that it doesn't name."""
    operator.says("apply")
    operator.set(operator.log, "retention.ms", "604800000")
    operator.set(operator.log, "compression.type", "gzip")
    operator.set(HEADS, "cleanup.policy", "delete")
    expected = [(HEADS, "cleanup.policy", "delete", "compact"), (operator.log, "retention.ms", "604800000", "-1")]
    for words, now, code in ((("plan",), "is", 2), (("apply",), "was", 0)):
        found = operator.differences(*words, code=code)
        assert [(one["topic"], one["setting"], one[now], one["should_be"]) for one in found] == expected
    assert operator.differences("plan", code=0) == []
    assert operator.settings(operator.log)["compression.type"] == "gzip"


def test_a_platform_that_is_partly_there_is_completed(operator: Operator) -> None:
    operator.make(operator.log, retention_ms="-1")
    missing = {one["topic"] for one in operator.differences("plan") if one["is"] is None}
    assert missing == operator.topics - {operator.log}
    operator.differences("apply", code=0)
    assert operator.differences("plan", code=0) == []


def test_strangers_topics_are_left_alone(operator: Operator) -> None:
    strangers = f"{operator.log}.mirror", "orders", "gonglian.999999.enterprise.v1"
    for topic in strangers:
        if topic not in operator.there():
            operator.make(topic, partitions=3, retention_ms="1000")
    before = {topic: operator.settings(topic) for topic in strangers}
    operator.differences("apply", code=0)
    assert {topic: operator.settings(topic) for topic in strangers} == before
    assert [operator.partitions(topic) for topic in strangers] == [3, 3, 3]


def test_a_topic_of_several_partitions_is_refused_and_nothing_is_changed(operator: Operator) -> None:
    operator.make(operator.log, partitions=3, retention_ms="1000")
    for word in ("plan", "apply"):
        refused = operator.says(word)
        assert refused.exit_code == 1
        assert f"{operator.log}: 3" in refused.stderr
        assert "拒绝" in refused.stderr
        assert "Refused" in refused.stderr
    assert HEADS not in operator.there()
    assert (operator.partitions(operator.log), operator.settings(operator.log)["retention.ms"]) == (3, "1000")
    administration = TopicsAdmin(operator.kafka.address)
    with pytest.raises(Refused):
        administration.apply(administration.plan([HEADS, operator.log]))
    assert HEADS not in operator.there()


def test_missing_replicas_are_told_and_left_to_a_person(operator: Operator) -> None:
    """`min.insync.replicas` goes by the replicas that there are: 2 with one replica would stop the relay."""
    operator.differences("apply", code=0)
    for words, code in ((("plan",), 2), (("apply",), 1)):
        found = operator.differences(*words, "--replication", "3", code=code)
        assert {(one["setting"], one["should_be"], one["by_hand"]) for one in found} == {("replication", "3", True)}
    shown = operator.says("plan", "--replication", "3")
    assert "kafka-reassign-partitions" in shown.output
    assert operator.settings(operator.log)["min.insync.replicas"] == "1"


def test_more_replicas_than_brokers_is_the_brokers_refusal(operator: Operator) -> None:
    refused = operator.says("apply", "--replication", "3")
    assert refused.exit_code == 1
    assert "Kafka refuses" in refused.stderr


def test_three_replicas_need_two_that_agree() -> None:
    assert [settings_of("gonglian.610000.enterprise.v1", n)["min.insync.replicas"] for n in (1, 2, 3)] == [
        "1",
        "1",
        "2",
    ]


def test_a_broker_that_makes_topics_by_itself_is_warned_of(kafka: NativeKafka, tmp_path: Path) -> None:
    assert TopicsAdmin(kafka.address).plan([]).auto_creating == []
    careless = NativeKafka(tmp_path / "careless", auto_create=True)
    careless.start()
    try:
        warned = CliRunner().invoke(main, ["topics", "plan", "--kafka", careless.address])
        assert warned.exit_code == 2
        assert "auto.create.topics.enable=true" in warned.stderr
        assert "警告" in warned.stderr
    finally:
        careless.kill()


def test_no_broker_is_said_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreachable):
        TopicsAdmin(NO_BROKER, seconds=0.5).plan([HEADS])
    monkeypatch.setattr(topics, "_administration", lambda _: TopicsAdmin(NO_BROKER, seconds=0.5))
    said = CliRunner().invoke(main, ["topics", "plan"])
    assert said.exit_code == 1
    assert "连接不上" in said.stderr
    assert "No Kafka answers" in said.stderr
