"""Three brokers, as in production: `gonglian topics apply` keeps three replicas; one broker may die, two may not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from confluent_kafka.admin import AdminClient
from structlog.testing import capture_logs

from eventing.database import Pool
from services.cli import main
from tests.support.logs import LogUnderTest
from tests.support.native_kafka import Member, NativeKafka
from tests.support.waiting import eventually, until

REGION = "310001"
PATIENCE = 30.0
"""Seconds; another broker takes over within 3 on a quiet machine."""


@pytest.fixture
def kafka(tmp_path: Path) -> Iterator[list[NativeKafka]]:
    """Three brokers in the place of the one that other tests have."""
    brokers = [NativeKafka(tmp_path / str(member.node), member=member) for member in Member.of_cluster(3)]
    try:
        for broker in brokers:
            broker.launch()
        for broker in brokers:
            broker.wait_ready()
        yield brokers
    finally:
        for broker in brokers:
            broker.kill()


@pytest.fixture
async def log(kafka: list[NativeKafka], pool: Pool, dsn: str, monkeypatch: pytest.MonkeyPatch) -> LogUnderTest:
    """Its topic as `gonglian topics apply` makes it."""
    addresses = ",".join(broker.address for broker in kafka)
    monkeypatch.setenv("GONGLIAN_REGION", REGION)
    applied = CliRunner().invoke(main, ["topics", "apply", "--kafka", addresses, "--json"])
    assert applied.exit_code == 0, applied.output
    made = {one["setting"]: one["should_be"] for one in json.loads(applied.stdout)["differences"]}
    assert (made["replication"], made["min.insync.replicas"]) == ("3", "2")
    log = LogUnderTest(pool, dsn, addresses, f"/regions/{REGION}/enterprise")
    await pool.execute("insert into head (source) values ($1)", log.source)
    return log


async def test_one_broker_of_three_dies_and_nothing_waits_or_is_lost(
    kafka: list[NativeKafka], log: LogUnderTest
) -> None:
    """Mechanism: three replicas, two of which must have a record (`eventing/topics_admin.py`), and `acks=all`. With
    one replica (`--replication 1`) on the broker that dies, publishing stands until it is back."""
    async with log.relayed():
        await log.append(20)
        await until(lambda: _published(log, 20), within=PATIENCE)
        leader = _leader(kafka, log.topic)
        leader.kill()
        await log.append(20)
        await until(lambda: _published(log, 40), within=PATIENCE)
        assert not leader.running
    assert {record.sequence for record in await log.topic_records()} == set(range(1, 41))


async def test_two_brokers_of_three_die_and_what_is_appended_waits_in_the_log(
    kafka: list[NativeKafka], log: LogUnderTest
) -> None:
    """Mechanism: `acks=all`. The leader lives, and with `acks=1` it would take alone what its disk alone then has."""
    async with log.relayed():
        await log.append(20)
        await until(lambda: _published(log, 20), within=PATIENCE)
        leader = _leader(kafka, log.topic)
        others = [broker for broker in kafka if broker is not leader]
        for broker in others:
            broker.kill()
        with capture_logs() as said:
            await log.append(20)
            await until(lambda: _sealed(log, 40), within=PATIENCE)
            await eventually(lambda: "publish_failed" in {line["event"] for line in said}, within=PATIENCE)
        assert leader.running
        assert await log.published() == 20
        others[0].launch()
        await until(lambda: _published(log, 40), within=PATIENCE)
        assert not others[1].running
    assert {record.sequence for record in await log.topic_records()} == set(range(1, 41))


async def _published(log: LogUnderTest, count: int) -> bool:
    return await log.published() == count


async def _sealed(log: LogUnderTest, count: int) -> bool:
    return await log.sealed() == count


def _leader(cluster: list[NativeKafka], topic: str) -> NativeKafka:
    """The broker that the topic's one partition is written to."""
    admin = AdminClient({"bootstrap.servers": cluster[0].address, "log_level": 0})
    node = admin.list_topics(topic, timeout=10).topics[topic].partitions[0].leader
    return cluster[node - 1]
