from collections.abc import AsyncIterator, Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import httpx
import pytest
import structlog
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from pydantic import AfterValidator, Field, Strict

from eventing.decision import Command
from eventing.refusal import Busy, Forbidden, NotFound, Refused, Unauthenticated
from eventing.shell.correlation import Correlation
from eventing.shell.limits import Limits
from eventing.shell.metrics import Metrics, Timing
from eventing.shell.problems import Problems, install
from eventing.shell.texts import Texts

CORRELATION = "6609c6b9-09e8-4186-b77f-2cd05b7a5e86"
JSON = {"content-type": "application/json"}
GOOD = '{"headcount": 1, "on": "2025-05-20", "will": "willing", "name": "a", "region": "610102"}'


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


class UnknownRegion(ValueError):
    """As `contracts.regions` has it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code, self.reason, self.since, self.successor = code, "superseded", date(2015, 1, 1), "610118"


def refuse(code: str) -> str:
    if code == "610125":
        raise UnknownRegion(code)
    return code


class Will(StrEnum):
    WILLING = "willing"
    REFUSING = "refusing"


class Survey(Command):
    headcount: Annotated[int, Strict(), Field(ge=0, le=10)]
    on: Annotated[date, Field(ge=date(1949, 10, 1))]
    will: Will
    name: Annotated[str, Field(max_length=5, pattern="^[a-z]+$", examples=["abc"])]
    region: Annotated[str, AfterValidator(refuse)]


def a_toy() -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    problems = Problems(Texts(), "http://example.test/")

    @app.post("/survey")
    async def survey(command: Survey) -> str:
        return command.name

    @app.get("/things/{id}")
    async def thing(
        id: str, limit: Annotated[int, Field(le=5)] = 1, after: Annotated[str, Field(pattern="^[0-9]+$")] = "0"
    ) -> str:
        raise REFUSALS.get(id) or AssertionError("13800000000 is somebody's phone")

    install(app, problems)
    app.add_middleware(Limits, problems=problems, max_body_bytes=1024)
    app.add_middleware(Timing, metrics=Metrics(CollectorRegistry()))
    app.add_middleware(Correlation, problems=problems)
    return app


REFUSALS = {
    "denied": Forbidden("not_your_union", union="u-610102", yours="u-610103"),
    "missing": NotFound("enterprise_unknown", "enterprise"),
    "late": Refused("conflict"),
    "busy": Busy("conflict_busy", seconds=3),
    "anonymous": Unauthenticated("token_missing"),
    "forged": Unauthenticated("token_invalid"),
}


@pytest.fixture
async def toy() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=a_toy())
    async with httpx.AsyncClient(transport=transport, base_url="http://toy") as client:
        yield client


def the_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["type"] == f"http://example.test/problems/{code}"
    assert problem["title"]
    assert problem["detail"]
    assert problem["correlation"] == answer.headers["x-correlation-id"]
    return problem


async def test_what_is_right_passes(toy: httpx.AsyncClient) -> None:
    assert (await toy.post("/survey", content=GOOD, headers=JSON)).status_code == 200


@pytest.mark.parametrize(
    ("id", "status", "code", "header"),
    [
        ("denied", 403, "not_your_union", None),
        ("missing", 404, "enterprise_unknown", None),
        ("late", 409, "conflict", None),
        ("busy", 503, "conflict_busy", ("retry-after", "3")),
        ("anonymous", 401, "token_missing", ("www-authenticate", "Bearer")),
        ("forged", 401, "token_invalid", ("www-authenticate", 'Bearer error="invalid_token"')),
    ],
)
async def test_a_refusal_is_told_by_its_class(
    toy: httpx.AsyncClient, id: str, status: int, code: str, header: tuple[str, str] | None
) -> None:
    answer = await toy.get(f"/things/{id}")
    the_problem(answer, status, code)
    if header:
        assert answer.headers[header[0]] == header[1]


async def test_chinese_comes_first_and_english_when_asked_for(toy: httpx.AsyncClient) -> None:
    chinese = await toy.get("/things/denied")
    english = await toy.get("/things/denied", headers={"accept-language": "en-GB, zh;q=0.5"})
    assert chinese.headers["content-language"] == "zh-Hans"
    assert "u-610102" in the_problem(chinese, 403, "not_your_union")["detail"]
    assert english.headers["content-language"] == "en"
    assert the_problem(english, 403, "not_your_union")["title"] == "Not within your union"
    assert english.headers["vary"] == "accept-language"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"headcount": "1.0"}, "headcount", "number_not_whole"),
        ({"headcount": '"1"'}, "headcount", "number_not_whole"),
        ({"headcount": "true"}, "headcount", "number_not_whole"),
        ({"headcount": "NaN"}, "headcount", "number_not_whole"),
        ({"headcount": "-1"}, "headcount", "number_too_small"),
        ({"headcount": "11"}, "headcount", "number_too_large"),
        ({"on": '"1949-09-30"'}, "on", "too_early"),
        ({"on": '"2025-02-30"'}, "on", "date_wrong"),
        ({"on": '"2025-05-20T10:00:00Z"'}, "on", "date_wrong"),
        ({"will": '"perhaps"'}, "will", "choice_unknown"),
        ({"name": '"A1"'}, "name", "form_wrong"),
        ({"name": '"abcdef"'}, "name", "text_too_long"),
        ({"name": "7"}, "name", "text_wanted"),
        ({"name": None}, "name", "field_missing"),
        ({"nmae": '"a"'}, "nmae", "field_unknown"),
        ({"region": '"610125"'}, "region", "region_superseded"),
    ],
)
async def test_a_wrong_field_is_named_with_its_rule(
    toy: httpx.AsyncClient, change: dict[str, str | None], field: str, code: str
) -> None:
    parts = {
        "headcount": "1",
        "on": '"2025-05-20"',
        "will": '"willing"',
        "name": '"a"',
        "region": '"610102"',
    } | change
    body = "{" + ", ".join(f'"{name}": {value}' for name, value in parts.items() if value) + "}"
    answer = await toy.post("/survey", content=body, headers=JSON | {"accept-language": "en"})
    problem = the_problem(answer, 422, code)
    assert problem["field"] == field
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [(field, code)]
    assert "Ask the operator" not in problem["detail"], "no text for the code"


async def test_an_ended_region_is_told_with_what_came_in_its_place(toy: httpx.AsyncClient) -> None:
    body = GOOD.replace("610102", "610125")
    problem = the_problem(await toy.post("/survey", content=body, headers=JSON), 422, "region_superseded")
    assert "610118" in problem["detail"]
    assert "2015-01-01" in problem["detail"]


async def test_a_wrong_form_is_told_by_an_example(toy: httpx.AsyncClient) -> None:
    problem = the_problem(
        await toy.post("/survey", content=GOOD.replace('"a"', '"A1"'), headers=JSON), 422, "form_wrong"
    )
    assert "abc" in problem["detail"]
    assert "[a-z]" not in problem["detail"]


async def test_a_form_without_an_example_is_told_without_one(toy: httpx.AsyncClient) -> None:
    problem = the_problem(await toy.get("/things/denied?after=A1"), 422, "field_invalid")
    assert problem["field"] == "after"
    assert "[0-9]" not in problem["detail"]


async def test_several_wrong_fields_are_told_at_once(toy: httpx.AsyncClient) -> None:
    problem = the_problem(await toy.post("/survey", json={"headcount": 1.5, "x": 1}), 422, "fields_invalid")
    assert {error["field"] for error in problem["errors"]} == {"headcount", "x", "on", "will", "name", "region"}
    assert "6" in problem["title"]


async def test_a_body_of_unknown_fields_gets_a_short_answer(toy: httpx.AsyncClient) -> None:
    problem = the_problem(await toy.post("/survey", json={f"x{n}": 1 for n in range(60)}), 422, "fields_invalid")
    assert len(problem["errors"]) == 20
    assert "65" in problem["title"]


async def test_a_wrong_query_parameter_is_named(toy: httpx.AsyncClient) -> None:
    problem = the_problem(await toy.get("/things/denied?limit=6"), 422, "number_too_large")
    assert problem["field"] == "limit"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "body_missing"),
        (b'{"headcount": 1', 400, "body_not_json"),
        (b"{'headcount': 1}", 400, "body_not_json"),
        (b"[" * 1000, 400, "body_not_json"),
        (b'{"name": "\xff"}', 400, "body_not_utf8"),
        (b"[1]", 422, "body_not_object"),
        (b"null", 422, "body_not_object"),
        (b'{"name": "a\\u0000"}', 400, "nul_character"),
        (b'{"\\u0000": 1}', 400, "nul_character"),
        (b'{"\\ud800": 1}', 422, "body_not_utf8"),
        (b'{"name": "' + b"a" * 2000 + b'"}', 413, "body_too_large"),
    ],
)
async def test_a_body_that_is_none_is_refused(toy: httpx.AsyncClient, body: bytes, status: int, code: str) -> None:
    the_problem(await toy.post("/survey", content=body, headers=JSON), status, code)


async def test_half_a_surrogate_pair_can_be_told_of(toy: httpx.AsyncClient) -> None:
    """A sender's field name goes back in the answer, which is UTF-8."""
    body = GOOD.replace('"a"', '"\\ud800"')
    answer = await toy.post("/survey", content=body, headers=JSON)
    assert answer.status_code == 422, answer.text


async def test_another_content_type_is_refused(toy: httpx.AsyncClient) -> None:
    answer = await toy.post("/survey", content=GOOD, headers={"content-type": "text/plain"})
    the_problem(answer, 422, "body_not_object")


async def test_an_unknown_address_is_refused(toy: httpx.AsyncClient) -> None:
    the_problem(await toy.get("/nothing"), 404, "unknown_route")


async def test_a_method_that_the_address_does_not_take_is_refused(toy: httpx.AsyncClient) -> None:
    answer = await toy.delete("/survey")
    assert "POST" in the_problem(answer, 405, "method_not_allowed")["detail"]
    assert answer.headers["allow"] == "POST"


async def test_what_nobody_expected_is_told_without_its_details(toy: httpx.AsyncClient) -> None:
    answer = await toy.get("/things/other", headers={"x-correlation-id": CORRELATION})
    problem = the_problem(answer, 500, "internal")
    assert "13800000000" not in answer.text
    assert CORRELATION in problem["detail"]
