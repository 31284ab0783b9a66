"""The reader on real parts: each event once, in order, whatever the broker lost, repeated or never had."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest

from contracts.cloudevent import Sealed, seal
from eventing.beacons import Beacon
from eventing.database import Pool
from eventing.lease import LeaseLost
from eventing.reader.leases import Leases
from eventing.reader.position import Moved
from eventing.reader.reader import Forked
from eventing.reader.tap import Tap, consuming_broker
from eventing.shell.health import Health
from eventing.topics import HEADS
from tests.support.brokers import Broker
from tests.support.logs import LogUnderTest
from tests.support.proxy import Proxy
from tests.support.reading import NO_BROKER, LogFeed, Process, WritingSink, applied, end, position, publish, seal_all
from tests.support.waiting import eventually, until


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: Broker) -> LogUnderTest:
    return await LogUnderTest.made(pool, dsn, broker)


@pytest.fixture
async def own(own: Pool) -> Pool:
    """With the table that a writing sink fills."""
    await WritingSink.create(own)
    return own


async def sealed(log: LogUnderTest, count: int) -> list[Sealed]:
    """So many more events, sealed and not published; the whole log."""
    await log.append(count)
    return await seal_all(log)


async def all_applied(own: Pool, count: int, within: float = 8) -> None:
    """Exactly the sequences 1 to `count`, each once, in order; and the position says the same."""

    async def far_enough() -> bool:
        return await position(own) >= count

    await until(far_enough, within=within)
    assert await applied(own) == list(range(1, count + 1))
    assert await position(own) == count


async def test_everything_is_read_in_order_from_kafka(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: the tap. The feed is away, so whatever is applied came from the topic."""
    process = Process(log, own, own_dsn)
    process.feed.reachable = False
    events = await sealed(log, 12)
    async with process.running(process.reader(WritingSink())):
        await publish(log, events[:7])
        await all_applied(own, 7)
        await publish(log, events[7:])
        await all_applied(own, 12)
    texts = [row["text"].encode() for row in await own.fetch("select text from applied order by number")]
    assert texts == [event.text for event in events]


async def test_what_comes_again_changes_nothing(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: what is at or below the position is dropped. A relay that died sends a range again; a mirror, all."""
    process = Process(log, own, own_dsn)
    events = await sealed(log, 10)
    async with process.running(process.reader(WritingSink())):
        await publish(log, [*events[:6], *events[3:8], *events, *events])
        await all_applied(own, 10)
        await publish(log, events)
        more = await sealed(log, 2)
        await publish(log, more[10:])
        await all_applied(own, 12)


async def test_a_reader_that_begins_again_reads_on_where_it_was(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: the position is kept with the rows, and what the topic still holds is known already."""
    events = await sealed(log, 9)
    await publish(log, events[:5])
    for count in (5, 9):
        process = Process(log, own, own_dsn)
        async with process.running(process.reader(WritingSink())):
            await publish(log, events[5:count])
            await all_applied(own, count)


async def test_a_gap_in_the_topic_is_healed_from_the_feed_in_order(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: a run that starts too high waits for what is missing before it, and is not dropped for it."""
    process = Process(log, own, own_dsn)
    process.feed.upto = 5
    events = await sealed(log, 8)
    async with process.running(process.reader(WritingSink())):
        await publish(log, [*events[:3], *events[5:]])
        await all_applied(own, 8)
    assert process.feed.asked >= 1


async def test_a_gap_that_the_feed_cannot_fill_yet_stops_what_comes_after_it(
    log: LogUnderTest, own: Pool, own_dsn: str
) -> None:
    """Mechanism: no event is applied over a gap; the reader waits, says so, and goes on when the feed is back."""
    process = Process(log, own, own_dsn)
    process.feed.reachable = False
    events = await sealed(log, 8)
    async with process.running(process.reader(WritingSink())):
        await publish(log, [*events[:3], *events[5:]])
        await eventually(lambda: "its source is away" in process.health.parts.values(), within=5)
        assert not process.health.unready  # another service is away: this one goes on
        assert await applied(own) == [1, 2, 3]
        process.feed.reachable = True
        await all_applied(own, 8)


async def test_an_emptied_topic_is_healed_from_the_feed(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: the offset kept with the position is a hint. The new topic has never seen it."""
    process = Process(log, own, own_dsn)
    events = await sealed(log, 6)
    async with process.running(process.reader(WritingSink())):
        await publish(log, events)
        await all_applied(own, 6)
    await own.execute("update position set hint = 1000000")
    events = await sealed(log, 6)
    process = Process(log, own, own_dsn)
    process.feed.upto = 12
    async with process.running(process.reader(WritingSink())):
        await all_applied(own, 12)
        events = await sealed(log, 2)
        await publish(log, events[12:])
        await all_applied(own, 14)


async def test_a_beacon_tells_of_a_lost_tail_at_once(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: a beacon above the position with nothing arriving. Without it the idle look comes 5 seconds later."""
    process = Process(log, own, own_dsn)
    events = await sealed(log, 4)
    await publish(log, events)
    async with process.running(process.reader(WritingSink())):
        await all_applied(own, 4)
        await eventually(lambda: process.feed.asked > 0, within=3)
        events = await sealed(log, 3)
        beacon = Beacon(log.source, 7, events[-1].hash, datetime.now(UTC))
        await publish(log, [beacon.text()], topic=HEADS)
        await all_applied(own, 7, within=3)


async def test_a_lost_tail_is_found_without_any_beacon(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: the feed is asked now and then while nothing comes."""
    process = Process(log, own, own_dsn)
    events = await sealed(log, 4)
    await publish(log, events)
    async with process.running(process.reader(WritingSink())):
        await all_applied(own, 4)
        await eventually(lambda: process.feed.asked > 0, within=3)
        await sealed(log, 3)
        await all_applied(own, 7, within=9)


async def test_without_a_broker_the_feed_alone_is_enough(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: a tap that doesn't open leaves the feed's long poll."""
    process = Process(log, own, own_dsn, bootstrap=NO_BROKER)
    await sealed(log, 4)
    async with process.running(process.reader(WritingSink())):
        await all_applied(own, 4)
        await sealed(log, 3)
        await all_applied(own, 7)


async def test_bytes_that_are_no_event_are_passed_over(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: `Undecodable` is for the record, not for the reader."""
    process = Process(log, own, own_dsn)
    events = await sealed(log, 5)
    async with process.running(process.reader(WritingSink())):
        strange = [
            b"",
            b"\xff\xfe\x00",
            b'{"sequence":"0000000000000000003"}',
            b'{"sequence":"not a number at all'.ljust(200),
        ]
        await publish(log, [*events[:2], *strange, *events[2:4], b"no event", events[4]])
        await all_applied(own, 5)


def forked(event: Sealed) -> Sealed:
    """The same event in another history."""
    return Sealed.read(seal(event.text[112:].decode(), event.sequence, "f" * 64))


class Beginnings(Health):
    """Counts how often a reader says that it begins."""

    begun = 0

    def up(self, part: str, note: str = "up") -> None:
        self.begun += 1
        super().up(part, note)


async def test_another_history_stops_it_loudly(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: `prevhash` must be the hash that is held. Nothing is applied, and it stands until started anew."""
    process = Process(log, own, own_dsn)
    process.health = health = Beginnings()
    events = await sealed(log, 6)
    await publish(log, events[:3])
    async with process.running(process.reader(WritingSink())):
        await all_applied(own, 3)
        await publish(log, [forked(events[3]), *events[3:]])
        await eventually(lambda: any("forked" in said for said in process.health.unready), within=5)
        assert f"{log.source}@4" in process.health.unready[0]
        before = health.begun, process.feed.asked
        await publish(log, events[3:])
        await sealed(log, 3)
        with pytest.raises(AssertionError):
            await until(lambda: _beyond(own, 3), within=1)
        assert (await applied(own), (health.begun, process.feed.asked)) == ([1, 2, 3], before)
        assert any("forked" in said for said in process.health.unready)


async def _beyond(own: Pool, count: int) -> bool:
    return await position(own) > count or len(await applied(own)) > count


async def test_a_run_with_another_history_inside_is_not_applied_at_all(
    log: LogUnderTest, own: Pool, own_dsn: str
) -> None:
    """Mechanism: the chain is checked along the run, before the first write."""
    reader = Process(log, own, own_dsn).reader(WritingSink())
    events = await sealed(log, 4)
    await reader.begin()
    with pytest.raises(Forked):
        await reader.take_run([events[0], events[1], forked(events[2])])
    with pytest.raises(Forked):
        await reader.take_run([events[0], events[2]])
    assert (await applied(own), await position(own)) == ([], 0)


async def test_a_crash_before_the_commit_leaves_neither_rows_nor_position(
    log: LogUnderTest, own: Pool, own_dsn: str
) -> None:
    """Mechanism: rows and position are one transaction. The sink fails after it has written."""
    process, sink = Process(log, own, own_dsn), WritingSink(cut_at=2)
    seen: list[tuple[list[int], int]] = []

    def once(events: Sequence[Sealed]) -> None:
        if events[0].sequence == 3 and not failed:
            failed.append(True)
            raise ConnectionError("the process dies here")

    failed: list[bool] = []
    sink.fail = once
    events = await sealed(log, 6)
    await publish(log, events)
    async with process.running(process.reader(sink)):
        await eventually(lambda: bool(failed), within=5)
        seen.append((await applied(own), await position(own)))
        await all_applied(own, 6)
    assert seen[0] in [([1, 2], 2), (list(range(1, 7)), 6)]


class BrokenFeed(LogFeed):
    async def after(self, sequence: int, wait: float = 0.0) -> Sequence[Sealed]:
        raise ZeroDivisionError


async def test_a_fault_of_the_readers_own_stops_it_visibly(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: what no event is to blame for is said in health, and nothing is applied over it."""
    process = Process(log, own, own_dsn)
    events = await sealed(log, 5)
    await publish(log, [*events[:2], *events[3:]])
    async with process.running(process.reader(WritingSink(), feed=BrokenFeed(log.pool))):
        await eventually(lambda: any("ZeroDivisionError" in said for said in process.health.unready), within=5)
        assert (await applied(own), await position(own)) == ([1, 2], 2)


async def test_only_one_of_two_readers_reads_and_the_other_takes_over(
    log: LogUnderTest, own: Pool, own_dsn: str
) -> None:
    """Mechanism: the lease; and that it goes with the process that held it."""
    first, second = Process(log, own, own_dsn), Process(log, own, own_dsn)
    holder, waiting = first.reader(WritingSink()), second.reader(WritingSink())
    events = await sealed(log, 12)
    async with AsyncExitStack() as ends_last:
        async with first.running(holder):
            await publish(log, events[:4])
            await all_applied(own, 4)
            await ends_last.enter_async_context(second.running(waiting))
            await publish(log, events[4:8])
            await all_applied(own, 8)
            await eventually(lambda: holder.position.sequence == 8, within=2)
            assert waiting.position.sequence == 0
        await publish(log, events[8:])
        await all_applied(own, 12)
        await eventually(lambda: waiting.position.sequence == 12, within=2)


async def test_a_lease_that_is_lost_under_way_makes_nothing_happen_twice(
    log: LogUnderTest, own: Pool, own_dsn: str
) -> None:
    """Mechanism: the position's compare-and-set. For a while both believe that they hold the lease."""
    first, second = Process(log, own, own_dsn), Process(log, own, own_dsn)
    readers = first.reader(WritingSink(cut_at=1)), second.reader(WritingSink(cut_at=1))
    events = await sealed(log, 200)
    async with first.running(readers[0]), second.running(readers[1]):
        await publish(log, events[:50])
        await all_applied(own, 50)
        assert await first.end_lease(own) + await second.end_lease(own) == 2
        await publish(log, events[50:])
        await all_applied(own, 200, within=15)


async def test_a_holder_that_woke_late_writes_nothing(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: the position is moved by compare-and-set, before anything else in the transaction."""
    late, awake = (Process(log, own, own_dsn).reader(WritingSink()) for _ in range(2))
    events = await sealed(log, 6)
    await late.begin()
    await awake.begin()
    await awake.take_run(events[:3])
    with pytest.raises(Moved):
        await late.take_run(events[:2])
    assert (await applied(own), await position(own)) == ([1, 2, 3], 3)


async def test_a_lease_on_a_connection_that_was_replaced_is_lost(own: Pool, own_dsn: str) -> None:
    """Mechanism: who holds remembers on which connection; the next one holds nothing."""
    leases = Leases(own_dsn, "replaced")
    task = asyncio.ensure_future(leases.run())
    await leases.hold("one")
    before = leases._connection
    await own.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'replaced'")
    await eventually(lambda: leases._connection not in (before, None), within=5)
    async with asyncio.timeout(1):
        with pytest.raises(LeaseLost):
            await leases.lost("one")
    await end([task])


async def test_a_cancellation_gets_through_while_a_tap_stops(log: LogUnderTest) -> None:
    """Mechanism: stopping is a task of its own. aiokafka's `stop` swallows the cancellation that it meets, and a reader
    that lost its lease then, or a process that ended, would go on for ever."""
    broker = consuming_broker(log.bootstrap)
    await publish(log, await sealed(log, 3))
    for turns in range(1, 12):
        tap = Tap(broker, log.topic, 10)
        await tap.start(0)
        stopping = asyncio.ensure_future(tap.stop())
        for _ in range(turns):
            await asyncio.sleep(0)
        if stopping.done():
            break
        stopping.cancel()
        await asyncio.gather(stopping, return_exceptions=True)
        assert stopping.cancelled(), f"after {turns} turns"
    await broker.stop()


async def test_a_tap_that_stops_while_its_broker_is_gone_leaves_nothing_behind(
    log: LogUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    """Mechanism: the tap closes the client that aiokafka's `stop` forgets when it trips over its own cancellation. Each
    one left behind looks for the broker for ever; and the cancellation ended whoever had asked the tap to stop."""
    proxy = Proxy(log.bootstrap)
    await proxy.restore()
    broker = consuming_broker(proxy.address)
    await publish(log, await sealed(log, 1))
    tap = Tap(broker, log.topic, 10)
    await tap.start(0)
    assert await tap.next(5)
    await proxy.cut()
    await eventually(lambda: "Failed fetch messages" in caplog.text, within=5)
    await tap.stop()
    left = [task for task in asyncio.all_tasks() if "_md_synchronizer" in repr(task.get_coro())]
    assert left == []
    await broker.stop()
