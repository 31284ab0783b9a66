from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from eventing.shell.access import check_declared
from eventing.shell.health import Health, health_routes
from eventing.shell.metrics import Metrics, Outcome
from eventing.shell.problems import Problems
from eventing.shell.texts import Texts


@pytest.fixture
def health() -> Health:
    return Health()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(CollectorRegistry())


@pytest.fixture
async def client(health: Health, metrics: Metrics) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(health_routes(health, metrics, Problems(Texts(), "http://example.test")))
    check_declared(app)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://toy") as client:
        yield client


async def test_a_process_with_a_part_down_lives_but_is_not_ready(client: httpx.AsyncClient, health: Health) -> None:
    health.up("relay", "leads")
    health.down("reader scoreboard", "forked")
    assert (await client.get("/healthz")).status_code == 200
    answer = await client.get("/readyz", headers={"accept-language": "en"})
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"]
    assert answer.json()["code"] == "not_ready"
    assert "reader scoreboard (forked)" in answer.json()["detail"]
    assert answer.json()["parts"] == {"reader scoreboard": "forked", "relay": "leads"}


async def test_it_is_ready_again_when_the_part_is_up(client: httpx.AsyncClient, health: Health) -> None:
    health.down("reader scoreboard", "forked")
    health.up("reader scoreboard")
    answer = await client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "parts": {"reader scoreboard": "up"}}


async def test_measurements_are_served_as_prometheus_reads_them(client: httpx.AsyncClient, metrics: Metrics) -> None:
    metrics.relay_lag_events.labels("enterprise").set(3)
    metrics.command_seconds.labels("enterprise", "FoundUnion", Outcome.DONE).observe(0.01)
    metrics.events_appended.labels("enterprise").inc(2)
    answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert 'gonglian_relay_lag_events{service="enterprise"} 3.0' in answer.text
    assert 'gonglian_events_appended_total{service="enterprise"} 2.0' in answer.text
    assert 'outcome="done"' in answer.text


def test_two_platforms_in_one_process_measure_apart() -> None:
    one, other = Metrics(CollectorRegistry()), Metrics(CollectorRegistry())
    one.events_appended.labels("enterprise").inc()
    assert b"enterprise" not in other.render()[0]
