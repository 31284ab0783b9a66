"""The relay before it seals: a log that is behind the world, or another than it, isn't sealed on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from contracts.cloudevent import Sealed
from eventing.beacons import Beacon
from eventing.database import Pool
from eventing.embedded import MockBroker, Postgres
from eventing.gate import Gate
from eventing.refusal import Busy
from eventing.topics import HEADS
from eventing.witnesses import BEACON, TOPIC, Heard, Peers, Saw, Witnesses
from tests.support.logs import LogUnderTest
from tests.support.losing import Guarded, LosableLog, Said, back_up, restored
from tests.support.proxy import Proxy
from tests.support.reading import NO_BROKER, publish, seal_all
from tests.support.toy import Apply, enterprise, execution, order
from tests.support.waiting import eventually, until

BROKER = frozenset((BEACON, TOPIC))


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LosableLog:
    made = await LogUnderTest.made(pool, dsn, broker)
    return await LosableLog.opened(pool, dsn, broker.address, made.source)


@pytest.fixture
async def elsewhere(dsn: str, postgres: Postgres) -> str:
    name = f"{dsn.split('?')[0].rsplit('/', 1)[1]}restored"
    await postgres.ensure([name])
    return postgres.dsn(database=name)


@pytest.fixture
async def proxy(broker: MockBroker) -> AsyncIterator[Proxy]:
    proxy = Proxy(broker.address)
    await proxy.restore()
    yield proxy
    await proxy.cut()


async def sealed_to(log: LogUnderTest, count: int) -> None:
    async def so_far() -> bool:
        return await log.sealed() == count

    await until(so_far, within=15)


async def by_beacon(log: LogUnderTest, events: list[Sealed]) -> Witnesses | None:
    beacon = Beacon(log.source, events[-1].sequence, events[-1].hash, datetime.now(UTC))
    await publish(log, [beacon.text()], topic=HEADS)
    return None


async def by_topic(log: LogUnderTest, events: list[Sealed]) -> Witnesses | None:
    await publish(log, events)
    return None


async def by_a_reader(log: LogUnderTest, events: list[Sealed]) -> Witnesses | None:
    """The other service's own route, as far as its words go."""
    last = {"reader": "scoreboard/1", "source": log.source, "sequence": events[-1].sequence, "hash": events[-1].hash}
    standing = {"readers": [last | {"epoch": 0}, last | {"source": "/regions/1/other", "sequence": 99, "epoch": 0}]}
    http = httpx.AsyncClient(transport=httpx.MockTransport(lambda asked: _standing(asked, standing)))
    return Witnesses(log.source, log.bootstrap, Peers(("projection",), http, "http://gateway", lambda: "token"))


def _standing(asked: httpx.Request, standing: Any) -> httpx.Response:
    assert (asked.url.path, asked.headers["authorization"]) == ("/api/projection/operator/standing", "Bearer token")
    return httpx.Response(200, json=standing)


Witnessed = Callable[[LogUnderTest, list[Sealed]], Awaitable[Witnesses | None]]
WITNESSES = pytest.mark.parametrize("witnessed", [by_beacon, by_topic, by_a_reader])


@WITNESSES
async def test_each_witness_alone_makes_the_relay_refuse(
    log: LosableLog, elsewhere: str, tmp_path: Path, witnessed: Witnessed
) -> None:
    """Mechanism: the guard compares the head with beacon, topic and readers before anything is sealed."""
    await log.register(1, 2, 3)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    await log.register(4, 5)
    witnesses = await witnessed(log, await seal_all(log))
    async with restored(log, file, elsewhere) as back:
        await back.register(6)
        async with Guarded(back, witnesses).running() as guarded:
            await eventually(lambda: guarded.refuses, within=10)
            (said,) = guarded.health.unready
            assert f"{log.source}@5" in said
            assert "gonglian recover" in said
            assert await back.sealed() == 3
            assert await back.pool.fetchval("select count(*) from unsealed") == 1


@WITNESSES
async def test_the_same_number_with_another_hash_is_refused_too(
    log: LosableLog, elsewhere: str, tmp_path: Path, witnessed: Witnessed
) -> None:
    """Mechanism: hashes are compared, also below the head: here the fork was sealed before anybody looked."""
    await log.register(1, 2)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    await log.register(3, 4)
    witnesses = await witnessed(log, await seal_all(log))
    async with restored(log, file, elsewhere) as back:
        await back.register(5, 6, 7)
        await seal_all(back)
        async with Guarded(back, witnesses).running() as guarded:
            await eventually(lambda: guarded.refuses, within=10)
            assert await back.sealed() == 5


@WITNESSES
async def test_a_restored_log_that_lacks_nothing_goes_on(
    log: LosableLog, elsewhere: str, tmp_path: Path, witnessed: Witnessed
) -> None:
    await log.register(1, 2, 3)
    events = await seal_all(log)
    file = await back_up(log, tmp_path)
    witnesses = await witnessed(log, events)
    async with restored(log, file, elsewhere) as back:
        await back.register(4)
        async with Guarded(back, witnesses).running() as guarded:
            await sealed_to(back, 4)
            assert guarded.relay.gate.is_open
        assert await back.pool.fetchval("select restored_at is null from head")


async def test_a_lost_database_made_anew_is_behind_as_well(log: LosableLog, pool: Pool) -> None:
    """An empty log is the shortest of all."""
    await log.register(1)
    await publish(log, await seal_all(log))
    await pool.execute("truncate event, log, unsealed; update head set sequence = 0, hash = repeat('0', 64)")
    await log.register(2)
    async with Guarded(log).running() as guarded:
        await eventually(lambda: guarded.refuses, within=10)
        assert await log.sealed() == 0


async def test_commands_are_refused_while_it_is_behind_and_taken_when_it_is_not(log: LosableLog) -> None:
    """Mechanism: the gate. What would be decided would rest on a history without its end."""
    await log.register(1)
    saw = Said(Heard((Saw("reader", 9, "f" * 64),), BROKER))
    async with Guarded(log, saw).running() as guarded:
        await eventually(lambda: guarded.refuses, within=10)
        doing = execution(log.store)
        doing.gate = guarded.relay.gate
        command = order(Apply(enterprise=enterprise(5)), "k1")
        with pytest.raises(Busy) as refused:
            await doing.carry_out(command)
        assert refused.value.code == "log_behind"
        assert await log.pool.fetchval("select count(*) from event") == 1
        saw.heard = Heard((), BROKER)
        await sealed_to(log, 1)
        await doing.carry_out(command)
        await sealed_to(log, 2)


async def test_a_command_that_comes_before_the_verdict_waits_for_it() -> None:
    """Mechanism: the gate is not open before the first comparison."""
    gate = Gate(known=False)
    waiting = asyncio.ensure_future(gate.passed())
    await asyncio.sleep(0)
    assert not waiting.done()
    gate.open()
    await waiting
    gate = Gate(known=False)
    waiting = asyncio.ensure_future(gate.passed())
    await asyncio.sleep(0)
    gate.shut()
    with pytest.raises(Busy):
        await waiting
    with pytest.raises(Busy):
        await Gate(known=False).passed(0.01)


async def test_an_empty_broker_is_an_answer(log: LosableLog) -> None:
    """Mechanism: 'nothing known' from a reachable broker ends the wait at once: the embedded platform's every start."""
    await log.register(1)
    asked = Said(Heard((), BROKER | {"projection"}))
    async with Guarded(log, asked).running():
        await sealed_to(log, 1)
    assert asked.asked == 1


async def test_without_any_witness_it_goes_on_after_a_while_but_publishes_nothing(
    log: LosableLog, elsewhere: str, tmp_path: Path, proxy: Proxy
) -> None:
    """Mechanism: sealing goes on without a broker; publishing waits until it could be asked, and then refuses."""
    await log.register(1)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    await log.register(2)
    await publish(log, await seal_all(log))
    before = [sealed.text for sealed in await log.topic_records()]
    await proxy.cut()
    async with restored(log, file, elsewhere) as back:
        await back.pool.execute("update head set restored_at = null")  # set back by other means than ours
        await back.register(3)
        async with Guarded(back, bootstrap=proxy.address).running() as guarded:
            await sealed_to(back, 2)
            assert guarded.relay.gate.is_open
            await proxy.restore()
            await eventually(lambda: guarded.refuses, within=10)
        assert [sealed.text for sealed in await log.topic_records()] == before


async def test_a_restored_log_waits_for_a_witness_without_end(log: LosableLog, elsewhere: str, tmp_path: Path) -> None:
    """Mechanism: the mark that a restore leaves. Who knows of a restore doesn't go on in the dark."""
    await log.register(1)
    await seal_all(log)
    file = await back_up(log, tmp_path)
    async with restored(log, file, elsewhere) as back:
        await back.register(2)
        async with Guarded(back, bootstrap=NO_BROKER).running() as guarded:
            await eventually(lambda: any("nobody confirms" in said for said in guarded.health.unready), within=15)
            assert (await back.sealed(), guarded.relay.gate.is_open) == (1, False)


async def test_who_waits_for_the_lease_refuses_commands_too(log: LosableLog) -> None:
    """Mechanism: a process that doesn't lead compares as well."""
    await log.register(1)
    async with Guarded(log, Said(Heard((), BROKER))).running():
        await sealed_to(log, 1)
        async with Guarded(log, Said(Heard((Saw("reader", 9, "f" * 64),), BROKER))).running() as other:
            await eventually(lambda: other.refuses, within=10)
