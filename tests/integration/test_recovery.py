"""Recovery on real parts: a restored log gets its lost tail back at its numbers, from its topic or from a file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from contracts.cloudevent import Sealed, decode, seal, text_hash
from eventing.audit import verify
from eventing.database import Pool
from eventing.embedded import MockBroker, Postgres
from eventing.moment import midnight_after
from eventing.reactions import DeadlineRunner
from eventing.recovery import NothingLost, StillSealing, open_epoch, recover
from eventing.tails import FileTail, Tail, Tampered, TopicTail
from eventing.witnesses import Saw, Witnesses
from tests.support.logs import LogUnderTest
from tests.support.losing import SERVICE, Guarded, LosableLog, Said, back_up, fact, give_up, kept, restored, together
from tests.support.reading import publish, seal_all
from tests.support.toy import StandingClock, enterprise, execution, will_stated
from tests.support.toy_fold import registered
from tests.support.waiting import eventually, until


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LosableLog:
    made = await LogUnderTest.made(pool, dsn, broker)
    return await LosableLog.opened(pool, dsn, broker.address, made.source)


@pytest.fixture
async def elsewhere(dsn: str, postgres: Postgres) -> str:
    name = f"{dsn.split('?')[0].rsplit('/', 1)[1]}restored"
    await postgres.ensure([name])
    return postgres.dsn(database=name)


def topic(log: LogUnderTest) -> Tail:
    return TopicTail(log.bootstrap, log.topic)


async def lived(log: LosableLog) -> None:
    """Wills are stated again and again, so that rows move between cells and clocks begin anew."""
    await log.register(1, 2, 3)
    await log.will(1, 2)
    await log.will(2, 2, day=9)


async def lived_on(log: LosableLog) -> list[Sealed]:
    await log.register(4)
    await log.will(2, 3, day=12)
    await log.will(4, 2, day=13)
    await log.will(3, 2)
    await log.register(5)
    return await seal_all(log)


@pytest.mark.parametrize("origin", ["topic", "page", "lines"])
async def test_the_lost_tail_comes_back_at_its_numbers(
    log: LosableLog, elsewhere: str, tmp_path: Path, origin: str
) -> None:
    """Mechanism: the tail is checked along the chain from our head's hash on, and put back with its hashes; views and
    clocks fold what came back."""
    await lived(log)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    events = await lived_on(log)
    before = await log.content()
    tail = FileTail(kept(tmp_path, events[3:], as_lines=origin == "lines"))
    if origin == "topic":
        await publish(log, [*events, *events[2:8]])
        tail = topic(log)  # type: ignore[assignment]
    async with restored(log, file, elsewhere) as back:
        assert await back.content() != before
        done = await recover(elsewhere, SERVICE, log.source, tail, [Saw("reader", 10, events[-1].hash)])
        assert (done.before, done.after, done.taken, done.ours, done.missing) == (5, 10, 5, 0, None)
        assert await back.content() == before
        assert (await verify(elsewhere, [Saw("reader", 10, events[-1].hash)])).finding is None


async def test_the_relay_goes_on_by_itself_after_a_recovery(log: LosableLog, elsewhere: str, tmp_path: Path) -> None:
    """Mechanism: a relay that refuses gives its lease back, and looks again."""
    await lived(log)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    events = await lived_on(log)
    await publish(log, events)
    async with restored(log, file, elsewhere) as back, Guarded(back).running() as guarded:
        await eventually(lambda: guarded.refuses, within=10)
        await recover(elsewhere, SERVICE, log.source, topic(log), [])
        await eventually(lambda: guarded.relay.gate.is_open, within=10)
        await back.register(6)
        await until(lambda: _is_sealed(back, 11), within=10)
        await until(lambda: _is_published(back, 11), within=10)
    numbers = {sealed.sequence: sealed.hash for sealed in await log.topic_records()}
    assert len(numbers) == 11


async def _is_sealed(log: LogUnderTest, count: int) -> bool:
    return await log.sealed() == count


async def _is_published(log: LogUnderTest, count: int) -> bool:
    return await log.published() == count


async def test_what_waited_for_its_number_in_the_backup_gets_the_worlds_number(
    log: LosableLog, elsewhere: str, tmp_path: Path
) -> None:
    """Mechanism: an event that is there with the same id and text is sealed where the world has it, not doubled."""
    await lived(log)
    await seal_all(log)
    await log.register(7)
    await log.will(7, 2)
    file = await back_up(log, tmp_path)
    events = await lived_on(log)
    before = await log.content()
    async with restored(log, file, elsewhere) as back:
        done = await recover(elsewhere, SERVICE, log.source, FileTail(kept(tmp_path, events)), [])
        assert (done.taken, done.ours, done.set_aside) == (7, 2, ())
        assert await back.content() == before
        assert await back.pool.fetchval("select count(*) from unsealed") == 0


async def test_what_was_decided_on_the_truncated_log_is_named_and_kept_aside(
    log: LosableLog, elsewhere: str, tmp_path: Path
) -> None:
    """Mechanism: an event of ours in a lost one's place goes aside with all that follows it in its stream and was
    decided with it; what has nothing to do with it stays and is sealed later. Its command may be given again."""
    await lived(log)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    events = await lived_on(log)
    before = await log.content()
    async with restored(log, file, elsewhere) as back:
        clash = fact(will_stated(enterprise(2)), 3, log.source)
        beside = fact(registered(enterprise(8)), 1, log.source)
        clash, beside = together(clash, beside)
        await back.happened(clash, beside)
        await back.will(8, 2)
        await back.register(9)
        pos = await back.pool.fetchval("select pos from event where id = $1", beside.id)
        await back.pool.execute(
            "insert into answer (actor, key, fingerprint, body, pos) values ('a', 'k', '', '', $1)", pos
        )
        done = await recover(elsewhere, SERVICE, log.source, FileTail(kept(tmp_path, events)), [])
        assert [(one.stream, one.version) for one in done.set_aside] == [
            (clash.stream, 3),
            (beside.stream, 1),
            (beside.stream, 2),
        ]
        rows = await back.pool.fetch("select id, tail from set_aside order by pos")
        assert [row["tail"] for row in rows[:2]] == [clash.tail, beside.tail]
        assert await back.pool.fetchval("select count(*) from answer") == 0
        assert (await verify(elsewhere, ())).finding is None
        after = await back.content()
        assert [row for row in after["view"] if row[0] != enterprise(9)] == before["view"]
        assert after["clocks"] == before["clocks"]
        assert (after["log"], after["head"]) == (before["log"], before["head"])
        assert await back.pool.fetchval("select count(*) from unsealed") == 1


async def test_the_same_command_given_again_after_the_restore_does_not_double(
    log: LosableLog, elsewhere: str, tmp_path: Path
) -> None:
    """Mechanism: ids derive from actor and key; of two events with one id the world's counts."""
    await lived(log)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    again = uuid4()
    await log.will(3, 2, id=again)
    events = await seal_all(log)
    before = await log.content()
    async with restored(log, file, elsewhere) as back:
        await back.will(3, 2, id=again)
        done = await recover(elsewhere, SERVICE, log.source, FileTail(kept(tmp_path, events)), [])
        assert (done.taken, [one.id for one in done.set_aside]) == (1, [again])
        assert await back.content() == before


def forged(events: Sequence[Sealed], at: int, sealed_anew: bool = False) -> list[Sealed]:
    """The event at that number says another day; with `sealed_anew` the chain after it fits again."""
    made = list(events[: at - 1])
    for sealed in events[at - 1 :]:
        text = sealed.text.replace(b'"2025-0', b'"2024-0') if sealed.sequence == at else sealed.text
        if sealed_anew and made:
            tail = Sealed.read(text).tail
            text = seal(tail, sealed.sequence, text_hash(made[-1].text))
        made.append(Sealed.read(text))
    return made


async def test_a_tampered_file_is_refused_and_nothing_is_written(
    log: LosableLog, elsewhere: str, tmp_path: Path
) -> None:
    """Mechanism: the whole tail is checked before the first write, along the chain and against the witnesses."""
    await lived(log)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    events = await lived_on(log)
    saw = [Saw("reader", 9, events[8].hash), Saw("beacon", 10, events[9].hash)]
    async with restored(log, file, elsewhere) as back:
        before = await back.content()
        for bad in (forged(events, 7), forged(events, 7, sealed_anew=True), forged(events, 10), forged(events, 5)):
            with pytest.raises(Tampered):
                await recover(elsewhere, SERVICE, log.source, FileTail(kept(tmp_path, bad)), saw)
            assert await back.content() == before


async def test_a_tail_with_a_gap_is_taken_up_to_it_and_the_rest_from_elsewhere(
    log: LosableLog, elsewhere: str, tmp_path: Path
) -> None:
    """Mechanism: only what follows without a gap is put back; what is missing is named."""
    await lived(log)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    events = await lived_on(log)
    before = await log.content()
    await publish(log, [*events[:7], *events[8:]])
    async with restored(log, file, elsewhere) as back:
        done = await recover(elsewhere, SERVICE, log.source, topic(log), [])
        assert (done.after, done.missing) == (7, 8)
        done = await recover(elsewhere, SERVICE, log.source, FileTail(kept(tmp_path, events[7:9])), [Saw("r", 10, "x")])
        assert (done.after, done.missing) == (9, 10)
        done = await recover(elsewhere, SERVICE, log.source, topic(log), [])
        assert (done.after, done.missing) == (10, None)
        assert await back.content() == before


async def test_a_clock_that_fired_in_the_lost_time_fires_no_second_event(
    log: LosableLog, elsewhere: str, tmp_path: Path
) -> None:
    """Mechanism: a reaction whose events are in the log was carried out, though the record of it was lost."""
    await log.register(1)
    await log.will(1, 2)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    clock = StandingClock(midnight_after(decode((await seal_all(log))[-1].text).event.stated_on.replace(day=30)))  # type: ignore[attr-defined]
    assert await _runner(log, clock).fire_due() == 1
    await publish(log, await seal_all(log))
    async with restored(log, file, elsewhere) as back:
        await recover(elsewhere, SERVICE, log.source, topic(log), [])
        fired = await back.content()
        assert await _runner(back, clock).fire_due() == 1
        assert await _runner(back, clock).fire_due() == 0
        after = await back.content()
        assert (after["stream"], after["clocks"]) == (fired["stream"], [])


def _runner(log: LosableLog, clock: StandingClock) -> DeadlineRunner:
    return DeadlineRunner(log.pool, log.clocks, log.store, execution(log.store, log.source, clock), clock, lambda: None)


async def test_a_clock_started_in_the_lost_time_runs_again(log: LosableLog, elsewhere: str, tmp_path: Path) -> None:
    await log.register(1)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    await log.will(1, 2)
    await publish(log, await seal_all(log))
    async with restored(log, file, elsewhere) as back:
        assert (await back.content())["clocks"] == []
        await recover(elsewhere, SERVICE, log.source, topic(log), [])
        assert (await back.content())["clocks"] == (await log.content())["clocks"] != []


async def test_a_log_that_a_relay_seals_is_not_recovered(log: LosableLog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mechanism: recovery needs the relay's lease."""
    monkeypatch.setattr("eventing.recovery._LEASE_SECONDS", 0.5)
    await log.register(1)
    async with Guarded(log).running():
        await until(lambda: _is_sealed(log, 1), within=10)
        with pytest.raises(StillSealing):
            await recover(log.dsn, SERVICE, log.source, topic(log), [])


async def test_a_new_epoch_goes_on_at_the_head_and_says_so_in_every_text(
    log: LosableLog, elsewhere: str, tmp_path: Path
) -> None:
    """Mechanism: the head carries the epoch into texts, log and beacons; what the old one had above doesn't count."""
    await lived(log)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    events = await lived_on(log)
    await publish(log, events[:8])
    saw = [Saw("reader", 10, events[-1].hash)]
    async with restored(log, file, elsewhere) as back:
        with pytest.raises(NothingLost):
            await open_epoch(log.dsn, log.source, "no need", saw)
        done = await open_epoch(elsewhere, log.source, "Kafka was lost too", saw)
        assert (done.epoch, done.after) == (1, 5)
        await back.register(8, 9)
        witnesses = Witnesses(log.source, log.bootstrap)
        said = Said(replace(await witnesses.ask(), saw=(*(await witnesses.ask()).saw, *saw)))
        async with Guarded(back, said).running():
            await until(lambda: _is_published(back, 7), within=10)
        texts = await seal_all(back)
        assert [(sealed.sequence, sealed.epoch) for sealed in texts[4:]] == [(5, 0), (6, 1), (7, 1)]
        assert texts[5].prevhash == events[4].hash
        assert decode(texts[6].text).event == registered(enterprise(9))
        assert [sealed.text for sealed in texts[5:]] == [sealed.text for sealed in (await log.topic_records())[8:][-2:]]
        assert (await verify(elsewhere, saw)).finding is None
        assert (await verify(elsewhere, [Saw("beacon", 7, texts[-1].hash, 1)])).finding is None
        assert (await verify(elsewhere, [Saw("beacon", 7, events[6].hash, 1)])).finding is not None


async def test_a_recovery_follows_the_newest_epoch(log: LosableLog, elsewhere: str, tmp_path: Path) -> None:
    """Mechanism: what an older epoch has above the beginning of a newer one is passed over, in topic and file."""
    await lived(log)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    old = await lived_on(log)
    await give_up(log, 7)
    await log.register(8, 9)
    new = await seal_all(log)
    await publish(log, [*old, *new[7:]])
    async with restored(log, file, elsewhere) as back:
        done = await recover(elsewhere, SERVICE, log.source, topic(log), [Saw("beacon", 9, new[-1].hash, 1)])
        assert (done.after, done.epoch, done.missing) == (9, 1, None)
        assert (await back.content())["log"] == (await log.content())["log"]
        assert (await verify(elsewhere, [Saw("beacon", 9, new[-1].hash, 1)])).finding is None
