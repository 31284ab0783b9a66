"""Readers and a new epoch: what lay above its beginning is dropped, and they end as if it had never been."""

import asyncio
from datetime import UTC, datetime

import pytest

from contracts.cloudevent import Sealed, decode
from contracts.enterprise import EnterpriseRegistered
from eventing.beacons import Beacon
from eventing.database import Pool
from eventing.embedded import MockBroker
from eventing.fold import fold_in_memory
from eventing.policies import Policy
from eventing.reactions import PolicySink
from eventing.read_models import BuildSink
from eventing.reader.reader import Reader
from eventing.reader.tap import Record
from eventing.store.postgres import PostgresStore
from eventing.topics import HEADS
from tests.support.building import fresh_build
from tests.support.logs import LogUnderTest
from tests.support.losing import LosableLog, give_up
from tests.support.reading import NO_BROKER, Process, WritingSink, applied, publish, seal_all
from tests.support.toy import Apply, execution
from tests.support.toy_fold import TOY
from tests.support.waiting import eventually, until


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LosableLog:
    made = await LogUnderTest.made(pool, dsn, broker)
    return await LosableLog.opened(pool, dsn, broker.address, made.source)


@pytest.fixture
async def own(own: Pool) -> Pool:
    """With the table that a writing sink fills."""
    await WritingSink.create(own)
    return own


async def at(own: Pool, last: Sealed, reader: Reader) -> None:
    """The reader has applied exactly that event last."""

    async def there() -> bool:
        row = await own.fetchrow("select sequence, hash from position where reader = $1", reader.place.reader)
        return row is not None and (row["sequence"], row["hash"]) == (last.sequence, last.hash)

    await until(there, within=12)
    await eventually(lambda: reader.position.hash == last.hash, within=2)


async def before_it(log: LosableLog) -> list[Sealed]:
    """Ten events, of which the last four will be given up."""
    await log.register(1, 2, 3)
    for number, version in ((1, 2), (2, 2), (3, 2)):
        await log.will(number, version)
    await log.will(1, 3)
    await log.register(4, 5)
    await log.will(4, 2)
    return await seal_all(log)


async def after_it(log: LosableLog, *numbers: int) -> list[Sealed]:
    await give_up(log, 6)
    await log.register(*numbers)
    await log.will(numbers[0], 2)
    return await seal_all(log)


def beacon(log: LogUnderTest, events: list[Sealed]) -> bytes:
    last = events[-1]
    return Beacon(log.source, last.sequence, last.hash, datetime.now(UTC), last.epoch).text()


LENGTHS = pytest.mark.parametrize(
    "numbers", [(6,), (6, 7, 8), tuple(range(6, 14))], ids=["shorter", "as long", "longer"]
)
TRANSPORTS = pytest.mark.parametrize("transport", ["kafka", "kafka, all anew", "feed", "beacon"])


@LENGTHS
@TRANSPORTS
async def test_a_read_model_ends_equal_to_a_fold_of_the_surviving_log(
    log: LosableLog, own: Pool, own_dsn: str, transport: str, numbers: tuple[int, ...]
) -> None:
    """Mechanism: a build is emptied and told all again, from the feed up to the epoch's beginning."""
    old = await before_it(log)
    process = Process(log, own, own_dsn, NO_BROKER if transport == "feed" else None)
    build = await fresh_build(own, TOY)
    reader = process.reader(BuildSink(build), build.reader)
    if transport != "feed":
        await publish(log, old)
    async with process.running(reader):
        if transport != "kafka, all anew":
            await at(own, old[-1], reader)
        events = await after_it(log, *numbers)
        if transport.startswith("kafka"):
            await publish(log, events[6:])
        if transport == "beacon":
            await publish(log, [beacon(log, events)], topic=HEADS)
        if transport == "feed" and len(events) == len(old):
            await log.register(20)  # by the feed alone another log of the same length is seen with its next event
            events = await seal_all(log)
        await at(own, events[-1], reader)
        rows, cells = fold_in_memory(TOY, [decode(sealed.text).event for sealed in events])
        found = await own.fetch(f"select * from {build.table.rows} order by 1")
        assert [row["enterprise"] for row in found] == sorted(rows)
        assert [row["asked"] for row in found] == [rows[key].asked for key in sorted(rows)]
        counted = await own.fetchval(f"select sum(enterprises) from {build.table.cells}")
        assert counted == sum(measures.enterprises for measures in cells.values())
        assert reader.position.epoch == 1
        assert process.health.unready == []


@pytest.mark.parametrize("transport", ["kafka", "feed", "beacon"])
async def test_a_reader_that_cannot_take_back_goes_on_from_the_epochs_beginning(
    log: LosableLog, own: Pool, own_dsn: str, transport: str
) -> None:
    """Mechanism: the position goes back to the beginning, no farther; what is old comes no second time."""
    old = await before_it(log)
    process = Process(log, own, own_dsn, NO_BROKER if transport == "feed" else None)
    reader = process.reader(WritingSink())
    if transport != "feed":
        await publish(log, old)
    async with process.running(reader):
        await at(own, old[-1], reader)
        events = await after_it(log, 6, 7, 8, 9)
        if transport == "kafka":
            await publish(log, events[6:])
        if transport == "beacon":
            await publish(log, [beacon(log, events)], topic=HEADS)
        await at(own, events[-1], reader)
        assert await applied(own) == [*range(1, 11), *range(7, 12)]
        assert reader.turns == 1
        await publish(log, [*old, *events])
        await log.register(11)
        more = await seal_all(log)
        await publish(log, more[-1:])
        await at(own, more[-1], reader)
        assert await applied(own) == [*range(1, 11), *range(7, 13)]


async def test_a_reader_below_the_beginning_notices_nothing(log: LosableLog, own: Pool, own_dsn: str) -> None:
    """Mechanism: where the chain goes on from what is held, the epoch is only a number."""
    old = await before_it(log)
    process = Process(log, own, own_dsn)
    reader = process.reader(WritingSink())
    await publish(log, old[:6])
    process.feed.upto = 6
    async with process.running(reader):
        await at(own, old[5], reader)
        process.feed.upto = 1000
        events = await after_it(log, 6, 7)
        await publish(log, [*events[6:], *old[6:], *events[6:]])
        await at(own, events[-1], reader)
        assert await applied(own) == list(range(1, 10))
        assert (reader.turns, reader.position.epoch_after) == (0, 6)


async def test_the_old_events_behind_the_new_ones_in_one_batch_are_dropped(
    log: LosableLog, own: Pool, own_dsn: str
) -> None:
    """Mechanism: the epoch is followed along a batch, not only from one to the next. An old event with the very next
    number stood there as a fork."""
    old = await before_it(log)
    events = await after_it(log, 6, 7)
    reader = Process(log, own, own_dsn).reader(WritingSink())
    await reader.begin()
    texts = [*old[:6], *events[6:], *old[6:], *events[6:]]
    await reader.take([Record(offset, sealed.text) for offset, sealed in enumerate(texts)])
    assert await applied(own) == list(range(1, 10))
    assert reader.position.hash == events[-1].hash


async def test_two_epochs_one_after_the_other_are_followed(log: LosableLog, own: Pool, own_dsn: str) -> None:
    """Mechanism: below the beginning only the feed is trusted: the topic holds both pasts."""
    old = await before_it(log)
    first = await after_it(log, 6, 7, 8, 9)
    await give_up(log, 8)
    await log.register(10, 11, 12)
    second = await seal_all(log)
    await publish(log, [*old, *first[6:], *second[8:]])
    process = Process(log, own, own_dsn)
    build = await fresh_build(own, TOY)
    reader = process.reader(BuildSink(build), build.reader)
    async with process.running(reader):
        await at(own, second[-1], reader)
        rows, _ = fold_in_memory(TOY, [decode(sealed.text).event for sealed in second])
        found = await own.fetch(f"select * from {build.table.rows} order by 1")
        assert [row["enterprise"] for row in found] == sorted(rows)
        assert (reader.position.epoch, reader.position.epoch_after) == (2, 8)


async def test_a_policy_repeats_no_reaction(log: LosableLog, own: Pool, own_dsn: str) -> None:
    """Mechanism: its position goes back, and the reactions are kept."""
    old = await before_it(log)
    process = Process(log, own, own_dsn)
    policy = Policy("applies", EnterpriseRegistered, lambda event: [Apply(enterprise=event.enterprise)])
    store = PostgresStore(own)
    reader = process.reader(PolicySink([policy], store, execution(store), lambda: None))
    await publish(log, old)
    async with process.running(reader):
        await at(own, old[-1], reader)
        events = await after_it(log, 6, 7)
        await publish(log, events[6:])
        await at(own, events[-1], reader)
        reacted = await own.fetch("select stream, count(*) from event group by stream")
        assert sorted(row["count"] for row in reacted) == [1] * 7  # 1 to 3, 4 and 5 that were given up, 6 and 7


async def test_another_history_without_a_new_epoch_stays_a_fork(log: LosableLog, own: Pool, own_dsn: str) -> None:
    """Mechanism: only an epoch that was opened makes a reader go back."""
    old = await before_it(log)
    process = Process(log, own, own_dsn)
    reader = process.reader(WritingSink())
    await publish(log, old)
    async with process.running(reader):
        await at(own, old[-1], reader)
        events = await after_it(log, *range(6, 14))
        plain = [sealed for sealed in events if sealed.sequence == 11]
        await publish(log, [plain[0].text.replace(b'"epoch":1,', b"")])
        await eventually(lambda: any("forked" in said for said in process.health.unready), within=8)
        assert await applied(own) == list(range(1, 11))
        await asyncio.sleep(0)
