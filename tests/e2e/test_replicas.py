"""Two processes of each service: one leads, one reads, and where one dies or freezes the other takes over in time."""

import asyncio
import itertools
import signal
import time
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from eventing.embedded import MockBroker
from eventing.identity import Role
from eventing.lease import lock_number
from eventing.shell.issuer import Issuer
from eventing.shell.settings import Settings
from eventing.topics import HEADS, source_of, topic_of
from tests.chaos.writers import life
from tests.support.stage import SERVICES, Replica, Stage
from tests.support.waiting import eventually, until

SOURCE = source_of("610000", "enterprise")
AFTER_KILL, AFTER_FREEZE = 15.0, 30.0
_SERIALS = itertools.count(1)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    broker = MockBroker()  # one that knows nothing: another test's log of that name would be a witness against ours
    broker.start()
    stage = Stage(tmp_path, broker)
    try:
        await stage.up([HEADS, *(topic_of(source_of("610000", name)) for name in SERVICES)])
        async with httpx.AsyncClient() as client:
            for replica in stage.replicas:
                await until(lambda port=replica.port: _ready(client, port), within=60)  # type: ignore[misc]
        yield stage
    finally:
        await stage.down()
        broker.stop()


async def _ready(client: httpx.AsyncClient, port: int) -> bool:
    try:
        return (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200
    except httpx.TransportError:
        return False


async def _holders(stage: Stage, service: str, lease: str) -> list[int]:
    """The ports of the clients' processes that hold a lease: one at most, says PostgreSQL."""
    high, low = divmod(lock_number(lease) % 2**64, 2**32)
    connection = await asyncpg.connect(stage.dsn(service))
    try:
        rows = await connection.fetch(
            "select pid from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = $2"
            " and database = (select oid from pg_database where datname = current_database())",
            high,
            low,
        )
    finally:
        await connection.close()
    return [row["pid"] for row in rows]


def _who_leads(stage: Stage) -> Replica | None:
    """The replica whose log said last that it leads; None: none has said so yet."""
    said = {
        line[line.index('"timestamp":') :]: replica
        for replica in stage.replicas
        if replica.service == "enterprise"
        for line in replica.log.read_text("utf-8").splitlines()
        if '"relay_leads"' in line
    }
    return said[max(said)] if said else None


async def _leader(stage: Stage) -> Replica:
    """It holds the lease before its log says that it leads: it looks for a fork first."""
    await eventually(lambda: _who_leads(stage) is not None, within=AFTER_KILL)
    leader = _who_leads(stage)
    assert leader is not None
    return leader


async def _entered(stage: Stage, serial: int, **headers: str) -> list[dict[str, Any]]:
    """One enterprise's whole life by the gateway, sent again until it is answered."""
    settings, answers = Settings(), []
    issuer = Issuer(None, settings.issuer, settings.audience, stage.key)
    token = issuer.token("p-test", [Role.OFFICER, Role.APPROVER], "u-610102", timedelta(hours=1))
    async with httpx.AsyncClient(timeout=12) as client, asyncio.timeout(90):
        for step, body in life(serial, date.today()):
            headers |= {"Authorization": f"Bearer {token}", "Idempotency-Key": f"{serial}-{step}"}
            while True:
                answer = await client.post(f"{stage.gateway.url}/api/enterprise/{step}", json=body, headers=headers)
                if answer.status_code == 200:
                    answers.append(answer.json())
                    break
                assert answer.status_code in (502, 503), answer.text
                await asyncio.sleep(0.1)
    return answers


async def _shown(stage: Stage, sequence: int) -> bool:
    connection = await asyncpg.connect(stage.dsn("projection"))
    try:
        at = await connection.fetchval("select max(sequence) from position where source = $1", SOURCE)
        return int(at or 0) >= sequence
    finally:
        await connection.close()


async def _sealed(stage: Stage) -> int:
    connection = await asyncpg.connect(stage.dsn("enterprise"))
    try:
        return int(await connection.fetchval("select sequence from head where not exists (select from unsealed)") or 0)
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("harm", "within"), [(signal.SIGKILL, AFTER_KILL), (signal.SIGSTOP, AFTER_FREEZE)], ids=["killed", "frozen"]
)
async def test_where_the_leader_is_gone_the_other_takes_over_in_time(
    stage: Stage, harm: signal.Signals, within: float
) -> None:
    """Mechanism: leases on connections that the server ends when they fall silent (eventing/lease.py)."""
    await _entered(stage, next(_SERIALS))
    leader = await _leader(stage)
    assert len(await _holders(stage, "enterprise", f"relay {SOURCE}")) == 1
    reading = next(replica for replica in stage.replicas if replica.service == "projection")
    leader.send(harm)
    reading.send(harm)
    harmed, before = time.monotonic(), await _sealed(stage)
    stage.gateway.targets["enterprise"] = [r.port for r in stage.replicas if r.service == "enterprise" and r != leader]
    await _entered(stage, next(_SERIALS))

    async def taken_over() -> bool:
        head = await _sealed(stage)
        return head > before and await _shown(stage, head)

    await until(taken_over, within=within)
    print(f"taken over after {time.monotonic() - harmed:.1f} s")
    assert await _leader(stage) is not leader
    assert len(await _holders(stage, "enterprise", f"relay {SOURCE}")) == 1


async def test_of_two_processes_each_clock_is_fired_by_one(stage: Stage) -> None:
    """Mechanism: a clock is claimed by `delete … returning` in the transaction of its command."""
    serials = [next(_SERIALS) for _ in range(30)]
    await asyncio.gather(*(_entered(stage, serial) for serial in serials))
    connection = await asyncpg.connect(stage.dsn("enterprise"))

    async def all_fired() -> bool:
        return not await connection.fetchval("select count(*) from deadline where due_at <= now()")

    try:
        await until(all_fired, within=30)
        fired = await connection.fetch(
            "select stream, count(*) as times from event where tail like '%.VisitOverdue.%' group by stream"
        )
        assert {row["times"] for row in fired} == {1}
        assert len(fired) >= len([serial for serial in serials if serial % 3 == 0])
    finally:
        await connection.close()


async def test_enterprises_go_on_without_the_service_of_stations_and_hear_of_it_when_it_comes(stage: Stage) -> None:
    """Mechanism: a source that is away makes nobody unready, and holds up no other; its log is read from its beginning
    when it is there."""
    await _entered(stage, 41)
    sequence = await _sealed(stage)
    await until(lambda: _shown(stage, sequence), within=30)
    async with httpx.AsyncClient(timeout=12) as client:
        for replica in stage.replicas:
            await until(lambda port=replica.port: _ready(client, port), within=60)  # type: ignore[misc]
        await stage.postgres.ensure(["stations"])
        await asyncio.to_thread(stage.kafka.ensure_topics, [topic_of(source_of("610000", "stations"))])
        stage.start("stations")
        for replica in stage.replicas:
            await until(lambda port=replica.port: _ready(client, port), within=60)  # type: ignore[misc]
        await _placed(stage, client)
    await until(lambda: _noted(stage), within=60)


async def _placed(stage: Stage, client: httpx.AsyncClient) -> None:
    """A room in a town."""
    settings, day, town = Settings(), f"{date.today()}", "t-610102-01"
    issuer = Issuer(None, settings.issuer, settings.audience, stage.key)
    token = issuer.token("p-test", [Role.OFFICER], "u-610102", timedelta(hours=1))
    point = {"lat": 34.2658, "lon": 108.9541, "datum": "wgs84"}
    room = {"kind": "fixed", "name": "示例工会驿站", "union": "u-610102", "area_m2": 45, "host_body": "示例街道办事处"}
    commands: dict[str, dict[str, Any]] = {
        "list-town": {
            "town": town,
            "name": "示例街道",
            "kind": "subdistrict",
            "centre": point,
            "reach_m": 3000,
            "listed_on": day,
        },
        "plan-station": {"station": "s-610102-001", "town": town, "planned_on": day, **point, **room},
        "open-station": {"station": "s-610102-001", "opened_on": day},
    }
    for name, body in commands.items():
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": name}
        answer = await client.post(f"{stage.gateway.url}/api/stations/{name}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text


async def _noted(stage: Stage) -> bool:
    connection = await asyncpg.connect(stage.dsn("enterprise"))
    try:
        return bool(await connection.fetchval("select exists (select from view_noted_stations)"))
    finally:
        await connection.close()
