import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import structlog
from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Message

from eventing.shell.correlation import Correlation
from eventing.shell.limits import Limits
from eventing.shell.metrics import Metrics, Timing
from eventing.shell.problems import Problems, install
from eventing.shell.texts import Texts


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


class Note(BaseModel):
    text: str


def an_app(registry: CollectorRegistry | None = None) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    router = APIRouter()

    @router.post("/notes/{id}")
    async def note(id: str, note: Note, request: Request) -> str:
        return str(request.state.correlation)

    @router.get("/half")
    async def half() -> StreamingResponse:
        async def lines() -> AsyncIterator[str]:
            yield "half"
            raise AssertionError("broken in the middle")

        return StreamingResponse(lines())

    app.include_router(router, prefix="/api/toy")
    problems = Problems(Texts(), "http://example.test")
    install(app, problems)
    app.add_middleware(Limits, problems=problems, max_body_bytes=100)
    app.add_middleware(Timing, metrics=Metrics(registry or CollectorRegistry()))
    app.add_middleware(Correlation, problems=problems)
    return app


def a_client(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://toy")


def a_post(length: int | None) -> dict[str, object]:
    headers = [(b"content-type", b"application/json")]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    path = "/api/toy/notes/1"
    return {"type": "http", "method": "POST", "path": path, "headers": headers, "query_string": b""}


async def sent(app: FastAPI, length: int | None, *chunks: bytes) -> tuple[int, dict[bytes, bytes], int]:
    """Status and headers of the answer, and how many chunks were read for it."""
    read, answers = 0, []

    async def receive() -> Message:
        nonlocal read
        if read == len(chunks):
            await asyncio.Event().wait()  # the sender says no more
        read += 1
        return {"type": "http.request", "body": chunks[read - 1], "more_body": read < len(chunks)}

    async def send(message: Message) -> None:
        answers.append(message)

    await asyncio.wait_for(app(a_post(length), receive, send), 5)
    return answers[0]["status"], dict(answers[0]["headers"]), read


async def test_a_body_that_says_it_is_too_large_is_refused_unread() -> None:
    status, headers, read = await sent(an_app(), 101, b"x" * 101)
    assert (status, read) == (413, 0)
    assert headers[b"connection"] == b"close"


async def test_a_body_that_grows_too_large_is_read_no_further() -> None:
    status, headers, read = await sent(an_app(), None, b'{"text": "', b"x" * 90, b"x" * 90, b"x" * 90)
    assert (status, read) == (413, 3)
    assert headers[b"connection"] == b"close"


async def test_a_body_that_lies_about_its_length_is_refused() -> None:
    status, _, _ = await sent(an_app(), 5, b"x" * 60, b"x" * 60)
    assert status == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "٣", "9" * 5000])
async def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    scope = a_post(None)
    scope["headers"] = [(b"content-length", length.encode())]
    answers: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("read")

    async def send(message: Message) -> None:
        answers.append(message)

    await an_app()(scope, receive, send)
    assert answers[0]["status"] == 413


async def test_a_body_as_large_as_allowed_passes() -> None:
    body = b'{"text": "' + b"x" * 88 + b'"}'
    assert len(body) == 100
    status, _, _ = await sent(an_app(), 100, body)
    assert status == 200


async def test_a_nul_that_lies_across_two_chunks_is_found() -> None:
    status, _, _ = await sent(an_app(), None, b'{"text": "\\u0', b'000"}')
    assert status == 400


@pytest.mark.parametrize("path", ["/api/toy/notes/a%00b", "/api/toy/notes/1?q=%00"])
async def test_a_nul_in_the_address_is_refused(path: str) -> None:
    async with a_client(an_app()) as client:
        answer = await client.post(path, json={"text": "a"})
    assert (answer.status_code, answer.json()["code"]) == (400, "nul_character")


@pytest.mark.parametrize("given", ["6609c6b9-09e8-4186-b77f-2cd05b7a5e86", "6609c6b909e84186b77f2cd05b7a5e86"])
async def test_a_given_correlation_id_is_kept(given: str) -> None:
    async with a_client(an_app()) as client:
        answer = await client.post("/api/toy/notes/1", json={"text": "a"}, headers={"x-correlation-id": given})
    assert answer.headers["x-correlation-id"] == given
    assert answer.json() == given


@pytest.mark.parametrize(
    "given",
    [b"", b"a b", b"x" * 65, "ä".encode(), b'a"b', b"a\x01b", b"13987650123", b"610102199003078515", b"chuyanqing"],
)
async def test_a_correlation_id_of_another_form_is_replaced(given: bytes) -> None:
    """It stands in log and events: what may be a telephone number, an identity number or a name doesn't get there."""
    async with a_client(an_app()) as client:
        answer = await client.post("/api/toy/notes/1", json={"text": "a"}, headers={b"x-correlation-id": given})
    assert len(answer.headers["x-correlation-id"]) == 32
    assert answer.json() == answer.headers["x-correlation-id"]


async def test_an_answer_that_breaks_in_the_middle_is_cut_and_not_mended() -> None:
    async with a_client(an_app()) as client:
        with pytest.raises(AssertionError, match="broken in the middle"):
            await client.get("/api/toy/half")


async def test_requests_are_counted_by_template_never_by_path() -> None:
    registry = CollectorRegistry()
    async with a_client(an_app(registry)) as client:
        await client.post("/api/toy/notes/13800000000", json={"text": "a"})
        await client.post("/api/toy/notes/13800000001", json={})
        await client.get("/api/toy/notes/1")
        await client.request("BREW", "/nothing/13800000000")
    names = {
        tuple(sample.labels[name] for name in ("route", "method", "status")): sample.value
        for family in registry.collect()
        for sample in family.samples
        if sample.name == "gonglian_request_seconds_count"
    }
    assert names == {
        ("/api/toy/notes/{id}", "POST", "2xx"): 1,
        ("/api/toy/notes/{id}", "POST", "4xx"): 1,
        ("/api/toy/notes/{id}", "GET", "4xx"): 1,
        ("unmatched", "other", "4xx"): 1,
    }
