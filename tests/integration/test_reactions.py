"""What reacts, reacts once: policies to events, deadlines to due days; whatever dies, repeats or is refused."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest

from contracts import calendar
from contracts.calendar import WorkingCalendar
from contracts.cloudevent import GENESIS, Recorded, Sealed, decode
from contracts.enterprise import FoundingApplied, VisitHeld, WillStated
from eventing.database import SPINE, Pool, PooledConnection, migrate, open_pool
from eventing.deadline_table import DeadlineTable
from eventing.deadlines import CalendarDays, Deadline, Start, WorkingDays
from eventing.decision import Command
from eventing.moment import midnight_after
from eventing.policies import Policy, reader_of
from eventing.reactions import DEEPEST, DeadlineRunner, PolicySink
from eventing.reader.reader import Reader
from eventing.store.postgres import PostgresStore, PostgresUnit
from tests.support.brokers import Broker
from tests.support.logs import LogUnderTest
from tests.support.reading import NO_BROKER, LogFeed, Process, position, seal_all
from tests.support.toy import (
    SOURCE,
    Apply,
    ApplyOnce,
    Follow,
    StandingClock,
    Stray,
    applied,
    enterprise,
    execution,
    new_event,
    order,
    stream,
    will_stated,
)
from tests.support.waiting import until


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: Broker) -> LogUnderTest:
    return await LogUnderTest.made(pool, dsn, broker)


@pytest.fixture
async def own(own_dsn: str) -> AsyncIterator[Pool]:
    own = await open_pool(own_dsn, "reacting", 10)
    await migrate(own, SPINE)
    yield own
    await own.close()


async def happened(log: LogUnderTest, count: int, depth: int = 0) -> list[Sealed]:
    """So many applications, each in its own stream, sealed; the whole log."""
    there = await log.pool.fetchval("select count(*) from event")
    for number in range(there + 1, there + count + 1):
        async with log.store.unit() as unit:
            await unit.append([new_event(applied(number), source=log.source, depth=depth)])
    return await seal_all(log)


async def versions(own: Pool) -> dict[str, int]:
    """How many events each stream of the reacting service has."""
    return {row["stream"]: row["count"] for row in await own.fetch("select stream, count(*) from event group by 1")}


async def outcomes(own: Pool) -> list[str]:
    return [row["outcome"] for row in await own.fetch("select outcome from reaction order by key")]


async def parked(own: Pool) -> dict[str, str]:
    """The parked streams, each with its error."""
    return {row["stream"]: row["error"] for row in await own.fetch("select stream, error from parked")}


async def is_parked(own: Pool) -> bool:
    return bool(await parked(own))


def then_apply(event: FoundingApplied) -> Sequence[Command]:
    return [Apply(enterprise=event.enterprise)]


FOLLOWS = Policy("follows", on=FoundingApplied, then=then_apply)


class Killed(BaseException):
    """The process dies here: no error that anybody may catch."""


class DyingSink(PolicySink):
    """Dies at the chosen step: before it reacts, before the commit, after it."""

    steps = 0

    def step(self) -> None:
        self.steps -= 1
        if self.steps == 0:
            raise Killed

    async def apply(self, connection: PooledConnection, events: Sequence[Sealed]) -> None:
        self.step()
        await super().apply(connection, events)
        self.step()

    def committed(self) -> None:
        self.step()
        super().committed()


def sink(own: Pool, policy: Policy = FOLLOWS, source: str = SOURCE) -> DyingSink:
    store = PostgresStore(own)
    return DyingSink([policy], store, execution(store, source), lambda: None)


@dataclass
class Following:
    """A policy of the reacting service, read without a broker and without a lease, life after life."""

    log: LogUnderTest
    own: Pool
    own_dsn: str
    policy: Policy = FOLLOWS

    def reader(self, dies_at: int = 0) -> Reader:
        dying = sink(self.own, self.policy)
        dying.steps = dies_at
        return Process(self.log, self.own, self.own_dsn, NO_BROKER).reader(dying)

    async def read(self, dies_at: int = 0) -> None:
        """One life: to the head of the log, or to the step at which it dies."""
        reader = self.reader(dies_at)
        await reader.begin()
        await reader.take_run(await LogFeed(self.log.pool).after(reader.position.sequence))

    async def forget_position(self) -> None:
        await self.own.execute("update position set sequence = 0, hash = $1", GENESIS)


@pytest.fixture
def following(log: LogUnderTest, own: Pool, own_dsn: str) -> Following:
    return Following(log, own, own_dsn)


async def test_a_policy_killed_at_any_step_reacts_once(log: LogUnderTest, own: Pool, following: Following) -> None:
    """Mechanism: the reaction and the position are one transaction."""
    count = 5
    await happened(log, count)
    for life in range(3 * count):
        try:
            await following.read(dies_at=1 + life % 4)
        except Killed:
            assert await position(own) == len(await versions(own))
    assert await position(own) == count
    assert await versions(own) == {stream(number): 1 for number in range(1, count + 1)}


async def test_a_policy_that_lost_its_position_reacts_to_nothing_twice(
    log: LogUnderTest, own: Pool, following: Following
) -> None:
    """Mechanism: a reaction's key is derived from its cause, and what came of it is recorded."""
    await happened(log, 4)
    await following.read()
    await following.forget_position()
    await happened(log, 1)
    await following.read()
    assert await versions(own) == {stream(number): 1 for number in range(1, 6)}
    assert await outcomes(own) == ["done"] * 5


async def test_a_policy_that_lost_its_position_after_90_days_goes_on_too(
    log: LogUnderTest, own: Pool, following: Following
) -> None:
    """Mechanism: reactions are recorded for good. The answers are gone, and the events' ids are taken: without the
    record each repeat failed on its id, and the policy stood still for ever."""
    await happened(log, 3)
    await following.read()
    await own.execute("delete from answer")
    await following.forget_position()
    await happened(log, 1)
    await following.read()
    assert await versions(own) == {stream(number): 1 for number in range(1, 5)}


async def test_a_refused_reaction_is_recorded_and_the_next_one_happens(
    log: LogUnderTest, own: Pool, own_dsn: str
) -> None:
    """Mechanism: a refusal rolls back to before the reaction, and no further."""
    policy = replace(
        FOLLOWS, then=lambda event: [Follow(enterprise=event.enterprise), ApplyOnce(enterprise=event.enterprise)]
    )
    following = Following(log, own, own_dsn, policy)
    await happened(log, 2)
    await following.read()
    assert sorted(await outcomes(own)) == ["done", "done", "nothing_there", "nothing_there"]
    assert await versions(own) == {stream(1): 1, stream(2): 1}
    assert await position(own) == 2


async def test_another_policy_reads_from_the_beginning_and_the_ones_before_repeat_nothing(
    log: LogUnderTest, own: Pool, own_dsn: str
) -> None:
    """Mechanism: the reader is named after its policies, so another set begins anew; what was done is recorded."""
    also = replace(FOLLOWS, name="also")
    assert len({reader_of([FOLLOWS]), reader_of([FOLLOWS, also]), reader_of([also])}) == 3
    assert reader_of([also, FOLLOWS]) == reader_of([FOLLOWS, also])
    await happened(log, 2)
    for policies in ([FOLLOWS], [FOLLOWS, also]):
        reacting = PolicySink(policies, PostgresStore(own), execution(PostgresStore(own), SOURCE), lambda: None)
        reader = Process(log, own, own_dsn, NO_BROKER).reader(reacting, reader_of(policies))
        await reader.begin()
        await reader.take_run(await LogFeed(log.pool).after(reader.position.sequence))
    assert await versions(own) == {stream(1): 2, stream(2): 2}


async def test_a_policy_may_react_to_several_types_in_their_order(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: one reader with one position for all of them, and each event of theirs ends a transaction."""
    policy = replace(FOLLOWS, on=(WillStated, VisitHeld), then=lambda e: [Apply(enterprise=e.enterprise)])
    code = enterprise(1)
    visit = VisitHeld(enterprise=code, held_on=date(2025, 5, 6), due_on=date(2025, 5, 13))
    for version, event in enumerate((will_stated(code), applied(1), visit, applied(1)), 1):
        async with log.store.unit() as unit:
            await unit.append([new_event(event, version, source=log.source)])
    await seal_all(log)
    await Following(log, own, own_dsn, policy).read()
    assert await versions(own) == {stream(1): 2}
    assert await position(own) == 4


async def test_what_was_refused_stays_refused(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: as above. Read again, when it would be allowed by now, the reaction would be a new fact long after."""
    following = Following(log, own, own_dsn, replace(FOLLOWS, then=lambda e: [Follow(enterprise=e.enterprise)]))
    await happened(log, 1)
    await following.read()
    await execution(PostgresStore(own)).carry_out(order(ApplyOnce(enterprise=enterprise(1)), "k"))
    await following.forget_position()
    await following.read()
    assert await versions(own) == {stream(1): 1}
    assert await outcomes(own) == ["nothing_there"]


async def test_one_event_with_all_its_reactions_is_one_transaction(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    """Mechanism: no reaction commits by itself. The second one fails by a fault of ours, and the stream is parked."""
    policy = replace(FOLLOWS, then=lambda event: [*then_apply(event), Stray(enterprise=event.enterprise)])
    following = Following(log, own, own_dsn, policy)
    await happened(log, 1)
    await following.read()
    assert (await versions(own), await outcomes(own), await position(own)) == ({}, [], 1)
    assert await parked(own) == {stream(1): "KeyError"}


async def test_a_condition_that_does_not_hold_means_no_reaction(log: LogUnderTest, own: Pool, own_dsn: str) -> None:
    following = Following(log, own, own_dsn, replace(FOLLOWS, when=lambda event: event.enterprise != enterprise(2)))
    await happened(log, 3)
    await following.read()
    assert await versions(own) == {stream(1): 1, stream(3): 1}
    assert await position(own) == 3


async def test_a_reaction_says_where_it_comes_from(log: LogUnderTest, own: Pool, following: Following) -> None:
    """Mechanism: correlation is handed on, causation is the event's id, depth counts."""
    (cause,) = await happened(log, 1, depth=3)
    await following.read()
    (text,) = [row["tail"] for row in await own.fetch("select tail from event")]
    envelope, before = decode(f"{{{text}".encode()).envelope, decode(cause.text).envelope
    assert (envelope.correlation, envelope.causation, envelope.depth) == (before.correlation, str(before.id), 4)


async def test_a_chain_that_does_not_end_is_stopped(log: LogUnderTest, own: Pool, following: Following) -> None:
    """Mechanism: the depth that events carry. The stream is parked, and the next one isn't kept from its reaction."""
    await happened(log, 1, depth=DEEPEST - 1)
    await happened(log, 1, depth=DEEPEST)
    await happened(log, 1)
    await following.read()
    assert (await versions(own), await position(own)) == ({stream(1): 1, stream(3): 1}, 3)
    assert await parked(own) == {stream(2): "TooDeep"}


async def test_a_policy_that_feeds_itself_comes_to_a_stop(log: LogUnderTest, pool: Pool, dsn: str) -> None:
    """Mechanism: as above, on a running log: relay, reader and policy go round sixteen times."""
    process = Process(log, pool, dsn)
    reader = process.reader(sink(pool, source=log.source))
    async with log.relayed(), process.running(reader):
        async with log.store.unit() as unit:
            await unit.append([new_event(applied(1), source=log.source)])
        await until(lambda: is_parked(pool), within=15)
    assert await parked(pool) == {stream(1): "TooDeep"}
    assert await versions(pool) == {stream(1): DEEPEST + 1}


# Deadlines

STATED = date(2025, 5, 8)
DUE = date(2025, 5, 15)


def _opens(event: object) -> Start | None:
    return Start(event.enterprise, event.stated_on) if isinstance(event, WillStated) else None


def _closes(event: object) -> str | None:
    return event.enterprise if isinstance(event, VisitHeld) else None


VISIT = Deadline("visit", WorkingDays(5), _opens, _closes, lambda subject, due_on: Apply(enterprise=subject, on=due_on))
LATER = Deadline("later", CalendarDays(30), _opens, _closes, lambda subject, _: Follow(enterprise=subject))
TOLD = replace(VISIT, moved=lambda subject, _: Follow(enterprise=subject))
AMISS = replace(VISIT, then=lambda subject, _: Follow(enterprise=enterprise(99)))


class Clocks:
    """A service with deadlines, on its own clock."""

    def __init__(self, pool: Pool, *deadlines: Deadline, days: WorkingCalendar | None = None) -> None:
        self.pool, self.clock = pool, StandingClock()
        self.table = DeadlineTable(deadlines, days or calendar.load())
        self.store = PostgresStore(pool, deadlines=self.table)

    def runner(self) -> DeadlineRunner:
        doing = execution(self.store, clock=self.clock)
        return DeadlineRunner(self.pool, self.table, self.store, doing, self.clock, lambda: None)

    async def fire(self) -> int:
        """By a runner of its own; a clock that is never taken off the table would fire for ever."""
        async with asyncio.timeout(10):
            return await self.runner().fire_due()

    async def state(self, number: int, version: int = 1, on: date = STATED) -> None:
        async with self.store.unit() as unit:
            await unit.append([new_event(will_stated(enterprise(number), on), version)])

    async def visit(self, number: int, version: int) -> None:
        held = VisitHeld(enterprise=enterprise(number), held_on=STATED, due_on=DUE)
        async with self.store.unit() as unit:
            await unit.append([new_event(held, version)])

    async def running(self) -> dict[str, date]:
        rows = await self.pool.fetch("select name, due_on from deadline order by name")
        return {row["name"]: row["due_on"] for row in rows}

    def ended(self, day: date) -> None:
        self.clock.at = midnight_after(day)


async def test_an_event_starts_restarts_and_stops_its_clocks(pool: Pool) -> None:
    """Mechanism: clocks are a fold of the service's own events, in the transaction of their append."""
    clocks = Clocks(pool, VISIT, LATER)
    await clocks.state(1)
    assert await clocks.running() == {"later": date(2025, 6, 7), "visit": DUE}
    assert await clocks.table.next_due_at(pool) == midnight_after(DUE)
    await clocks.state(1, 2, on=STATED + timedelta(days=1))
    assert await clocks.running() == {"later": date(2025, 6, 8), "visit": date(2025, 5, 16)}
    await clocks.visit(1, 3)
    assert await clocks.running() == {}
    with pytest.raises(Killed):
        async with clocks.store.unit() as unit:
            await unit.append([new_event(will_stated(enterprise(1), STATED), 4)])
            raise Killed
    assert await clocks.running() == {}


async def test_a_clock_fires_when_its_day_has_ended_and_once(pool: Pool) -> None:
    """Mechanism: due is the instant at which the day ends in China; the claim takes the clock off the table."""
    clocks = Clocks(pool, VISIT)
    await clocks.state(1)
    midnight = datetime.fromisoformat("2025-05-16T00:00:00+08:00")
    clocks.clock.at = midnight - timedelta(microseconds=1)
    assert (await clocks.fire(), await clocks.runner().lag_seconds()) == (0, 0)
    clocks.clock.at = midnight + timedelta(minutes=1)
    assert await clocks.runner().lag_seconds() == 60
    assert [await clocks.fire(), await clocks.fire()] == [1, 0]
    assert (await versions(pool), await outcomes(pool), await clocks.running()) == ({stream(1): 2}, ["done"], {})


async def test_two_runners_at_once_fire_each_clock_once(pool: Pool) -> None:
    """Mechanism: `delete … returning` in the transaction of the command."""
    clocks = Clocks(pool, VISIT)
    for number in range(1, 13):
        await clocks.state(number)
    clocks.ended(DUE)
    async with asyncio.timeout(20):
        fired = await asyncio.gather(*(clocks.fire() for _ in range(3)))
    assert sum(fired) == 12
    assert await versions(pool) == {stream(number): 2 for number in range(1, 13)}


class OvertakenStore(PostgresStore):
    """A store in which somebody else writes to the stream each time it has just been loaded."""

    overtakes: list[FoundingApplied]

    def within(self, connection: PooledConnection) -> PostgresUnit:
        return OvertakenUnit(super().within(connection), self._pool, self.overtakes)


class OvertakenUnit(PostgresUnit):
    def __init__(self, unit: PostgresUnit, pool: Pool, overtakes: list[FoundingApplied]) -> None:
        super().__init__(unit.connection, unit._views, unit._deadlines)
        self._pool, self._overtakes = pool, overtakes

    async def load(self, streams: Sequence[str]) -> Mapping[str, Sequence[Recorded]]:
        history = await super().load(streams)
        if self._overtakes and self._overtakes[-1].stream in history:
            event = self._overtakes.pop()
            async with PostgresStore(self._pool).unit() as other:
                await other.append([new_event(event, len(history[event.stream]) + 1)])
        return history


async def test_a_clock_that_meets_other_writers_fires_all_the_same(pool: Pool) -> None:
    """Mechanism: on a conflict the claim is rolled back with the command, and the clock is found again."""
    clocks = Clocks(pool, VISIT)
    await clocks.state(1)
    await clocks.state(2)
    clocks.ended(DUE)
    clocks.store = store = OvertakenStore(pool, deadlines=clocks.table)
    store.overtakes = [applied(1), applied(1)]
    assert await clocks.fire() == 2
    assert await versions(pool) == {stream(1): 4, stream(2): 2}


async def test_a_refused_deadline_is_recorded_and_its_clock_is_gone(pool: Pool) -> None:
    """Mechanism: a refusal rolls back to after the claim."""
    clocks = Clocks(pool, AMISS)
    await clocks.state(1)
    await clocks.state(2)
    clocks.ended(DUE)
    assert await clocks.fire() == 2
    assert (await outcomes(pool), await clocks.running()) == (["nothing_there"] * 2, {})


async def test_a_command_that_fails_leaves_its_clock(pool: Pool) -> None:
    """Mechanism: claim and command are one transaction."""
    clocks = Clocks(pool, replace(VISIT, then=lambda subject, _: Stray(enterprise=subject)))
    await clocks.state(1)
    clocks.ended(DUE)
    with pytest.raises(KeyError):
        await clocks.fire()
    assert (await clocks.running(), await outcomes(pool)) == ({"visit": DUE}, [])


async def test_a_clock_whose_command_fails_keeps_no_other_from_firing(pool: Pool) -> None:
    """Mechanism: what failed is left where it is, and the fault is raised when the others have fired."""
    poison = replace(VISIT, then=lambda subject, _: (Stray if subject == enterprise(1) else Apply)(enterprise=subject))
    clocks = Clocks(pool, poison)
    await clocks.state(1)
    await clocks.state(2, on=STATED + timedelta(days=1))
    clocks.ended(DUE + timedelta(days=7))
    for _ in range(2):
        with pytest.raises(KeyError):
            await clocks.fire()
        assert await versions(pool) == {stream(1): 1, stream(2): 2}


async def test_a_clock_that_was_restarted_meanwhile_does_not_fire(pool: Pool) -> None:
    """Mechanism: the claim names the due instant that was seen."""
    clocks = Clocks(pool, VISIT)
    await clocks.state(1)
    clocks.ended(DUE)
    (seen,) = await clocks.table.due(pool, clocks.clock.now())
    await clocks.state(1, 2, on=STATED + timedelta(days=1))
    async with clocks.store.unit() as unit:
        assert not await clocks.table.claim(unit.connection, seen)
    assert await clocks.fire() == 0
    assert await clocks.running() == {"visit": date(2025, 5, 16)}


async def test_clocks_fire_in_the_order_of_their_due_days(pool: Pool) -> None:
    clocks = Clocks(pool, VISIT, LATER)
    await clocks.state(2, on=STATED + timedelta(days=4))
    await clocks.state(1)
    clocks.clock.at = datetime.fromisoformat("2025-08-01T00:00:00+08:00")
    assert await clocks.fire() == 4
    rows = await pool.fetch("select stream from event where version = 2 order by pos")
    assert [row["stream"] for row in rows] == [stream(1), stream(2)]


async def test_due_days_move_when_the_arrangement_comes_out(pool: Pool) -> None:
    """Mechanism: rule and start are kept, the due day is derived; clocks that no override touches stay."""
    clocks = Clocks(pool, VISIT, LATER)
    await clocks.state(1)
    holiday = {date(2025, 5, 12): False, date(2025, 5, 13): False}
    moved = DeadlineTable((VISIT, LATER), WorkingCalendar(holiday))
    assert [await moved.derive_again(pool), await moved.derive_again(pool)] == [1, 0]
    assert await clocks.running() == {"later": date(2025, 6, 7), "visit": date(2025, 5, 19)}
    assert await moved.next_due_at(pool) == midnight_after(date(2025, 5, 19))
    clocks.ended(DUE)
    assert await clocks.fire() == 0


async def test_those_concerned_are_told_that_a_due_day_has_moved(pool: Pool) -> None:
    """Mechanism: a clock that has run out at once; it is told when the service reacts again, once, and before the day
    itself comes."""
    clocks = Clocks(pool, TOLD)
    await clocks.state(1)
    await clocks.state(2)
    table = DeadlineTable((TOLD,), WorkingCalendar({date(2025, 5, 12): False}))
    clocks.table, clocks.store = table, PostgresStore(pool, deadlines=table)
    assert [await table.derive_again(pool), await table.derive_again(pool)] == [2, 0]
    await clocks.visit(2, 2)
    clocks.ended(DUE)
    assert [await clocks.fire(), await clocks.fire()] == [1, 0]
    assert [tuple(row) for row in await pool.fetch("select cause, key, command, outcome from reaction")] == [
        ("deadline:visit moved", f"{enterprise(1)}@{STATED}/2025-05-16", "Follow", "done")
    ]
    assert await clocks.running() == {"visit": date(2025, 5, 16)}


async def test_a_provisional_due_day_becomes_official(pool: Pool) -> None:
    """Mechanism: as above, in a year without an arrangement."""
    first = date(2199, 5, 2)
    clocks = Clocks(pool, VISIT)
    await clocks.state(1, on=first)
    assert await pool.fetchval("select provisional from deadline")
    known = DeadlineTable((VISIT,), WorkingCalendar(official_years=frozenset({2199})))
    assert await known.derive_again(pool) == 1
    assert not await pool.fetchval("select provisional from deadline")


def test_two_deadlines_of_one_name_are_found_at_the_start() -> None:
    with pytest.raises(ValueError, match="one name"):
        DeadlineTable((VISIT, replace(LATER, name="visit")), calendar.load())
