"""Parking (invariant 6): a poison event stops its own stream, nothing else; mended, all is as if it never failed."""

import functools
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contracts.catalogue import READERS, TYPES
from contracts.cloudevent import Sealed
from contracts.enterprise import EnterpriseSurveyed, FoundingApplied, Ownership
from contracts.event import Event
from eventing.database import Pool, PooledConnection
from eventing.embedded import MockBroker
from eventing.fold import fold_in_memory
from eventing.lease import LeaseLost
from eventing.parking import all_parked, show, wish_discard, wish_retry, wish_retry_all
from eventing.policies import Policy
from eventing.reactions import PolicySink
from eventing.reader import parked, progress, unknown, unreadable
from eventing.reader.parked import forget, parked_streams
from eventing.reader.position import Moved
from eventing.reader.sink import Place
from eventing.reader.source import FeedUnreachable
from eventing.reader.tap import Record
from eventing.refusal import NotFound, Refused
from eventing.store import Conflict
from eventing.store.postgres import PostgresStore
from tests.support.logs import LogUnderTest
from tests.support.parking import Fragile, Killed, Lives, build_sink
from tests.support.reading import NAME, NO_BROKER, Process, WritingSink, applied, position, publish
from tests.support.toy import Apply, enterprise, execution, stream, will_stated
from tests.support.toy import applied as application
from tests.support.toy_fold import TOY, Cell, Measures, events, registered, surveyed
from tests.support.waiting import until


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LogUnderTest:
    return await LogUnderTest.made(pool, dsn, broker)


@pytest.fixture
async def own(own: Pool) -> Pool:
    """With the table that a writing sink fills."""
    await WritingSink.create(own)
    return own


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PAUSES", (0.0, 0.0))


@pytest.fixture
def lives(log: LogUnderTest, own: Pool, own_dsn: str) -> Lives:
    return Lives(log, own, own_dsn)


ONE, TWO, THREE = (enterprise(number) for number in (1, 2, 3))


def of(code: str) -> Callable[[Any], bool]:
    return lambda event: event.enterprise == code


async def contents(own: Pool, fragile: Fragile) -> tuple[dict[str, Any], dict[Cell, Measures]]:
    table = (await build_sink(own, fragile.fold))._table
    async with own.acquire() as connection:
        rows = {row.enterprise: row for row in await table.matching(connection, {})}
    cells = {
        Cell(row["county"], Ownership(row["ownership"]), row["registered_on"], row["surveyed"]): Measures(
            row["enterprises"], row["workers"]
        )
        for row in await own.fetch("select * from toy_1_cells")
    }
    return rows, {cell: measures for cell, measures in cells.items() if measures != Measures(0, 0)}


def plainly(history: Sequence[Event]) -> tuple[dict[str, Any], dict[Cell, Measures]]:
    rows, cells = fold_in_memory(TOY, history)
    return rows, {cell: measures for cell, measures in cells.items() if measures != Measures(0, 0)}


HISTORY = [
    registered(ONE),
    registered(TWO),
    surveyed(ONE, 10),
    surveyed(TWO, 20),
    surveyed(ONE, 11),
    registered(THREE),
    will_stated(ONE),
    surveyed(TWO, 21),
]


async def test_a_poison_event_stops_its_own_stream_and_nothing_else(lives: Lives, own: Pool) -> None:
    """Mechanism: bisection and parking. Without parking, everything behind the event stands."""
    fragile = Fragile(lambda event: isinstance(event, EnterpriseSurveyed) and event.labour_contracts == 10)
    await lives.happen(HISTORY)
    await lives.read(await build_sink(own, fragile.fold))
    assert await lives.parked() == {stream(1): (3, "Poisonous")}
    assert await lives.waiting(stream(1)) == [3, 5, 7]
    assert await contents(own, fragile) == plainly([HISTORY[0], *(e for e in HISTORY if e.stream != stream(1))])
    assert await position(own) == len(HISTORY)


async def test_what_comes_later_waits_behind_it_in_order(lives: Lives, own: Pool) -> None:
    """Mechanism: the parked set decides, in the next life too; a later event that would apply must not overtake."""
    fragile = Fragile(of(ONE))
    await lives.happen(HISTORY[:2])
    await lives.read(await build_sink(own, fragile.fold))
    fragile.mend()
    await lives.happen(HISTORY[2:])
    await lives.read(await build_sink(own, fragile.fold))
    assert await lives.waiting(stream(1)) == [1, 3, 5, 7]
    assert await contents(own, fragile) == plainly([e for e in HISTORY if e.stream != stream(1)])
    async with own.acquire() as connection:
        assert await parked_streams(connection, NAME, lives.log.source) == {stream(1)}


async def test_mended_and_retried_all_is_as_if_it_had_never_failed(lives: Lives, own: Pool) -> None:
    """Mechanism: a retry applies in order what waited, each event with the deletion of its row in one transaction."""
    fragile = Fragile(of(ONE))
    await lives.happen(HISTORY)
    await lives.read(await build_sink(own, fragile.fold))
    fragile.mend()
    await wish_retry(own, "p-operator", NAME, stream(1))
    await lives.read(await build_sink(own, fragile.fold))
    assert (await lives.parked(), await lives.waiting(stream(1))) == ({}, [])
    assert await contents(own, fragile) == plainly(HISTORY)
    mine = [event for event in fragile.applied if event.stream == stream(1)]
    assert mine == [event for event in HISTORY if event.stream == stream(1)]
    more = [surveyed(ONE, 99)]
    await lives.happen(more)
    await lives.read(await build_sink(own, fragile.fold))
    assert await contents(own, fragile) == plainly([*HISTORY, *more])


async def test_a_retry_that_fails_again_leaves_the_stream_parked_where_it_fails_now(lives: Lives, own: Pool) -> None:
    """Mechanism: what was applied is gone from the waiting ones, and the new error is told. The wish is over."""
    fragile = Fragile(of(ONE))
    await lives.happen(HISTORY)
    await lives.read(await build_sink(own, fragile.fold))
    fragile.poison = lambda event: isinstance(event, EnterpriseSurveyed) and 1 // (event.labour_contracts - 11) > 9
    await wish_retry_all(own, "p-operator")
    await lives.read(await build_sink(own, fragile.fold))
    assert await lives.parked() == {stream(1): (5, "ZeroDivisionError")}
    assert await lives.waiting(stream(1)) == [5, 7]
    assert [row.wish for row in (await all_parked(own)).parked] == [None]
    applied_before = list(fragile.applied)
    await lives.read(await build_sink(own, fragile.fold))
    assert fragile.applied == applied_before


async def test_a_discard_drops_the_failing_event_alone_and_says_who_and_why(lives: Lives, own: Pool) -> None:
    """Mechanism: the wish is for the event that fails; once that is gone it is a retry, whatever dies in between."""
    fragile = Fragile(lambda event: isinstance(event, EnterpriseSurveyed) and event.enterprise == ONE)
    await lives.happen(HISTORY)
    await lives.read(await build_sink(own, fragile.fold))
    await wish_discard(own, "p-operator", NAME, stream(1), "counted twice", sequence=3)
    await lives.read(await build_sink(own, fragile.fold))
    assert await lives.parked() == {stream(1): (5, "Poisonous")}
    with pytest.raises(Refused) as meanwhile:
        await wish_discard(own, "p-operator", NAME, stream(1), "counted twice", sequence=3)
    assert (meanwhile.value.code, meanwhile.value.facts["sequence"]) == ("parked_meanwhile", 5)
    await wish_discard(own, "p-other", NAME, stream(1), "again")
    with pytest.raises(Refused):
        await wish_discard(own, "p-operator", NAME, stream(1), "at once twice")
    await lives.read(await build_sink(own, fragile.fold))
    assert await lives.parked() == {}
    assert await contents(own, fragile) == plainly([e for n, e in enumerate(HISTORY, 1) if n not in (3, 5)])
    rows = await own.fetch("select stream, sequence, error, reason, discarded_by from discarded order by sequence")
    assert [tuple(row) for row in rows] == [
        (stream(1), 3, "Poisonous", "counted twice", "p-operator"),
        (stream(1), 5, "Poisonous", "again", "p-other"),
    ]


async def test_the_last_waiting_event_can_be_discarded(lives: Lives, own: Pool) -> None:
    fragile = Fragile(of(THREE))
    await lives.happen(HISTORY)
    await lives.read(await build_sink(own, fragile.fold))
    await wish_discard(own, "p-operator", NAME, stream(3), "none")
    await lives.read(await build_sink(own, fragile.fold))
    assert (await lives.parked(), await lives.waiting(stream(3))) == ({}, [])
    assert await contents(own, fragile) == plainly([e for e in HISTORY if e.stream != stream(3)])


@pytest.mark.parametrize("dies_in", ["park", "put_behind", "gone", "discard_failing", "failed_again"])
async def test_killed_at_any_step_nothing_is_lost_or_doubled(
    lives: Lives, own: Pool, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    """Mechanism: each step is one transaction with the position. It dies at the end of the step, before the commit."""
    step, doomed = getattr(parked, dies_in), True

    @functools.wraps(step)
    async def dying(*given: Any) -> Any:
        nonlocal doomed
        done = await step(*given)
        if doomed:
            doomed = False
            raise Killed
        doomed = True
        return done

    monkeypatch.setattr(parked, dies_in, dying)
    fragile = Fragile(lambda event: isinstance(event, EnterpriseSurveyed) and event.enterprise == ONE)

    async def live() -> None:
        for _ in range(20):
            try:
                await lives.read(await build_sink(own, fragile.fold))
            except Killed:
                continue
            return
        raise AssertionError("it dies for ever")

    await lives.happen(HISTORY[:4])
    await live()
    await lives.happen(HISTORY[4:])
    await live()
    await wish_retry(own, "p-operator", NAME, stream(1))
    await live()
    assert await lives.waiting(stream(1)) == [3, 5, 7]
    await wish_discard(own, "p-operator", NAME, stream(1), "none")
    await live()
    assert await lives.waiting(stream(1)) == [5, 7]
    fragile.mend()
    await wish_retry(own, "p-operator", NAME, stream(1))
    await live()
    assert await contents(own, fragile) == plainly([e for n, e in enumerate(HISTORY, 1) if n != 3])
    assert (await lives.parked(), await position(own)) == ({}, len(HISTORY))
    assert await own.fetchval("select count(*) from discarded") == 1


async def test_a_holder_that_woke_late_sees_no_parking_undone(lives: Lives, own: Pool) -> None:
    """Mechanism: `parkings` is part of the position's compare-and-set. The late holder believes the stream parked,
    or free, from a time before the other one changed it."""
    fragile = Fragile(of(ONE))
    history = await lives.happen(HISTORY[:3])
    late = await lives.read(await build_sink(own, fragile.fold))
    fragile.mend()
    await wish_retry(own, "p-operator", NAME, stream(1))
    awake = await lives.read(await build_sink(own, fragile.fold))
    later = (await lives.happen(HISTORY[3:]))[len(history) :]
    with pytest.raises(Moved):
        await late.take_run(later)
    assert await lives.waiting(stream(1)) == []
    await awake.take_run(later)
    assert await contents(own, fragile) == plainly(HISTORY)


ONE_STREAM_A_ROW = events.filter(lambda event: event.stream.startswith("enterprise-"))
"""A row that two streams feed is in order only as long as neither is parked: see docs/how-to/parked.md."""


@settings(max_examples=40, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(ONE_STREAM_A_ROW, min_size=1, max_size=25), poison=st.sets(st.integers(1, 5)), data=st.data())
async def test_any_poison_in_any_batch_parks_its_streams_alone(
    lives: Lives, own: Pool, history: list[Event], poison: set[int], data: st.DataObject
) -> None:
    """Mechanism: bisection. The good events of a failed batch are applied exactly once; mended, all is equal."""
    await own.execute("drop table if exists toy_1, toy_1_cells")
    await own.execute("truncate parked, waiting, position")
    await lives.log.pool.execute("truncate event, log, unsealed restart identity")
    await lives.log.pool.execute("update head set sequence = 0, hash = repeat('0', 64), published = 0")
    lives.versions.clear()
    # From this event of its stream on, each fails or not.
    bad = {stream(number) for number in poison}
    failing = [event for event in history if event.stream in bad and data.draw(st.booleans(), label=event.stream)]
    fragile = Fragile(lambda event: any(event is each or event == each for each in failing))
    await lives.happen(history)
    await lives.read(await build_sink(own, fragile.fold))
    stopped: set[str] = set()
    passed = []
    for event in history:
        if event in failing:
            stopped.add(event.stream)
        if event.stream not in stopped:
            passed.append(event)
    assert set(await lives.parked()) == stopped
    assert await contents(own, fragile) == plainly(passed)
    fragile.mend()
    await wish_retry_all(own, "p-operator")
    await lives.read(await build_sink(own, fragile.fold))
    assert await lives.parked() == {}
    assert await contents(own, fragile) == plainly(history)


# What parks, and what is waited for


class FailingSink(WritingSink):
    """Fails with what it is given, in the transaction, at the third event."""

    def __init__(self, fail: Callable[[PooledConnection], Awaitable[object]]) -> None:
        super().__init__()
        self._fail = fail

    async def apply(self, connection: PooledConnection, events: Sequence[Sealed]) -> None:
        await super().apply(connection, events)
        if any(event.sequence == 3 for event in events):
            await self._fail(connection)


def raises(error: Exception) -> Callable[[PooledConnection], Awaitable[object]]:
    async def fail(_: PooledConnection) -> None:
        raise error

    return fail


async def _too_slow(connection: PooledConnection) -> None:
    await connection.execute("set local statement_timeout = 5")
    await connection.execute("select pg_sleep(1)")


def runs(sql: str, *values: object) -> Callable[[PooledConnection], Awaitable[object]]:
    return lambda connection: connection.execute(sql, *values)


@pytest.mark.parametrize(
    "blink",
    [
        pytest.param(raises(ConnectionResetError()), id="connection"),
        pytest.param(raises(TimeoutError()), id="timeout"),
        pytest.param(raises(asyncpg.InterfaceError("closed")), id="driver"),
        pytest.param(raises(asyncpg.SerializationError()), id="40001"),
        pytest.param(raises(asyncpg.DeadlockDetectedError()), id="40P01"),
        pytest.param(raises(asyncpg.TooManyConnectionsError()), id="53300"),
        pytest.param(raises(asyncpg.DiskFullError()), id="53100"),
        pytest.param(raises(asyncpg.AdminShutdownError()), id="57P01"),
        pytest.param(_too_slow, id="57014, a real one"),
        pytest.param(runs("select pg_terminate_backend(pg_backend_pid())"), id="57P01, a real one"),
        pytest.param(runs("select * from not_there"), id="42P01: the database's fault, not the event's"),
        pytest.param(raises(LeaseLost()), id="lease"),
        pytest.param(raises(Conflict()), id="conflict"),
        pytest.param(raises(Moved()), id="moved"),
        pytest.param(raises(FeedUnreachable()), id="feed"),
        pytest.param(raises(MemoryError()), id="memory"),
    ],
)
async def test_what_blinks_is_waited_for(
    lives: Lives, own: Pool, blink: Callable[[PooledConnection], Awaitable[object]]
) -> None:
    """Mechanism: `is_poison`. Parked, a stream would be behind for good because of a restart of the database."""
    await lives.happen(HISTORY)
    with pytest.raises((*asyncpg_errors(), OSError, LeaseLost, Conflict, Moved, FeedUnreachable, MemoryError)):
        await lives.read(FailingSink(blink))
    assert (await lives.parked(), await applied(own), await position(own)) == ({}, [], 0)
    await lives.read(WritingSink())
    assert await applied(own) == list(range(1, len(HISTORY) + 1))


def asyncpg_errors() -> tuple[type[Exception], ...]:
    return (asyncpg.PostgresError, asyncpg.InterfaceError)


@pytest.mark.parametrize(
    ("poison", "told"),
    [
        pytest.param(raises(ZeroDivisionError("13800000000")), "ZeroDivisionError", id="a fold's own"),
        pytest.param(runs("select 1 / 0"), "DivisionByZeroError 22012", id="22"),
        pytest.param(
            runs("insert into head (source) values ('/regions/1/x'), ('/regions/1/x')"),
            "UniqueViolationError 23505",
            id="23",
        ),
        pytest.param(runs("select $1::bigint", 2**70), "DataError 22000", id="22, found by the driver"),
    ],
)
async def test_what_is_the_events_own_fault_parks(
    lives: Lives, own: Pool, poison: Callable[[PooledConnection], Awaitable[object]], told: str
) -> None:
    """Mechanism: `is_poison`, and `kind_of`: the error's type is told, never its message."""
    await lives.happen(HISTORY)
    await lives.read(FailingSink(poison))
    assert await lives.parked() == {stream(1): (3, told)}
    assert await applied(own) == [1, 2, 4, 6, 8]


async def test_what_fails_only_now_and_then_is_not_parked(lives: Lives, own: Pool) -> None:
    """Mechanism: the event that fails alone is tried again a few times."""
    await lives.happen(HISTORY[:1])
    failures = [Exception(), Exception()]

    async def fail(_: PooledConnection) -> None:
        if failures:
            raise failures.pop()

    sink = FailingSink(fail)
    await lives.happen([surveyed(ONE, 1), surveyed(ONE, 2)])
    reader = lives.reader(sink)
    await reader.begin()
    for event in await lives.happen([]):
        await reader.take_run([event])
    assert (await lives.parked(), await applied(own)) == ({}, [1, 2, 3])


# Bytes and types


async def test_an_event_that_cannot_be_decoded_parks_its_stream(lives: Lives, own: Pool) -> None:
    """Mechanism: `Undecodable` of a text whose place can be read is poison of its stream; of one without even a type
    or a stream, nobody waits behind it."""
    fragile = Fragile()
    await lives.happen(HISTORY[:3], lambda tail: tail.replace('"labour_contracts":10', '"labour_contracts":"many"'))
    await lives.happen(HISTORY[3:4], lambda tail: tail.replace('"type"', '"kind"').replace('"subject"', '"about"'))
    await lives.happen(HISTORY[4:5])
    # A fold needs no time: this one is applied, and the position keeps the time that it had.
    await lives.happen(HISTORY[5:6], lambda tail: tail.replace('"time":"2025', '"time":"none'))
    await lives.happen(HISTORY[6:])
    await lives.read(await build_sink(own, fragile.fold))
    assert await lives.parked() == {
        stream(1): (3, "Undecodable"),
        "@4": (4, "Undecodable"),
    }
    assert await lives.waiting(stream(1)) == [3, 5, 7]
    assert await position(own) == len(HISTORY)
    shown = await show(own, NAME, stream(1), data=True)
    assert [event.sequence for event in shown.events] == [3, 5, 7]
    assert shown.events[0].data["labour_contracts"] == "many"


async def test_bytes_of_the_topic_that_are_no_event_are_kept_and_counted(
    log: LogUnderTest, lives: Lives, own: Pool, own_dsn: str
) -> None:
    """Mechanism: `unreadable`. Nothing waits behind them; read again after a restart they count once."""
    history = await lives.happen(HISTORY)
    await publish(log, [history[0], b"\xff\xfe\x00", *history[1:], b"no event"])

    async def all_read() -> bool:
        return await position(own) == len(HISTORY)

    process = Process(log, own, own_dsn)
    async with process.running(process.reader(WritingSink())):
        await until(all_read, within=5)
    assert await applied(own) == list(range(1, len(HISTORY) + 1))
    records = [Record(offset, b"no event") for offset in range(10)]
    await (await lives.read(WritingSink())).take(records)  # as after a restart with an old hint
    assert [row.count for row in (await all_parked(own)).unreadable] == [2]
    found = [(row.stream, row.error) for row in (await all_parked(own)).parked]
    assert found == [("offset:1", "Undecodable"), ("offset:9", "Undecodable")]
    assert (await show(own, NAME, "offset:1", data=True)).events[0].data == "\\xff\\xfe\x00"
    await wish_discard(own, "p-operator", NAME, "offset:1", "a producer's mistake")
    with pytest.raises(NotFound):
        await show(own, NAME, "offset:1")
    assert await own.fetchval("select stream from discarded") == "offset:1"


async def test_unreadable_records_are_kept_within_bounds(lives: Lives, own: Pool) -> None:
    """Mechanism: the first hundred, 64 KB of each; the count goes on."""
    reader = await lives.read(WritingSink())
    for offset in range(unreadable.KEPT + 3):
        await unreadable.keep(own, reader.place, Record(offset, b"x" * (70_000 if offset == 0 else 7)))
    rows = await own.fetch("select at_offset, size, length(bytes) as kept from unreadable order by at_offset")
    assert (len(rows), tuple(rows[0])) == (unreadable.KEPT, (0, 70_000, unreadable.KEPT_BYTES))
    assert [row.count for row in (await all_parked(own)).unreadable] == [unreadable.KEPT + 3]


class AppliedNewly(FoundingApplied):
    """A type that the running code doesn't know yet."""

    VERSION = 9


def policy_sink(own: Pool, on: type[Event], broken: Callable[[Any], bool] = lambda _: False) -> PolicySink:
    def then(event: Any) -> Sequence[Apply]:
        if broken(event):
            raise ValueError("told nobody")
        return [Apply(enterprise=event.enterprise, on=event.applied_on)]

    store = PostgresStore(own)
    return PolicySink([Policy("follows", on=on, then=then)], store, execution(store), lambda: None)


def newly(number: int, day: int = 1) -> AppliedNewly:
    return AppliedNewly(enterprise=enterprise(number), applied_on=date(2025, 5, day))


async def reactions(own: Pool) -> list[tuple[str, str]]:
    rows = await own.fetch("select stream, tail from event order by pos")
    return [(row["stream"], row["tail"].split('"applied_on":"')[1][:10]) for row in rows]


async def test_an_unknown_type_is_recorded_and_reacted_to_when_it_is_known(
    lives: Lives, own: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mechanism: `unknown`. What was passed over is replayed at the start of the code that knows it, once, in order."""
    await lives.happen([newly(1, 1), application(3), newly(2, 2), newly(1, 3)])
    await lives.read(policy_sink(own, FoundingApplied))
    assert await reactions(own) == [(stream(3), "2025-05-06")]
    (passed,) = (await all_parked(own)).unknown
    assert (passed.type, passed.count, passed.first, passed.last) == (AppliedNewly.type_name(), 3, 1, 4)
    assert await position(own) == 4
    learn(monkeypatch, AppliedNewly)
    for _ in range(2):
        await lives.read(policy_sink(own, AppliedNewly))
    assert (await reactions(own))[1:] == [
        (stream(1), "2025-05-01"),
        (stream(2), "2025-05-02"),
        (stream(1), "2025-05-03"),
    ]
    assert (await all_parked(own)).unknown == ()


def learn(monkeypatch: pytest.MonkeyPatch, kind: type[Event]) -> None:
    """From now on this code knows the type."""
    assert isinstance(TYPES, dict)
    assert isinstance(READERS, dict)
    monkeypatch.setitem(TYPES, kind.type_name(), kind)
    monkeypatch.setitem(READERS, kind.type_name(), kind.model_validate)


async def test_what_fails_when_it_is_replayed_is_parked(
    lives: Lives, own: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mechanism: as above; the replay of one stream keeps no other from its own, nor the reader from going on."""
    await lives.happen([newly(1, 1), newly(2, 2), newly(1, 3)])
    await lives.read(policy_sink(own, FoundingApplied))
    learn(monkeypatch, AppliedNewly)
    await lives.read(policy_sink(own, AppliedNewly, broken=lambda event: event.applied_on.day == 1))
    assert await lives.parked() == {stream(1): (1, "ValueError")}
    assert (await lives.waiting(stream(1)), await reactions(own)) == ([1, 3], [(stream(2), "2025-05-02")])
    await wish_retry_all(own, "p-operator")
    await lives.read(policy_sink(own, AppliedNewly))
    assert (await reactions(own))[1:] == [(stream(1), "2025-05-01"), (stream(1), "2025-05-03")]


async def test_a_read_model_forgets_the_record_of_a_type_that_is_known_now(
    lives: Lives, own: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mechanism: a fold that knows another type is built anew; the record of the old build is only cleared."""
    fragile = Fragile()
    await lives.happen([registered(ONE), newly(1)])
    await lives.read(await build_sink(own, fragile.fold))
    assert len((await all_parked(own)).unknown) == 1
    learn(monkeypatch, AppliedNewly)
    await lives.read(await build_sink(own, fragile.fold))
    assert (await all_parked(own)).unknown == ()
    assert await contents(own, fragile) == plainly([registered(ONE)])


async def test_an_unknown_event_of_a_parked_stream_is_recorded_when_it_is_taken_up(lives: Lives, own: Pool) -> None:
    """Mechanism: what waits is treated, when its time comes, as it would have been."""
    fragile = Fragile(of(ONE))
    await lives.happen([registered(ONE), newly(1), surveyed(ONE, 3)])
    await lives.read(await build_sink(own, fragile.fold))
    assert (await all_parked(own)).unknown == ()
    fragile.mend()
    await wish_retry_all(own, "p-operator")
    await lives.read(await build_sink(own, fragile.fold))
    assert [row.count for row in (await all_parked(own)).unknown] == [1]
    assert await contents(own, fragile) == plainly([registered(ONE), surveyed(ONE, 3)])


async def test_a_policy_parks_a_stream_and_reacts_to_all_others(lives: Lives, own: Pool) -> None:
    """Mechanism: the Reader's; the policy knows nothing of it. Retried, each event is reacted to once, in order."""
    await lives.happen([application(1), application(2), application(1), application(3)])
    await lives.read(policy_sink(own, FoundingApplied, broken=of(ONE)))
    assert await lives.parked() == {stream(1): (1, "ValueError")}
    assert [each for each, _ in await reactions(own)] == [stream(2), stream(3)]
    await wish_retry_all(own, "p-operator")
    for _ in range(2):
        await lives.read(policy_sink(own, FoundingApplied))
    assert [each for each, _ in await reactions(own)] == [stream(2), stream(3), stream(1), stream(1)]


# Running


@pytest.mark.parametrize("with_broker", [True, False])
async def test_a_wish_is_carried_out_though_nothing_arrives(
    log: LogUnderTest, lives: Lives, own: Pool, own_dsn: str, with_broker: bool
) -> None:
    """Mechanism: the reader that holds the lease looks for wishes, between records and without any."""
    fragile = Fragile(of(ONE))
    await publish(log, await lives.happen(HISTORY))
    process = Process(log, own, own_dsn, None if with_broker else NO_BROKER)
    reader = process.reader(await build_sink(own, fragile.fold))

    async def is_parked() -> bool:
        return len(await lives.waiting(stream(1))) == 4 and await position(own) == len(HISTORY)

    async def is_mended() -> bool:
        return await lives.parked() == {}

    async with process.running(reader):
        await until(is_parked, within=10)
        assert not process.health.unready
        fragile.mend()
        await wish_retry(own, "p-operator", NAME, stream(1))
        await until(is_mended, within=3)
    assert await contents(own, fragile) == plainly(HISTORY)


async def test_what_a_dropped_reader_left_is_forgotten(lives: Lives, own: Pool) -> None:
    await lives.happen([*HISTORY, newly(3)])
    await lives.read(await build_sink(own, Fragile(of(ONE)).fold))
    async with own.acquire() as connection:
        await unknown.record(connection, Place("another", "/regions/1/x"), await lives.happen([]))
        await forget(connection, NAME)
    left = await all_parked(own)
    assert (left.parked, {row.reader for row in left.unknown}) == ((), {"another"})
