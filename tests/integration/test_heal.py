"""What Kafka has lost is filled from the feed, and read models end identical; outsiders get it again by a resend."""

from collections.abc import Iterator

import pytest

from contracts.cloudevent import GENESIS, Sealed, decode
from eventing.builds import Build
from eventing.database import Pool
from eventing.embedded import MockBroker
from eventing.fold import fold_in_memory
from eventing.read_models import BuildSink
from eventing.relay.publisher import Publisher
from eventing.resend import resend
from eventing.topics import HEADS
from tests.support.building import fresh_build
from tests.support.logs import LogUnderTest
from tests.support.losing import LosableLog
from tests.support.reading import Process, WritingSink, applied, position, publish, seal_all
from tests.support.toy_fold import TOY
from tests.support.waiting import until


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LosableLog:
    made = await LogUnderTest.made(pool, dsn, broker)
    return await LosableLog.opened(pool, dsn, broker.address, made.source)


@pytest.fixture
def empty_broker() -> Iterator[MockBroker]:
    """Kafka as it comes back when all of it was lost."""
    broker = MockBroker()
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
async def own(own: Pool) -> Pool:
    """With the table that a writing sink fills."""
    await WritingSink.create(own)
    return own


async def more(log: LosableLog, first: int) -> list[Sealed]:
    """Eight more events in four streams; the whole log."""
    for number in range(first, first + 4):
        await log.register(number)
        await log.will(number, 2)
    return await seal_all(log)


async def read_to(own: Pool, build: Build, count: int) -> None:
    async def there() -> bool:
        return await position(own, build.reader) == count

    await until(there, within=12)


async def identical(own: Pool, build: Build, events: list[Sealed]) -> None:
    """The build holds what a plain fold of the whole log gives."""
    rows, cells = fold_in_memory(TOY, [decode(sealed.text).event for sealed in events])
    found = await own.fetch(f"select * from {build.table.rows} order by 1")
    assert [(row["enterprise"], row["asked"]) for row in found] == [(key, rows[key].asked) for key in sorted(rows)]
    counted = await own.fetchval(f"select sum(enterprises) from {build.table.cells}")
    assert counted == sum(measures.enterprises for measures in cells.values())


@pytest.mark.parametrize("loss", ["retention", "a wiped topic", "all of Kafka"])
async def test_what_kafka_lost_is_filled_from_the_feed(
    log: LosableLog, own: Pool, own_dsn: str, empty_broker: MockBroker, loss: str
) -> None:
    """Mechanism: a reader that sees a gap, or a beacon above it, asks the feed; the offset it kept is only a hint."""
    build = await fresh_build(own, TOY)
    events = await more(log, 1)
    await publish(log, events)
    process = Process(log, own, own_dsn)
    async with process.running(process.reader(BuildSink(build), build.reader)):
        await read_to(own, build, 8)
    events = await more(log, 5)
    if loss == "all of Kafka":
        log.bootstrap = empty_broker.address
        empty_broker.ensure_topics([HEADS, log.topic])
        await log.pool.execute("update head set published = 16")
    if loss == "a wiped topic":  # the new one has never seen the reader's offset
        await own.execute("update position set hint = 1000000")
    process = Process(log, own, own_dsn)
    async with process.running(process.reader(BuildSink(build), build.reader)):
        events = await more(log, 9)
        await publish(log, events[20:] if loss == "retention" else events[16:])
        await read_to(own, build, 24)
        await identical(own, build, events)
    assert process.feed.asked > 0


async def test_events_are_resent_for_those_outside_and_readers_drop_them(
    log: LosableLog, own: Pool, own_dsn: str, empty_broker: MockBroker
) -> None:
    """Mechanism: the same bytes under the same numbers; a reader drops what is at or below its position."""
    events = await more(log, 1)
    empty_broker.ensure_topics([HEADS, log.topic])
    log.bootstrap = empty_broker.address
    await log.pool.execute("update head set published = 6")
    publisher = Publisher(log.bootstrap, seconds=5)
    process = Process(log, own, own_dsn)
    async with process.running(process.reader(WritingSink())):
        await until(lambda: _at(own, 8), within=12)
        assert await resend(log.pool, publisher, 0) == (6, 6)
        assert await resend(log.pool, publisher, 2, 4) == (2, 4)
        await log.pool.execute("update head set published = 8")
        assert await resend(log.pool, publisher, 6) == (2, 8)
        assert await resend(log.pool, publisher, 8) == (0, 8)
        last = await more(log, 5)
        await publish(log, last[8:])
        await until(lambda: _at(own, 16), within=12)
        assert await applied(own) == list(range(1, 17))
    await publisher.discard()
    records = [sealed for sealed in await log.topic_records() if sealed.sequence <= 8]
    assert [sealed.sequence for sealed in records] == [1, 2, 3, 4, 5, 6, 3, 4, 7, 8]
    assert {sealed.text for sealed in records} == {sealed.text for sealed in events}
    assert records[0].prevhash == GENESIS


async def _at(own: Pool, count: int) -> bool:
    return await position(own) == count
