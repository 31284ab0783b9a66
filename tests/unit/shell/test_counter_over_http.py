"""Anybody is served over HTTP, so often from one address; who that is, the gateway says."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
import structlog
from fastapi import FastAPI
from prometheus_client import CollectorRegistry, generate_latest
from structlog.typing import EventDict
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from eventing.clock import Clock, SystemClock
from eventing.shell.access import anyone
from eventing.shell.correlation import Correlation
from eventing.shell.counter import AtCounter, Doorman
from eventing.shell.metrics import Metrics, Timing
from eventing.shell.problems import Problems, install
from eventing.shell.texts import Texts

GATEWAY, HERE, ELSEWHERE = "10.1.1.1", "203.0.113.7", "203.0.113.8"


@dataclass(frozen=True)
class Serving:
    """What the counter needs of a runtime: three reads and two commands a minute."""

    reading: Doorman
    entering: Doorman
    clock: Clock


def an_app(registry: CollectorRegistry) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/api/toy/state", **anyone())
    async def state(desk: AtCounter) -> tuple[str, int]:
        return desk.actor.subject, len(desk.actor.roles)

    @app.post("/api/toy/report", **anyone())
    async def report(desk: AtCounter) -> str:
        return desk.actor.subject

    app.state.runtime = Serving(Doorman(3), Doorman(2), SystemClock())
    problems = Problems(Texts(), "http://example.test")
    install(app, problems)
    app.add_middleware(Timing, metrics=Metrics(registry))
    app.add_middleware(Correlation, problems=problems)
    return app


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
async def gateway(registry: CollectorRegistry) -> AsyncIterator[httpx.AsyncClient]:
    """A client that is the gateway, at an address that is trusted as `GONGLIAN_TRUSTED_PROXIES` says."""
    app = ProxyHeadersMiddleware(an_app(registry), trusted_hosts="10.0.0.0/8")  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app=app, client=(GATEWAY, 5000))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://toy") as client:
        yield client


async def reported(gateway: httpx.AsyncClient, forwarded: str, language: str = "zh") -> httpx.Response:
    headers = {"x-forwarded-for": forwarded, "accept-language": language}
    return await gateway.post("/api/toy/report", headers=headers)


async def test_nobody_in_particular_is_served_and_a_token_is_not_looked_at(gateway: httpx.AsyncClient) -> None:
    answer = await gateway.get("/api/toy/state", headers={"authorization": "Bearer nonsense"})
    assert (answer.status_code, answer.json()) == (200, ["anonymous", 0])


async def test_too_many_from_one_address_are_told_when_to_come_again(gateway: httpx.AsyncClient) -> None:
    answers = [await reported(gateway, HERE) for _ in range(20)]
    assert [answer.status_code for answer in answers] == [200] * 2 + [429] * 18
    refused = answers[-1]
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.json()["code"] == "too_many_requests"
    assert (await reported(gateway, ELSEWHERE)).status_code == 200


async def test_it_is_said_in_both_languages(gateway: httpx.AsyncClient) -> None:
    for _ in range(2):
        await reported(gateway, HERE)
    titles = [(await reported(gateway, HERE, language)).json()["title"] for language in ("zh", "en")]
    assert titles == ["请求过于频繁", "Too many requests"]


async def test_reads_are_counted_apart_from_commands(gateway: httpx.AsyncClient) -> None:
    for _ in range(3):
        await reported(gateway, HERE)
    reads = [await gateway.get("/api/toy/state", headers={"x-forwarded-for": HERE}) for _ in range(4)]
    assert [answer.status_code for answer in reads] == [200, 200, 200, 429]


async def test_what_a_client_says_of_its_address_opens_no_other_minute(gateway: httpx.AsyncClient) -> None:
    """Mechanism: of several addresses the last one that isn't the gateway's own counts."""
    codes = [(await reported(gateway, f"198.51.100.{number}, {HERE}")).status_code for number in range(5)]
    assert codes == [200, 200, 429, 429, 429]


async def test_addresses_stand_in_no_log_no_metric_and_no_answer(
    gateway: httpx.AsyncClient, registry: CollectorRegistry
) -> None:
    lines: list[EventDict]
    with structlog.testing.capture_logs() as lines:
        answers = [await reported(gateway, HERE) for _ in range(4)]
    said = [str(lines), generate_latest(registry).decode()]
    said += [f"{answer.text}{answer.headers}" for answer in answers]
    assert not [text for text in said if HERE in text or GATEWAY in text]
