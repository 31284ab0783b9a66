import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI
from pydantic import BaseModel

from eventing.shell import journal
from eventing.shell.correlation import Correlation
from eventing.shell.problems import Problems, install
from eventing.shell.texts import Texts

PHONE = "13800000000"
CORRELATION = "6609c6b9-09e8-4186-b77f-2cd05b7a5e86"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    journal.configure("INFO", stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_json_with_time_level_and_event(stream: io.StringIO) -> None:
    structlog.get_logger().info("已建会", count=2)
    (line,) = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"level": "info", "event": "已建会", "count": 2}
    assert "已建会" in stream.getvalue()


def test_the_correlation_id_stands_on_every_line_inside_and_none_outside(stream: io.StringIO) -> None:
    log = structlog.get_logger()
    with journal.bind(correlation="c-1", service="enterprise"):
        log.info("inside")
    log.info("outside")
    inside, outside = lines(stream)
    assert (inside["correlation"], inside["service"]) == ("c-1", "enterprise")
    assert "correlation" not in outside


def test_what_is_below_the_level_is_not_logged(stream: io.StringIO) -> None:
    structlog.get_logger().debug("detail")
    assert lines(stream) == []


def test_libraries_log_the_same_way_from_warning_on(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info('"GET /api/enterprise?phone=%s"', PHONE)
    logging.getLogger("httpx").info("HTTP Request: GET http://x/?token=secret")
    logging.getLogger("aiokafka").warning("Topic %s is not available", "t")
    (line,) = lines(stream)
    assert (line["event"], line["logger"], line["level"]) == ("Topic t is not available", "aiokafka", "warning")


def test_a_librarys_same_message_is_logged_once_in_a_while_and_those_left_out_are_counted(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mechanism: the journal remembers what a library said last. aiokafka says it hundreds of times in 0.1 s."""
    now = 1000.0
    monkeypatch.setattr("eventing.shell.journal.time.monotonic", lambda: now)
    aiokafka = logging.getLogger("aiokafka")
    for _ in range(300):
        aiokafka.error("Unable connect to node with id %s: %s", 1, "refused")
        aiokafka.error("Unable connect to node with id %s: %s", 2, "refused")
    aiokafka.warning("Unable connect to node with id 1: refused")
    now += 5
    aiokafka.error("Unable connect to node with id %s: %s", 1, "refused")
    now += 60
    aiokafka.error("Unable connect to node with id %s: %s", 1, "refused")
    told = [(line["level"], line["event"].split(":")[0][-1], line.get("left_out")) for line in lines(stream)]
    assert told == [
        ("error", "1", None),
        ("error", "2", None),
        ("warning", "1", None),
        ("error", "1", 299),
        ("error", "1", None),
    ]


def test_another_failure_under_the_same_words_is_logged_too(stream: io.StringIO) -> None:
    for error in (ValueError(PHONE), KeyError(PHONE), ValueError(PHONE)):
        logging.getLogger("asyncio").error("Task exception was never retrieved", exc_info=error)
    assert [line["failure"][0]["type"] for line in lines(stream)] == ["builtins.ValueError", "builtins.KeyError"]


def test_what_libraries_said_is_not_remembered_without_bound(stream: io.StringIO) -> None:
    handler = logging.getLogger().handlers[0]
    for number in range(1000):
        logging.getLogger("aiokafka").warning("message %s", number)
    assert len(lines(stream)) == 1000
    assert len(vars(handler)["_said"]) <= 200


def test_an_exception_is_told_by_type_and_place_without_what_it_quotes(stream: io.StringIO) -> None:
    class Person(BaseModel):
        age: int

    try:
        try:
            Person.model_validate({"age": f"phone {PHONE}"})
        except ValueError as cause:
            raise RuntimeError(PHONE) from cause
    except RuntimeError:
        structlog.get_logger().exception("task died")
    (line,) = lines(stream)
    outer, inner = line["failure"]
    assert outer["type"] == "builtins.RuntimeError"
    assert inner["type"].endswith("ValidationError")
    assert "test_journal.py" in outer["at"][0]
    assert PHONE not in stream.getvalue()


def test_the_systems_own_errors_keep_their_message(stream: io.StringIO) -> None:
    try:
        raise ConnectionRefusedError(111, "Connection refused")
    except OSError:
        structlog.get_logger().exception("no broker")
    assert "Connection refused" in lines(stream)[0]["failure"][0]["message"]


async def test_a_task_that_died_unseen_is_told_without_what_its_exception_quotes(stream: io.StringIO) -> None:
    async def die() -> None:
        raise ValueError(PHONE)

    asyncio.get_running_loop().set_exception_handler(None)
    task = asyncio.ensure_future(die())
    await asyncio.wait([task])
    asyncio.get_running_loop().default_exception_handler(
        {"message": "Task exception was never retrieved", "future": task, "exception": task.exception()}
    )
    (line,) = lines(stream)
    assert line["event"] == "Task exception was never retrieved"
    assert line["failure"][0]["type"] == "builtins.ValueError"
    assert PHONE not in stream.getvalue()


async def test_a_request_that_breaks_is_logged_under_its_id_without_token_query_or_body(stream: io.StringIO) -> None:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/broken")
    async def broken(body: dict[str, str]) -> str:
        raise RuntimeError(body["phone"])

    problems = Problems(Texts(), "http://example.test")
    install(app, problems)
    app.add_middleware(Correlation, problems=problems)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://toy") as client:
        await client.post(
            "/broken?secret=query",
            json={"phone": PHONE},
            headers={"authorization": "Bearer eyJ0b2tlbg", "x-correlation-id": CORRELATION},
        )
    (line,) = lines(stream)
    assert (line["level"], line["correlation"]) == ("error", CORRELATION)
    assert line["failure"][0]["type"] == "builtins.RuntimeError"
    for private in (PHONE, "eyJ0b2tlbg", "secret"):
        assert private not in stream.getvalue()
