"""Relay and reader on a real Kafka that is missing, killed, frozen, trimmed or lost: nothing is left out."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient

from eventing.database import SPINE, Pool, migrate, open_pool
from eventing.embedded import Postgres
from eventing.reader.reader import Reader
from eventing.shell import journal
from eventing.topics import HEADS
from tests.support.logs import LogUnderTest
from tests.support.native_kafka import NativeKafka
from tests.support.reading import Process, WritingSink, applied, position, publish, seal_all, values
from tests.support.waiting import eventually, until

PATIENCE = 30.0
"""Seconds for what takes a broker's start or a client's time-out."""


@pytest.fixture
async def log(pool: Pool, dsn: str, kafka: NativeKafka) -> LogUnderTest:
    """A log that has no topic yet."""
    log = LogUnderTest(pool, dsn, kafka.address)
    await pool.execute("insert into head (source) values ($1)", log.source)
    kafka.ensure_topics([HEADS])
    return log


@pytest.fixture
async def own(dsn: str, postgres: Postgres) -> AsyncIterator[Pool]:
    """The reader's own database."""
    name = f"{dsn.split('?')[0].rsplit('/', 1)[1]}reader"
    await postgres.ensure([name])
    own = await open_pool(postgres.dsn(database=name), "reader's", 10)
    await migrate(own, SPINE)
    await WritingSink.create(own)
    yield own
    await own.close()


@pytest.fixture
def process(log: LogUnderTest, own: Pool, postgres: Postgres, dsn: str) -> Process:
    name = f"{dsn.split('?')[0].rsplit('/', 1)[1]}reader"
    return Process(log, own, postgres.dsn(database=name))


@pytest.fixture
def reader(process: Process) -> Reader:
    return process.reader(WritingSink())


async def all_applied(own: Pool, count: int, within: float = PATIENCE) -> None:
    async def far_enough() -> bool:
        return await position(own) >= count

    await until(far_enough, within=within)
    assert await applied(own) == list(range(1, count + 1))


async def all_published(log: LogUnderTest, count: int) -> None:
    async def so_far() -> bool:
        return await log.published() == count

    await until(so_far, within=PATIENCE)


async def back(kafka: NativeKafka) -> None:
    kafka.launch()
    await asyncio.to_thread(kafka.wait_ready)


async def test_a_topic_that_is_missing_holds_no_reader_up(
    log: LogUnderTest, kafka: NativeKafka, own: Pool, process: Process, reader: Reader
) -> None:
    """Mechanism: a tap opens beside the reading. aiokafka looks for the topic for as long as a request may take, 40 s
    by default, and the feed was asked only then."""
    async with log.relayed(), process.running(reader):
        await log.append(5)
        await all_applied(own, 5, within=8)
        assert await log.published() == 0
        kafka.ensure_topics([log.topic])
        await all_published(log, 5)
        process.feed.reachable = False
        await log.append(5)
        await all_applied(own, 10)


async def test_a_broker_that_is_killed_and_comes_back_loses_and_repeats_nothing(
    log: LogUnderTest, kafka: NativeKafka, own: Pool, process: Process, reader: Reader
) -> None:
    """Mechanism: commands and the feed need no broker; publishing goes on from the mark, the tap from its offset."""
    kafka.ensure_topics([log.topic])
    async with log.relayed(), process.running(reader):
        await log.append(5)
        await all_applied(own, 5)
        kafka.kill()
        await log.append(5)
        await all_applied(own, 10)
        assert await log.published() == 5
        await back(kafka)
        await all_published(log, 10)
        process.feed.reachable = False
        await log.append(5)
        await all_applied(own, 15)
    assert {record.sequence for record in await log.topic_records()} == set(range(1, 16))


async def test_a_broker_that_is_down_at_the_start_is_found_when_it_comes(
    log: LogUnderTest, kafka: NativeKafka, own: Pool, process: Process, reader: Reader
) -> None:
    """Mechanism: an opening that failed is begun again."""
    kafka.ensure_topics([log.topic])
    kafka.kill()
    async with log.relayed(), process.running(reader):
        await log.append(5)
        await all_applied(own, 5, within=8)
        await back(kafka)
        await all_published(log, 5)
        process.feed.upto = 5  # not out of reach: the reader would begin anew for that
        await log.append(5)
        await all_applied(own, 10)
        await eventually(lambda: process.beacons.of(log.source) is not None, within=PATIENCE)


async def test_a_broker_that_is_frozen_at_the_start_holds_no_reader_up(
    log: LogUnderTest, kafka: NativeKafka, own: Pool, process: Process, reader: Reader
) -> None:
    """Mechanism: a tap opens beside the reading; a producer that got no answer is thrown away."""
    kafka.ensure_topics([log.topic])
    kafka.freeze()
    async with log.relayed(), process.running(reader):
        await log.append(5)
        await all_applied(own, 5, within=8)
        kafka.thaw()
        await all_published(log, 5)
        process.feed.reachable = False
        await log.append(5)
        await all_applied(own, 10)
    assert {record.sequence for record in await log.topic_records()} == set(range(1, 11))


async def test_after_all_of_kafka_was_lost_the_reader_goes_on_with_what_comes(
    log: LogUnderTest, kafka: NativeKafka, own: Pool, process: Process, reader: Reader
) -> None:
    """Mechanism: an offset is a hint. The new topic begins at 0, and the tap stood at 20."""
    kafka.ensure_topics([log.topic])
    async with log.relayed(), process.running(reader):
        await log.append(20)
        await all_applied(own, 20)
        await all_published(log, 20)
        kafka.wipe()
        await back(kafka)
        kafka.ensure_topics([HEADS, log.topic])
        process.feed.upto = 20  # not out of reach: the reader would begin anew for that
        await log.append(5)
        await all_applied(own, 25)
    assert {record.sequence for record in await log.topic_records()} == set(range(21, 26))


async def test_what_retention_took_is_healed_from_the_feed_in_order(
    log: LogUnderTest, kafka: NativeKafka, own: Pool, process: Process, reader: Reader
) -> None:
    """Mechanism: the tap begins at the first record that is kept, and what is missing before it comes by feed."""
    kafka.ensure_topics([log.topic])
    await log.append(10)
    await publish(log, await seal_all(log))
    client = AdminClient({"bootstrap.servers": kafka.address, "log_level": 0})
    for done in client.delete_records([TopicPartition(log.topic, 0, 8)]).values():
        done.result(PATIENCE)
    process.feed.upto = 8
    async with process.running(reader):
        await all_applied(own, 10)
    assert len(await values(log.bootstrap, log.topic)) == 2


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    journal.configure("INFO", stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level


class Counting(logging.Handler):
    """How much the libraries say."""

    said = 0

    def emit(self, _: logging.LogRecord) -> None:
        self.said += 1


async def test_a_broker_that_is_gone_does_not_flood_the_log(
    log: LogUnderTest, kafka: NativeKafka, process: Process, reader: Reader, own: Pool, stream: io.StringIO
) -> None:
    """Mechanism: the journal withholds what is said again."""
    kafka.ensure_topics([log.topic])
    counting = Counting()
    logging.getLogger().addHandler(counting)
    async with log.relayed(), process.running(reader):
        await log.append(5)
        await all_applied(own, 5)
        kafka.kill()
        await log.append(5)
        await eventually(lambda: counting.said > 400, within=PATIENCE)
        await back(kafka)
        await all_published(log, 10)
    assert len(stream.getvalue().splitlines()) < 40
