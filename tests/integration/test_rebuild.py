"""A read model can be thrown away: made anew beside the live one, from either transport, swapped in at one stroke."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.enterprise import EnterpriseSurveyed
from contracts.event import Event
from eventing.builds import Build, collect, lease_of, live_build, positions, take_up
from eventing.database import Pool
from eventing.embedded import MockBroker
from eventing.fold import Computed, Fold
from eventing.lease import LeaseConnection
from eventing.read_models import Freshness
from eventing.reader.parked import parked_streams
from eventing.reader.reader import Forked
from eventing.reader.whole import Way
from eventing.rebuild import Held, Rebuild, Stuck
from eventing.refusal import Busy
from eventing.shell.health import Health
from eventing.shell.kept_model import KeptModel
from tests.support.building import Builder, append, contents, everything, plainly
from tests.support.logs import LogUnderTest
from tests.support.reading import NO_BROKER, end, publish, seal_all
from tests.support.rebuild_process import STEPS
from tests.support.toy import enterprise, stream, will_stated
from tests.support.toy_fold import TOY, Row, events, registered, surveyed
from tests.support.waiting import until

HISTORY: list[Event] = [
    event
    for code in map(enterprise, range(1, 13))
    for event in (registered(code), surveyed(code, 40), will_stated(code))
]


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LogUnderTest:
    return await LogUnderTest.made(pool, dsn, broker)


@pytest.fixture
async def builder(log: LogUnderTest, own: Pool, own_dsn: str) -> Builder:
    return Builder(log, own, own_dsn)


async def history(log: LogUnderTest, events: list[Event] = HISTORY) -> list[Event]:
    """Appended, sealed and published."""
    await append(log, events)
    await publish(log, await seal_all(log))
    return events


async def builds(pool: Pool) -> list[tuple[int, str]]:
    return [tuple(row) for row in await pool.fetch("select id, state from build order by id")]


async def tables(pool: Pool) -> set[str]:
    """Tables of the toy's builds."""
    rows = await pool.fetch("select tablename from pg_tables where tablename like 'toy%'")
    return {row["tablename"] for row in rows}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(more=st.lists(events, max_size=30), room=st.integers(1, 6), way=st.sampled_from(Way))
async def test_a_rebuild_is_what_the_plain_fold_gives(builder: Builder, more: list[Event], room: int, way: Way) -> None:
    """Mechanism: rows folded in memory are counted once and copied; past their room the reader goes on by batches."""
    await history(builder.log, more)
    rebuilt = await builder.run(way, room=room)
    told = await everything(builder.log)
    assert await builder.contents() == plainly(TOY, told)
    assert rebuilt.positions == {builder.log.source: len(told)}


async def test_from_kafka_and_from_the_feed_come_the_same_rows(builder: Builder) -> None:
    """Mechanism: both give the sealed texts; the feed is away while Kafka is read, and Kafka while the feed is."""
    told = await history(builder.log)
    before, builder.feed.upto = builder.feed.asked, 0
    assert (await builder.run(Way.KAFKA)).in_memory == len(told)
    assert builder.feed.asked == before + 1  # whether the last event is the one that survived
    from_kafka, first = await builder.contents(), (await builder.live()).id
    builder.feed.upto = 1000
    without = Builder(builder.log, builder.pool, builder.dsn)
    without.log.bootstrap = NO_BROKER
    assert (await without.run(Way.FEED)).in_memory == len(told)
    assert (await builder.live()).id == first + 1
    assert await builder.contents() == from_kafka == plainly(TOY, told)


@pytest.mark.parametrize("lost", ["beginning", "middle", "end", "all", "repeated"])
async def test_what_kafka_lacks_comes_from_the_feed(builder: Builder, lost: str) -> None:
    """Mechanism: Kafka is read while its records chain from 1 on; what lies behind the first gap is the feed's."""
    await append(builder.log, HISTORY)
    sealed = await seal_all(builder.log)
    kept = {
        "beginning": sealed[9:],
        "middle": [*sealed[:9], *sealed[20:]],
        "end": sealed[:9],
        "all": [],
        "repeated": [*sealed[:9], *sealed[3:20], *sealed],
    }
    await publish(builder.log, kept[lost])
    rebuilt = await builder.run(Way.KAFKA)
    assert (rebuilt.in_memory, rebuilt.events) == (len(HISTORY), len(HISTORY))
    assert await builder.contents() == plainly(TOY, HISTORY)


async def test_another_history_is_not_built(builder: Builder) -> None:
    """Mechanism: the chain is checked from the first event on; the live build stays as it was."""
    await history(builder.log)
    await builder.run()
    before = await builds(builder.pool)
    await builder.log.pool.execute("update event set tail = replace(tail, '示例', '篡改') where pos = 4")
    with pytest.raises(Forked, match=r"@5$"):
        await builder.run()
    assert [build for build in await builds(builder.pool) if build[1] == "live"] == before
    assert await builder.contents() == plainly(TOY, HISTORY)


async def test_an_event_that_the_fold_fails_at_is_left_to_the_reader(builder: Builder) -> None:
    """Mechanism: folding in memory ends before it, what was folded is written, and the reader goes on there and parks
    the stream. The live build isn't replaced by one that lacks what it has."""
    told = await history(builder.log)

    def apply(row: Row | None, event: Event) -> Row | None:
        if isinstance(event, EnterpriseSurveyed) and event.enterprise == enterprise(7):
            raise ZeroDivisionError
        return TOY.apply(row, event)

    poisoned = told.index(surveyed(enterprise(7), 40))
    await builder.run()
    builder.fold = replace(TOY, apply=apply, version=2)
    with pytest.raises(Stuck, match=enterprise(7)):
        await builder.run()
    made, _ = await take_up(builder.pool, builder.fold)
    assert [at.sequence for at in (await positions(builder.pool, made)).values()] == [len(told)]
    assert await parked_streams(builder.pool, made.reader, builder.log.source) == {stream(7)}
    flowed = [event for at, event in enumerate(told) if at < poisoned or event.stream != stream(7)]
    assert await contents(builder.pool, made) == plainly(TOY, flowed)
    assert [state for _, state in await builds(builder.pool)] == ["live", "building"]


async def test_rows_that_their_table_does_not_take_are_left_to_the_reader(builder: Builder) -> None:
    """Mechanism: what fails as a whole is begun again by batches, whose failures the reader can tell apart."""
    await history(builder.log)

    def apply(row: Row | None, event: Event) -> Row | None:
        after: Row | None = TOY.apply(row, event)
        return after and replace(after, headcount=2**70 if after.enterprise == enterprise(7) else after.headcount)

    class Written(Rebuild):
        async def _read_on(self, build: Build, heads: Any) -> None:
            raise Stuck("far enough")

    builder.fold = replace(TOY, apply=apply)
    with pytest.raises(Stuck, match="far enough"):
        await builder.run(kind=Written)
    made, _ = await take_up(builder.pool, builder.fold)
    assert [at.sequence for at in (await positions(builder.pool, made)).values()] == [0]


async def test_only_one_makes_a_build_at_a_time(builder: Builder) -> None:
    """Mechanism: the fold's lease."""
    await history(builder.log)
    async with LeaseConnection(builder.dsn, "another") as another:
        assert await another.take(lease_of(TOY))
        with pytest.raises(Held):
            await builder.run()
    await nobody_holds_a_lease(builder)
    await builder.run()
    assert await builds(builder.pool) == [(1, "live")]


async def nobody_holds_a_lease(builder: Builder) -> None:
    """The server lets go of one some moments after its connection was closed."""

    async def is_so() -> bool:
        free: bool = await builder.pool.fetchval(
            "select not exists (select from pg_locks where locktype = 'advisory' and granted"
            " and database = (select oid from pg_database where datname = current_database()))"
        )
        return free

    await until(is_so, within=10)


@asynccontextmanager
async def killed(builder: Builder, step: str) -> AsyncIterator[None]:
    """A rebuild in a process of its own has died at that step."""
    log = builder.log
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.rebuild_process", builder.dsn, log.dsn, log.bootstrap, log.source, step
    )
    try:
        assert await asyncio.wait_for(process.wait(), 30) == -signal.SIGKILL
        yield
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("step", STEPS)
async def test_a_killed_rebuild_is_gone_on_with_or_begun_again(builder: Builder, step: str) -> None:
    """Mechanism: tables, rows and positions are one transaction, so what was killed before it left nothing but a line
    in `build`, and after it a build that has its position and is read on with. Nothing is left in the end."""
    told = await history(builder.log)
    async with killed(builder, step):
        rebuilt = await builder.run()
    assert rebuilt.continued is (step in ("written", "reading on"))
    assert await builder.contents() == plainly(TOY, told)
    assert [state for _, state in await builds(builder.pool)] == ["live"]
    assert await tables(builder.pool) == {f"toy_{rebuilt.build}", f"toy_{rebuilt.build}_cells"}
    assert await builder.pool.fetchval("select count(*) from position") == 1


async def test_a_build_begun_by_another_version_is_not_gone_on_with(builder: Builder) -> None:
    """Mechanism: a build's fingerprint. Its rows would be half by the old rules."""
    told = await history(builder.log)
    async with killed(builder, "written"):
        builder.fold = replace(TOY, version=2)
        rebuilt = await builder.run()
    assert (rebuilt.continued, rebuilt.in_memory) == (False, len(told))


async def test_what_is_of_no_use_any_more_is_dropped(builder: Builder) -> None:
    """Mechanism: an old build stays for those who have just looked it up, then goes with tables and positions; so does
    one that nobody goes on with, unless its lease is held."""
    await history(builder.log)
    await builder.run()
    await builder.run()
    assert await builds(builder.pool) == [(1, "old"), (2, "live")]
    assert await collect(builder.pool) == []
    assert await collect(builder.pool, kept=timedelta(0)) == ["toy/1"]
    assert await tables(builder.pool) == {"toy_2", "toy_2_cells"}
    async with killed(builder, "written"):
        async with LeaseConnection(builder.dsn, "another") as another:
            assert await another.take(lease_of(TOY))
            assert await collect(builder.pool, left=timedelta(0)) == []
        await nobody_holds_a_lease(builder)
        assert await collect(builder.pool, left=timedelta(0)) == ["toy/3"]
    assert await tables(builder.pool) == {"toy_2", "toy_2_cells"}
    assert await builder.pool.fetchval("select array_agg(reader) from position") == ["toy/2"]


class Service:
    """A running service that keeps one read model; `ask` is a query."""

    def __init__(self, builder: Builder, fold: Fold = TOY) -> None:
        self.means, self.health = builder.means(), Health()
        self.model = KeptModel(fold, [builder.origin()], self.means, self.health)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Service"]:
        await self.model.open()
        works = (self.means.leases.run, self.means.beacons.run, self.model.run)
        tasks = [asyncio.ensure_future(work()) for work in works]
        try:
            yield self
        finally:
            await end(tasks)

    async def ask(self) -> tuple[Freshness, int]:
        """Freshness and how many rows there are."""
        async with self.model.asked.read() as reading:
            (count,) = await reading.fetch(f"select count(*) from {reading.rows}")
            return reading.freshness[0], count[0]

    async def has(self, rows: int) -> bool:
        return (await self.ask())[1] == rows


async def test_a_swap_takes_nothing_from_those_who_ask_while_others_write(builder: Builder, log: LogUnderTest) -> None:
    """Mechanism: queries look up the live build in their own transaction; the new one has passed the old one's
    positions before it is live; old tables stay for those who are in them. Sequences and rows never go back."""
    seen: tuple[list[tuple[Freshness, int]], ...] = ([], [])
    async with log.relayed(), Service(builder).running() as service:
        await append(log, HISTORY)
        await until(lambda: service.has(12), within=10)

        async def ask(told: list[tuple[Freshness, int]]) -> None:
            while True:
                told.append(await service.ask())

        async def write() -> None:
            for number in range(13, 200):
                await append(log, [registered(enterprise(number))])

        tasks = [asyncio.ensure_future(work) for work in (ask(seen[0]), ask(seen[1]), write())]
        for _ in range(3):
            await Builder(log, builder.pool, builder.dsn).run(Way.KAFKA)
        await asyncio.wait_for(tasks[2], 60)
        await until(lambda: service.has(199), within=10)
        for task in tasks[:2]:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert [error for error in ended if isinstance(error, Exception)] == []
    for told in seen:
        assert [rows for _, rows in told] == sorted(rows for _, rows in told)
        assert [fresh.sequence for fresh, _ in told] == sorted(fresh.sequence for fresh, _ in told)
        assert told[0][1] == 12
    assert await builder.contents() == plainly(TOY, await everything(log))


@dataclass(frozen=True, slots=True)
class _Wider(Row):
    county_code: int = 0


def _wider(row: Row | None, event: Event) -> _Wider | None:
    after: Row | None = TOY.apply(row, event)
    if after is None:
        return None
    return _Wider(**{name: getattr(after, name) for name in Row.__dataclass_fields__} | {"county_code": 7})


NEW_RULES = replace(
    TOY, version=2, apply=lambda row, event: (after := TOY.apply(row, event)) and replace(after, asked=9)
)
WIDER = replace(TOY, row=_Wider, apply=_wider)


async def test_a_changed_fold_is_made_anew_while_the_old_build_serves(builder: Builder, log: LogUnderTest) -> None:
    """Mechanism: the fingerprint is looked at when the service starts. Until the swap every answer is by the old rules,
    whole, and says so; after it by the new ones. The feed is held back so that the swap can be watched."""
    told = await history(log)
    await builder.run()
    later = Builder(log, builder.pool, builder.dsn)
    later.kafka, later.feed.reachable = builder.kafka, False
    log.bootstrap = NO_BROKER
    later = Builder(log, builder.pool, builder.dsn)
    later.feed.reachable = False
    async with Service(later, NEW_RULES).running() as service:
        await until(lambda: _said(service, "being rebuilt"), within=5)
        fresh, rows = await service.ask()
        assert (fresh.behind, fresh.rebuilding, fresh.sequence, rows) == (True, 0.0, len(told), 12)
        assert await _asked(service) == {1}
        assert service.model.behind({}) == ["toy (being rebuilt)"]
        later.feed.reachable = True
        await until(lambda: _changed(service), within=10)
        fresh, rows = await service.ask()
        assert (fresh.rebuilding, rows, await _asked(service)) == (None, 12, {9})
        await append(log, [registered(enterprise(20))])
        await seal_all(log)
        await until(lambda: service.has(13), within=10)


async def _said(service: Service, what: str) -> bool:
    return service.health.parts.get("read model toy") == what


async def _asked(service: Service) -> set[int]:
    async with service.model.asked.read() as reading:
        return {row["asked"] for row in await reading.fetch(f"select asked from {reading.rows}")}


async def _changed(service: Service) -> bool:
    return await _asked(service) == {9}


@pytest.mark.parametrize(
    ("fold", "column"),
    [(WIDER, "county_code"), (replace(TOY, computed=(*TOY.computed, Computed("seven", "bigint", "7"))), "seven")],
)
async def test_old_rows_without_the_new_columns_are_not_asked(
    builder: Builder, log: LogUnderTest, fold: Fold, column: str
) -> None:
    """Mechanism: the old build's columns are compared with those that the new fold's queries name."""
    await history(log)
    await builder.run()
    log.bootstrap = NO_BROKER
    later = Builder(log, builder.pool, builder.dsn)
    later.feed.reachable = False
    async with Service(later, fold).running() as service:
        with pytest.raises(Busy, match="read_model_rebuilding"):
            await service.ask()
        later.feed.reachable = True

        async def served() -> bool:
            try:
                return await service.has(12)
            except Busy:
                return False

        await until(served, within=10)
        async with service.model.asked.read() as reading:
            assert {row[column] for row in await reading.fetch(f"select * from {reading.rows}")} == {7}


async def test_a_first_build_over_a_history_is_not_asked_before_it_is_whole(
    builder: Builder, log: LogUnderTest
) -> None:
    """Mechanism: it isn't live before it has come to its logs' heads. A zero would look like a fact."""
    await history(log)
    log.bootstrap = NO_BROKER
    later = Builder(log, builder.pool, builder.dsn)
    later.feed.reachable = False
    async with Service(later).running() as service:
        with pytest.raises(Busy, match="read_model_rebuilding"):
            await service.ask()
        later.feed.reachable = True
        await until(lambda: _there(builder.pool), within=10)
        assert (await service.ask())[1] == 12


async def _there(pool: Pool) -> bool:
    return await live_build(pool, TOY) is not None


async def test_what_another_version_makes_later_is_left_to_it(builder: Builder, log: LogUnderTest) -> None:
    """Mechanism: only what a service found when it started is replaced. Two versions side by side, as an update has
    them for a while, would otherwise replace each other's builds for ever."""
    await history(log)
    await builder.run()
    async with Service(Builder(log, builder.pool, builder.dsn)).running() as old:
        await until(lambda: old.has(12), within=5)
        async with Service(Builder(log, builder.pool, builder.dsn), NEW_RULES).running() as new:
            await until(lambda: _changed(new), within=10)
            await until(lambda: _said(old, "kept by another version"), within=5)
            assert await _asked(old) == {9}
            assert old.model.behind({log.source: 99}) == []
        assert await builds(builder.pool) == [(1, "old"), (2, "live")]
