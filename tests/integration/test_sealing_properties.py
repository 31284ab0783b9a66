"""However appends interleave: each stream in order of its versions, each acknowledged event once, one chain."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contracts.cloudevent import Recorded, Sealed, decode
from eventing.database import Pool, PooledConnection
from eventing.feed import read_log
from eventing.lease import LeaseConnection
from eventing.relay.sealer import seal_next
from eventing.store import Conflict, NewEvent
from eventing.store.postgres import PostgresStore
from tests.support.store_promises import an_event
from tests.support.toy import stream

_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Writing:
    """One append: how many events to each of these streams, and how long it dawdles before it loads and commits."""

    streams: tuple[int, ...]
    events: int
    before: int
    after: int


@dataclass
class Writers:
    """Appends at once; remembers what was acknowledged."""

    pool: Pool
    streams: Sequence[str]
    acknowledged: list[UUID] = field(default_factory=list)

    async def write(self, plan: Sequence[Writing]) -> None:
        for writing in plan:
            while not await self._done(writing):
                continue

    async def _done(self, writing: Writing) -> bool:
        names = [self.streams[number] for number in writing.streams]
        try:
            async with PostgresStore(self.pool).unit() as unit:
                await self._dawdle(unit.connection, writing.before)
                new = _next(await unit.load(names), writing.events)
                await unit.append(new)
                await self._dawdle(unit.connection, writing.after)
        except Conflict:
            return False
        self.acknowledged += [event.id for event in new]
        return True

    async def _dawdle(self, connection: PooledConnection, turns: int) -> None:
        for _ in range(turns):
            await connection.fetchval("select 1")


def _next(history: Mapping[str, Sequence[Recorded]], count: int) -> list[NewEvent]:
    return [
        an_event(len(facts) + number, stream=name) for number in range(1, count + 1) for name, facts in history.items()
    ]


plans = st.lists(
    st.lists(
        st.builds(
            Writing,
            streams=st.lists(st.integers(0, 3), min_size=1, max_size=2, unique=True).map(lambda s: tuple(sorted(s))),
            events=st.integers(1, 3),
            before=st.integers(0, 3),
            after=st.integers(0, 6),
        ),
        min_size=1,
        max_size=5,
    ),
    min_size=2,
    max_size=8,
)


async def _sealed_while(pool: Pool, dsn: str, writing: "asyncio.Future[list[None]]", limit: int) -> None:
    """A sealer seals, a few at a time, until the writers are done and nothing waits."""
    async with LeaseConnection(dsn, "sealer") as lease:
        while True:
            done = writing.done()
            if not await seal_next(lease.connection, limit):
                if done:
                    return
                await asyncio.sleep(0)


# A race doesn't shrink: another run of the smaller example may well pass.
@settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plan=plans, limit=st.integers(1, 7))
async def test_any_interleaving_of_appenders_gives_one_log(
    pool: Pool, dsn: str, plan: list[list[Writing]], limit: int
) -> None:
    """Mechanism: the `unsealed` table. By `pos > last` a late commit with a lower number would be left out."""
    await pool.execute("insert into head (source) values ('/regions/610000/enterprise') on conflict do nothing")
    before = int(await pool.fetchval("select sequence from head"))
    writers = Writers(pool, [stream(next(_NUMBERS)) for _ in range(4)])
    async with asyncio.timeout(10):
        writing = asyncio.gather(*(writers.write(each) for each in plan))
        await asyncio.gather(writing, _sealed_while(pool, dsn, writing, limit))
    log = [Sealed.read(entry.text) for entry in await read_log(pool, before, 10_000)]
    facts = [decode(sealed.text) for sealed in log]
    assert sorted(fact.envelope.id for fact in facts) == sorted(writers.acknowledged)
    assert [sealed.sequence for sealed in log] == list(range(before + 1, before + len(log) + 1))
    assert [sealed.prevhash for sealed in log[1:]] == [sealed.hash for sealed in log[:-1]]
    for name in writers.streams:
        versions = [fact.envelope.version for fact in facts if fact.event.stream == name]
        assert versions == list(range(1, len(versions) + 1))


async def test_a_late_commit_gets_a_later_number(pool: Pool, dsn: str) -> None:
    """Mechanism: as above, with the race laid out: the lower pos commits after the higher one was sealed."""
    await pool.execute("insert into head (source) values ('/regions/610000/enterprise')")
    store = PostgresStore(pool)
    slow, fast = stream(next(_NUMBERS)), stream(next(_NUMBERS))
    async with LeaseConnection(dsn, "sealer") as lease:
        async with store.unit() as late:
            low = await late.append([an_event(1, stream=slow)])
            async with store.unit() as early:
                assert await early.append([an_event(1, stream=fast)]) > low
            assert len(await seal_next(lease.connection, 10)) == 1
        assert len(await seal_next(lease.connection, 10)) == 1
    assert [entry.stream for entry in await read_log(pool, 0, 10)] == [fast, slow]


async def test_what_was_rolled_back_is_in_no_log(pool: Pool, dsn: str) -> None:
    """Mechanism: the queue is filled by the append's own transaction; a number that is lost leaves no gap."""
    await pool.execute("insert into head (source) values ('/regions/610000/enterprise')")
    store = PostgresStore(pool)
    for fails in (True, False, True, False):
        with suppress(ZeroDivisionError):
            async with store.unit() as unit:
                await unit.append([an_event(1, stream=stream(next(_NUMBERS)))])
                if fails:
                    raise ZeroDivisionError
    async with LeaseConnection(dsn, "sealer") as lease:
        await seal_next(lease.connection, 10)
    assert [entry.sequence for entry in await read_log(pool, 0, 10)] == [1, 2]
