"""Parking in a running service: what its operator sees, over HTTP and by command; and that all else goes on."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from starlette.types import Receive, Scope, Send

from contracts.enterprise import FoundingApplied
from eventing.clock import PlayedClock
from eventing.embedded import MockBroker
from eventing.identity import Role
from eventing.playing import Playing
from eventing.policies import Policy, reader_of
from eventing.read_models import ReadModel
from eventing.service import Service
from eventing.shell.application import application
from eventing.shell.issuer import Issuer, fresh_key
from eventing.shell.process import the_world
from eventing.shell.runtime import Runtime
from eventing.shell.settings import Settings
from eventing.shell.stages import InProcess
from eventing.topics import HEADS, topic_of
from tests.support.parking import Fragile
from tests.support.reading import end
from tests.support.toy import DECISIONS, SOURCE, Apply, applied, enterprise, new_event, stream
from tests.support.toy_fold import registered, surveyed
from tests.support.waiting import until

ONE, TWO = enterprise(1), enterprise(2)
SECRET = "13800000000"
REACTS = reader_of([Policy("reacts", on=FoundingApplied, then=lambda _: [])])


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    exit_code: int | None
    stdout: str
    stderr: str


@dataclass
class Running:
    """A toy service that reads its own log, with what stands around it."""

    runtime: Runtime
    issuer: Issuer
    fragile: Fragile
    env: dict[str, str]
    folder: Path

    def operator(self, union: str = "u-610000") -> httpx.AsyncClient:
        token = self.issuer.token("p-operator", [Role.OPERATOR], union, timedelta(hours=1))
        transport = httpx.ASGITransport(app=application(self.runtime))
        return httpx.AsyncClient(
            transport=transport,
            base_url="http://toy/api/enterprise/operator",
            headers={"Authorization": f"Bearer {token}"},
        )

    async def happen(self, *events: Any) -> None:
        for event in events:
            version = await self.runtime.pool.fetchval("select 1 + count(*) from event where stream = $1", event.stream)
            async with self.runtime._store.unit() as unit:
                await unit.append([new_event(event, version)])
        self.runtime.relay.appended.set()

    async def command(self, *words: str) -> "Said":
        """`gonglian parked …` as in this service's container."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.cli", "parked", *words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **self.env},
        )
        async with asyncio.timeout(60):
            out, err = await process.communicate()
        return Said(process.returncode, out.decode(), err.decode())

    async def at_head(self) -> bool:
        at = await self.runtime.standing()
        return not at.behind({SOURCE: at.sequence})

    async def parked(self) -> list[str]:
        return [row["stream"] for row in await self.runtime.pool.fetch("select stream from parked order by stream")]

    async def nothing_parked(self) -> bool:
        return not await self.parked()


@pytest.fixture
async def service(dsn: str, tmp_path: Path) -> AsyncIterator[Running]:
    broker = MockBroker()  # of its own: the topic of another test's log would be a fork
    broker.start()
    async with _running(dsn, broker, tmp_path) as running:
        yield running
    broker.stop()


@asynccontextmanager
async def _running(dsn: str, broker: MockBroker, folder: Path) -> AsyncIterator[Running]:
    fragile = Fragile(lambda event: event.enterprise == ONE)
    react = Policy("reacts", on=FoundingApplied, then=lambda event: _react(fragile, event))
    service = Service(
        "enterprise",
        Path(__file__).parent,
        APIRouter(),
        policies={"enterprise": (react,)},
        read_models={"enterprise": (fragile.fold,)},
        decisions=DECISIONS,
    )
    key = fresh_key()
    settings = Settings(kafka=broker.address, signing_key=key, fetch_wait_ms=10, database_url=dsn)
    broker.ensure_topics([HEADS, topic_of(SOURCE)])
    env = {
        "GONGLIAN_SERVICE": "enterprise",
        "GONGLIAN_DATABASE_URL": dsn,
        "GONGLIAN_SIGNING_KEY": key,
    }
    clock = PlayedClock(folder / "clock", datetime(2025, 5, 6, 9, tzinfo=UTC))
    served: list[FastAPI] = []

    async def gateway(scope: Scope, receive: Receive, send: Send) -> None:
        await served[0](scope, receive, send)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=gateway)) as http:
        world = the_world(settings, clock, http)
        runtime = await Runtime.open(service, world, dsn)
        served.append(application(runtime))
        tasks = [asyncio.ensure_future(runtime.run())]
        try:
            yield Running(runtime, Issuer(None, settings.issuer, settings.audience, key), fragile, env, folder)
        finally:
            await end(tasks)
            await runtime.close()
            await world.broker.stop()


def _react(fragile: Fragile, event: FoundingApplied) -> list[Apply]:
    if fragile.poison(event):
        raise ValueError(SECRET)
    return []


async def test_an_operator_sees_retries_and_discards_over_http(service: Running) -> None:
    """Mechanism: the routes set a wish, the reader that holds the lease carries it out."""
    await service.happen(registered(ONE), registered(TWO), surveyed(ONE, 10), applied(1), applied(2))
    await until(service.at_head, within=10)
    async with service.operator() as operator:
        listed = (await operator.get("/parked")).raise_for_status().json()["parked"]
        assert [(row["reader"], row["sequence"], row["error"], row["waiting"]) for row in listed] == [
            (REACTS, 4, "ValueError", 1),
            ("toy/1", 1, "Poisonous", 3),
        ]
        asked = {"reader": "toy/1", "stream": stream(1)}
        shown = (await operator.get("/parked/stream", params=asked)).raise_for_status().json()
        assert [(event["sequence"], event["data"]) for event in shown["events"]] == [(1, None), (3, None), (4, None)]
        shown = (await operator.get("/parked/stream", params={**asked, "data": True})).raise_for_status().json()
        assert shown["events"][1]["data"]["labour_contracts"] == 10
        nobody = await operator.get("/parked/stream", params={**asked, "stream": stream(2)})
        assert (nobody.status_code, nobody.json()["code"]) == (404, "not_parked")
        for wrong in ({**asked, "reason": "x" * 501}, {**asked, "reason": ""}, asked):
            assert (await operator.post("/parked/discard", json=wrong)).status_code == 422
        service.fragile.mend()
        assert (await operator.post("/parked/retry", json=asked)).raise_for_status().json() == {"wished": 1}
        gone = {"reader": REACTS, "stream": stream(1), "reason": SECRET}
        (await operator.post("/parked/discard", json=gone)).raise_for_status()
        await until(service.nothing_parked, within=5)
        again = await operator.post("/parked/discard", json=gone)
        assert (again.status_code, again.json()["code"]) == (404, "not_parked")
        assert (await operator.post("/parked/retry", json={})).json() == {"wished": 0}
    async with service.operator("u-610102") as other:
        refused = await other.get("/parked")
        assert (refused.status_code, refused.json()["code"]) == (403, "not_your_union")
    rows = await service.runtime.pool.fetch("select reader, sequence, reason, discarded_by from discarded")
    assert [tuple(row) for row in rows] == [(REACTS, 4, SECRET, "p-operator")]


async def test_what_is_parked_shows_and_makes_nothing_unready(service: Running) -> None:
    """Mechanism: metrics and freshness tell it; health doesn't, for all other streams flow."""
    await service.happen(registered(ONE), registered(TWO))
    await until(service.at_head, within=10)
    assert not [part for part in service.runtime.health.unready if part.startswith("reader")]
    model = service.runtime.readable(service.fragile.fold)
    assert isinstance(model, ReadModel)
    async with model.read() as reading:
        assert [(fresh.sequence, fresh.parked) for fresh in reading.freshness] == [(2, 1)]
    await service.runtime._measure_parked()
    told = service.runtime.metrics.render()[0].decode()
    assert f'gonglian_parked_streams{{reader="toy/1",source="{SOURCE}"}} 1.0' in told
    assert f'gonglian_unknown_events{{reader="toy/1",source="{SOURCE}"}} 0.0' in told
    assert f'gonglian_parked_streams{{reader="{REACTS}",source="{SOURCE}"}} 0.0' in told


async def test_played_time_moves_on_over_what_is_parked(service: Running) -> None:
    """Mechanism: the position moves past what is parked, so a parked stream isn't waited for until quiet."""
    await service.happen(registered(ONE), surveyed(ONE, 1), registered(TWO), applied(1))
    clock = service.runtime.clock
    assert isinstance(clock, PlayedClock)
    to = datetime(2025, 6, 1, tzinfo=UTC)
    async with asyncio.timeout(15):
        assert await Playing(clock, [InProcess(service.runtime)]).advance(to) == to
    assert await service.parked() == [stream(1), stream(1)]


async def test_an_operators_command_lists_shows_retries_and_discards(service: Running) -> None:
    """Mechanism: `gonglian parked`, in the container of the service, with exit code 1 while something stays."""
    await service.happen(registered(ONE), registered(TWO), surveyed(ONE, 10))
    await until(service.at_head, within=10)
    listed = await service.command("list", "--json")
    assert [row["stream"] for row in json.loads(listed.stdout)["parked"]] == [stream(1)]
    assert "Poisonous" in (await service.command("list")).stdout
    shown = await service.command("show", "toy/1", stream(1), "--json")
    assert [event["sequence"] for event in json.loads(shown.stdout)["events"]] == [1, 3]
    assert "labour_contracts" not in shown.stdout
    told = await service.command("show", "toy/1", stream(1), "--with-data", "--json")
    assert json.loads(told.stdout)["events"][1]["data"]["labour_contracts"] == 10
    nobody = await service.command("show", "toy/1", stream(2))
    assert (nobody.exit_code, nobody.stdout) == (1, "")
    assert "no parked stream" in nobody.stderr
    assert "没有搁置" in nobody.stderr
    again = await service.command("retry", "toy/1", stream(1))
    assert again.exit_code == 1
    assert "stays parked: Poisonous" in again.stdout
    for wrong in (["retry"], ["retry", "toy/1"], ["retry", "--all", "toy/1", "x"], ["discard", "toy/1", stream(1)]):
        assert (await service.command(*wrong)).exit_code == 2
    service.fragile.poison = lambda event: getattr(event, "labour_contracts", None) == 10
    assert (await service.command("retry", "--all", "--json")).exit_code == 1
    late = await service.command("discard", "toy/1", stream(1), "--reason", "twice", "--sequence", "1")
    assert late.exit_code == 1
    assert "event 3 fails now" in late.stderr
    done = await service.command("discard", "toy/1", stream(1), "--reason", "twice", "--sequence", "3")
    assert (done.exit_code, await service.parked()) == (0, [])
    rows = await service.runtime.pool.fetch("select sequence, reason from discarded")
    assert [tuple(row) for row in rows] == [(3, "twice")]
    assert (await service.runtime.pool.fetchval("select discarded_by from discarded")).startswith("cli:")
    assert "Nothing is parked" in (await service.command("list")).stdout
