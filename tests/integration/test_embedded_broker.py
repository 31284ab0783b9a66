"""The embedded broker carries records between our clients, and a reader may be there before the first one."""

import asyncio
import os
import socket
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import faststream.kafka
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from faststream import AckPolicy
from faststream.kafka import KafkaBroker

from eventing.embedded import MockBroker
from tests.support.waiting import eventually_sync

TOPIC = "gonglian.610000.enterprise.v1"


@pytest.fixture
async def embedded() -> AsyncIterator[MockBroker]:
    broker = MockBroker()
    broker.start()
    yield broker
    broker.stop()


async def produce(broker: MockBroker, *values: bytes) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=broker.address, acks="all")
    await producer.start()
    for value in values:
        await producer.send_and_wait(TOPIC, value, partition=0)
    await producer.stop()


async def test_a_reader_of_partition_0_starts_before_anything_was_produced(embedded: MockBroker) -> None:
    embedded.ensure_topics([TOPIC, "gonglian.heads"])
    arrived: asyncio.Queue[bytes] = asyncio.Queue()
    kafka = KafkaBroker(embedded.address, logger=None, allow_auto_create_topics=False)
    subscriber = kafka.subscriber(
        partitions=[faststream.kafka.TopicPartition(TOPIC, 0)],
        ack_policy=AckPolicy.MANUAL,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=10,
    )
    subscriber(arrived.put)
    await kafka.start()
    await produce(embedded, b"one", b"two")
    assert [await asyncio.wait_for(arrived.get(), 5) for _ in range(2)] == [b"one", b"two"]
    await kafka.stop()


async def test_a_bare_consumer_starts_on_an_empty_topic_too(embedded: MockBroker) -> None:
    embedded.ensure_topics([TOPIC])
    consumer = AIOKafkaConsumer(bootstrap_servers=embedded.address, auto_offset_reset="earliest", fetch_max_wait_ms=10)
    await consumer.start()
    consumer.assign([TopicPartition(TOPIC, 0)])
    await produce(embedded, b"one")
    record = await asyncio.wait_for(consumer.getone(), 5)
    assert (record.partition, record.offset, record.value) == (0, 0, b"one")
    await consumer.stop()


async def test_making_topics_again_keeps_what_is_in_them(embedded: MockBroker) -> None:
    embedded.ensure_topics([TOPIC])
    await produce(embedded, b"one")
    embedded.ensure_topics([TOPIC])
    consumer = AIOKafkaConsumer(TOPIC, bootstrap_servers=embedded.address, auto_offset_reset="earliest")
    await consumer.start()
    assert (await asyncio.wait_for(consumer.getone(), 5)).value == b"one"
    await consumer.stop()


def test_it_listens_on_loopback_alone_and_leaves_neither_port_nor_thread() -> None:
    broker = MockBroker()
    threads = set(os.listdir("/proc/self/task"))
    broker.start()
    host, port = broker.address.split(":")
    assert host == "127.0.0.1"
    broker.stop()
    with pytest.raises(ConnectionRefusedError), socket.create_connection((host, int(port)), timeout=5):
        pass

    def no_more_threads() -> bool:
        ours = {str(thread.native_id) for thread in threading.enumerate()}
        return set(os.listdir("/proc/self/task")) <= threads | ours

    eventually_sync(no_more_threads, within=5)  # a thread that was told to end is listed until it has


def test_it_says_nothing(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broker = MockBroker()
    broker.start()
    broker.ensure_topics([TOPIC])
    broker.stop()
    assert capfd.readouterr() == ("", "")


def test_two_brokers_share_nothing() -> None:
    one, other = MockBroker(), MockBroker()
    one.start()
    other.start()
    assert one.address != other.address
    one.stop()
    other.ensure_topics([TOPIC])
    other.stop()
