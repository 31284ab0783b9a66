"""Audit on a real database: each kind of damage is made by hand, found at its place, and named."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import pytest

from contracts.cloudevent import GENESIS, Sealed, seal, text_hash
from eventing.audit import Report, verify
from eventing.audit_findings import Kind
from eventing.beacons import Beacon
from eventing.database import Pool
from eventing.embedded import MockBroker
from eventing.topics import HEADS
from eventing.witnesses import Heard, Saw, Witnesses
from tests.support.logs import LogUnderTest
from tests.support.reading import publish, seal_all

EVENTS = 25


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LogUnderTest:
    """A log of 25 sealed events in three streams."""
    log = await LogUnderTest.made(pool, dsn, broker)
    await log.append(EVENTS)
    await seal_all(log)
    return log


async def audited(log: LogUnderTest, *saw: Saw) -> Report:
    return await verify(log.dsn, saw)


async def pos_of(log: LogUnderTest, sequence: int) -> int:
    return int(await log.pool.fetchval("select pos from log where sequence = $1", sequence))


async def stream_of(log: LogUnderTest, sequence: int) -> str:
    found = await log.pool.fetchval("select stream from event join log using (pos) where sequence = $1", sequence)
    return str(found)


async def reseal(log: LogUnderTest, start: int = 1) -> None:
    """Seal everything anew from `start` on, as only the owner of the database can."""
    held = await log.pool.fetchval("select hash from log where sequence = $1", start - 1) or GENESIS
    for row in await log.pool.fetch(
        "select sequence, tail from event join log using (pos) where sequence >= $1 order by sequence", start
    ):
        held = text_hash(seal(row["tail"], row["sequence"], held))
        await log.pool.execute("update log set hash = $2 where sequence = $1", row["sequence"], held)
    await log.pool.execute("update head set hash = $1", held)


async def test_an_intact_log_has_nothing_to_find(log: LogUnderTest) -> None:
    """And what waits for its number, or was published, changes nothing."""
    events = await seal_all(log)
    await log.append(3)
    report = await audited(
        log, Saw("beacon", 25, events[-1].hash), Saw("reader", 7, events[6].hash), Saw("beacon", 0, GENESIS)
    )
    assert (report.finding, report.events, report.hash) == (None, EVENTS, events[-1].hash)


async def test_an_empty_log_is_whole(pool: Pool, dsn: str, broker: MockBroker) -> None:
    report = await audited(await LogUnderTest.made(pool, dsn, broker))
    assert (report.finding, report.events) == (None, 0)


async def alter_a_text(log: LogUnderTest) -> None:
    await log.pool.execute(
        "update event set tail = replace(tail, '2025-05-0', '2025-06-0') where pos = $1", await pos_of(log, 8)
    )


async def alter_the_last_text(log: LogUnderTest) -> None:
    await log.pool.execute(
        "update event set tail = replace(tail, '2025-05-0', '2025-06-0') where pos = $1", await pos_of(log, 25)
    )


async def alter_a_hash(log: LogUnderTest) -> None:
    await log.pool.execute("update log set hash = repeat('a', 64) where sequence = 8")


async def alter_a_column(log: LogUnderTest) -> None:
    await log.pool.execute("update event set version = 99 where pos = $1", await pos_of(log, 10))


async def alter_the_head(log: LogUnderTest) -> None:
    await log.pool.execute("update head set hash = repeat('b', 64)")


async def open_an_epoch(log: LogUnderTest) -> None:
    await log.pool.execute("update log set epoch = 1 where sequence >= 9")
    held = await log.pool.fetchval("select hash from log where sequence = 8")
    for row in await log.pool.fetch(
        "select sequence, tail from event join log using (pos) where sequence > 8 order by sequence"
    ):
        held = text_hash(seal(row["tail"], row["sequence"], held, 1))
        await log.pool.execute("update log set hash = $2 where sequence = $1", row["sequence"], held)
    await log.pool.execute("update head set hash = $1, epoch = 1", held)


async def remove_an_event(log: LogUnderTest) -> None:
    await log.pool.execute("delete from event where pos = $1", await pos_of(log, 8))


async def remove_an_event_and_its_number(log: LogUnderTest) -> None:
    await remove_an_event(log)
    await log.pool.execute("delete from log where sequence = 8")


async def remove_a_number(log: LogUnderTest) -> None:
    await log.pool.execute("delete from log where sequence = 8")


async def remove_one_that_waits(log: LogUnderTest) -> None:
    await log.append(1)
    await log.pool.execute("delete from event where pos in (select pos from unsealed)")


async def remove_and_close_up_and_seal_anew(log: LogUnderTest) -> None:
    await remove_an_event_and_its_number(log)
    for sequence in range(9, EVENTS + 1):
        await log.pool.execute("update log set sequence = sequence - 1 where sequence = $1", sequence)
    await log.pool.execute("update head set sequence = sequence - 1")
    await reseal(log)


async def insert_beside_the_relay(log: LogUnderTest) -> None:
    await log.append(1)
    await log.pool.execute("delete from unsealed")


async def insert_in_the_midst(log: LogUnderTest) -> None:
    await insert_beside_the_relay(log)
    pos = await log.pool.fetchval("select max(pos) from event")
    for sequence in range(EVENTS, 7, -1):
        await log.pool.execute("update log set sequence = sequence + 1 where sequence = $1", sequence)
    row = await log.pool.fetchrow(
        "select hash, tail from log cross join event where sequence = 7 and event.pos = $1", pos
    )
    assert row is not None
    hash = text_hash(seal(row["tail"], 8, row["hash"]))
    await log.pool.execute("insert into log (sequence, pos, hash) values (8, $1, $2)", pos, hash)
    await log.pool.execute("update head set sequence = sequence + 1")


async def insert_after_the_head(log: LogUnderTest) -> None:
    await insert_beside_the_relay(log)
    await log.pool.execute("insert into log (sequence, pos, hash) select 26, max(pos), repeat('c', 64) from event")


async def queue_one_again(log: LogUnderTest) -> None:
    await log.pool.execute("insert into unsealed select pos from log where sequence = 8")


async def swap_two(log: LogUnderTest) -> None:
    eighth, eleventh = await pos_of(log, 8), await pos_of(log, 11)
    await log.pool.execute("update log set pos = -pos where sequence in (8, 11)")
    await log.pool.execute("update log set pos = $1 where sequence = 11", eighth)
    await log.pool.execute("update log set pos = $1 where sequence = 8", eleventh)


async def cut_off_the_tail(log: LogUnderTest) -> None:
    await log.pool.execute("delete from event where pos in (select pos from log where sequence > 21)")
    await log.pool.execute("delete from log where sequence > 21")
    await log.pool.execute("update head set sequence = 21, hash = (select hash from log where sequence = 21)")


async def rewrite_it_all(log: LogUnderTest) -> None:
    await alter_a_text(log)
    await reseal(log)


Damage = Callable[[LogUnderTest], Awaitable[None]]


@pytest.mark.parametrize(
    ("damage", "kind", "sequence"),
    [
        (alter_a_text, Kind.ALTERED, 8),
        (alter_the_last_text, Kind.ALTERED, 25),
        (alter_a_hash, Kind.ALTERED, 8),
        (alter_a_column, Kind.ALTERED, 10),
        (alter_the_head, Kind.ALTERED, 25),
        (open_an_epoch, Kind.ALTERED, 9),
        (remove_an_event, Kind.REMOVED, 8),
        (remove_an_event_and_its_number, Kind.REMOVED, 8),
        (remove_a_number, Kind.REMOVED, 8),
        (remove_one_that_waits, Kind.REMOVED, 0),
        (remove_and_close_up_and_seal_anew, Kind.REMOVED, 8),
        (insert_beside_the_relay, Kind.INSERTED, 0),
        (insert_in_the_midst, Kind.INSERTED, 8),
        (insert_after_the_head, Kind.INSERTED, 26),
        (queue_one_again, Kind.INSERTED, 8),
        (swap_two, Kind.REORDERED, 8),
    ],
)
async def test_damage_is_found_at_its_place_by_the_log_itself(
    log: LogUnderTest, damage: Damage, kind: Kind, sequence: int
) -> None:
    """Mechanism: texts and hashes are recomputed along the chain; rows, numbers, versions and head must agree."""
    await damage(log)
    finding = (await audited(log)).finding
    assert finding is not None
    assert (finding.kind, finding.sequence) == (kind, sequence), finding.en
    assert not finding.zh.isascii()
    assert finding.en.isascii()


@pytest.mark.parametrize("damage", [alter_a_text, swap_two, insert_in_the_midst])
async def test_the_stream_is_named(log: LogUnderTest, damage: Damage) -> None:
    await damage(log)
    finding = (await audited(log)).finding
    assert finding is not None
    assert finding.stream == await stream_of(log, 8)


@pytest.mark.parametrize("witness", ["beacon", "reader"])
@pytest.mark.parametrize(
    ("damage", "kind", "sequence"), [(cut_off_the_tail, Kind.TRUNCATED, 22), (rewrite_it_all, Kind.REWRITTEN, 25)]
)
async def test_what_the_owner_of_the_database_did_is_found_by_others(
    log: LogUnderTest, damage: Damage, kind: Kind, sequence: int, witness: str
) -> None:
    """Mechanism: heads kept by others. The log by itself is whole again, and its chain fits."""
    last = (await seal_all(log))[-1]
    await damage(log)
    assert (await audited(log)).finding is None
    finding = (await audited(log, Saw(witness, 25, last.hash))).finding
    assert finding is not None
    assert (finding.kind, finding.sequence) == (kind, sequence)
    assert witness in finding.en


async def test_beacon_and_topic_are_heard_by_their_last_word(log: LogUnderTest) -> None:
    """Mechanism: the ends of both topics are read; a late leader's older word after the last one misleads nobody."""
    events = await seal_all(log)
    await publish(log, [*events, *events[10:20]])
    said = [Beacon(log.source, n, events[n - 1].hash, datetime.now(UTC)).text() for n in (24, 25, 20)]
    other = Beacon("/regions/999999/enterprise", 77, "f" * 64, datetime.now(UTC)).text()
    await publish(log, [*said, other], topic=HEADS)
    testimony = await Witnesses(log.source, log.bootstrap).ask()
    assert {(saw.by, saw.sequence, saw.hash) for saw in testimony.saw} == {
        ("beacon", 25, events[-1].hash),
        ("topic", 25, events[-1].hash),
    }


async def test_nothing_known_is_an_answer_and_no_broker_is_none(log: LogUnderTest) -> None:
    testimony = await Witnesses(log.source, log.bootstrap).ask()
    assert testimony == Heard(answered=frozenset(("beacon", "topic")))
    testimony = await Witnesses(log.source, "127.0.0.1:1").ask()
    assert testimony == Heard(unreachable=frozenset(("beacon", "topic")))


async def test_pages_meet_without_a_seam(log: LogUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mechanism: a page begins where the one before ended; a number that is missing at the seam is missed."""
    monkeypatch.setattr("eventing.audit.PAGE", 4)
    assert (await audited(log)).finding is None
    told: Sequence[Sealed] = await seal_all(log)
    assert len(told) == EVENTS
    for sequence in (8, 5):
        await log.pool.execute("delete from log where sequence = $1", sequence)
        finding = (await audited(log)).finding
        assert finding is not None
        assert (finding.kind, finding.sequence) == (Kind.REMOVED, sequence)
