"""One fact's whole way as an integrator sees it: command, position, read model, feed, topic, log lines, refusals."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import orjson
import pytest

from contracts.cloudevent import GENESIS, text_hash
from contracts.creditcode import make_credit_code
from eventing.feed import split
from eventing.identity import Role
from tests.support.cloudevents_sdk import read_structured
from tests.support.platform_process import PlatformProcess
from tests.support.waiting import eventually_sync

_NUMBERS = count(1)
DAY = "2025-05-06"
CORRELATION = "6609c6b9-09e8-4186-b77f-2cd05b7a5e86"


@pytest.fixture
def officer(platform: PlatformProcess) -> Iterator[httpx.Client]:
    with platform.officer(list(Role), "u-610000", subject="p-facts") as client:
        yield client


def a_registration(**other: Any) -> dict[str, Any]:
    number = next(_NUMBERS)
    return {
        "enterprise": make_credit_code("91", "610113", number),
        "name": f"西安示例机械有限公司{number}",
        "ownership": "private",
        "county": "610113",
        "union": "u-610113",
        "registered_on": DAY,
    } | other


def send(officer: httpx.Client, command: str, body: Any, key: str | None = None, **headers: str) -> httpx.Response:
    headers = {"Idempotency-Key": key or f"facts{next(_NUMBERS)}", **headers}
    return officer.post(f"/api/enterprise/{command}", json=body, headers=headers)


def test_ones_own_write_is_seen_when_asked_for(officer: httpx.Client) -> None:
    company = a_registration()
    send(officer, "register", company).raise_for_status()
    survey = {"enterprise": company["enterprise"], "headcount": 130, "surveyed_on": DAY}
    position = send(officer, "survey", survey, Prefer="wait").json()["position"]
    asked = {"region": "610113", "metric": "own_union_100", "at_least": position}
    page = officer.get("/api/projection/scoreboard/enterprises", params=asked).raise_for_status().json()
    assert company["enterprise"] in [row["code"] for row in page["enterprises"]]
    source, _, sequence = position.partition("@")
    assert [fresh["sequence"] >= int(sequence) for fresh in page["freshness"] if fresh["source"] == source] == [True]


def test_a_position_that_never_comes_is_waited_for_within_bounds(officer: httpx.Client) -> None:
    asked = {"region": "610113", "at_least": "/regions/610000/enterprise@999999999"}
    answer = officer.get("/api/projection/scoreboard", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (503, "not_fresh_yet")
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("at_least", "code"),
    [("@", "position_invalid"), ("enterprise@4", "position_invalid"), ("/regions/610000/stations@4", "unknown_source")],
)
def test_a_position_of_nowhere_is_refused(officer: httpx.Client, at_least: str, code: str) -> None:
    answer = officer.get("/api/projection/scoreboard", params={"region": "610113", "at_least": at_least})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, code, "at_least")


def test_twice_the_same_request_gets_the_first_answer(officer: httpx.Client) -> None:
    company = a_registration()
    first = send(officer, "register", company, key="once")
    assert send(officer, "register", company, key="once").json() == first.json()
    other = send(officer, "register", a_registration(), key="once")
    assert (other.status_code, other.json()["code"], other.json()["field"]) == (
        422,
        "idempotency_key_reused",
        "Idempotency-Key",
    )


def test_topic_and_feed_are_read_by_the_cloudevents_sdk_and_chained(officer: httpx.Client) -> None:
    send(officer, "register", a_registration(), Prefer="wait").raise_for_status()
    page = officer.get("/api/enterprise/events", params={"after": 0, "limit": 5})
    assert page.headers["content-type"] == "application/cloudevents-batch+json"
    sealed = split(page.content)
    assert [event.prevhash for event in sealed] == [GENESIS, *(text_hash(event.text) for event in sealed[:-1])]
    for event in sealed:
        read = read_structured(event.text, [("content-type", b"application/cloudevents+json")])
        assert read.get_source() == "/regions/610000/enterprise"
        assert int(read.get_attributes()["sequence"]) == event.sequence
        schema = officer.get(httpx.URL(str(read.get_attributes()["dataschema"])).path)
        assert schema.json()["title"] == str(read.get_type()).split(".")[2]


def test_a_full_page_may_be_cached_and_a_short_one_not(officer: httpx.Client) -> None:
    send(officer, "register", a_registration(), Prefer="wait").raise_for_status()
    full = officer.get("/api/enterprise/events", params={"after": 0, "limit": 1})
    assert "immutable" in full.headers["cache-control"]
    assert "private" in full.headers["cache-control"]
    short = officer.get("/api/enterprise/events", params={"after": 10**9})
    assert (short.headers["cache-control"], orjson.loads(short.content)) == ("no-store", [])


def test_a_correlation_id_follows_a_command_through_kafka_to_what_reacts_to_it(
    officer: httpx.Client, platform: PlatformProcess
) -> None:
    company = a_registration()
    code = company["enterprise"]
    send(officer, "register", company).raise_for_status()
    for command, body in (
        ("survey", {"headcount": 130, "surveyed_on": DAY}),
        ("state-will", {"will": "willing", "stated_on": DAY}),
        ("apply", {"applied_on": DAY}),
    ):
        send(officer, command, {"enterprise": code, **body}).raise_for_status()
    approval = {
        "enterprise": code,
        "members": 30,
        "own_committee": True,
        "approved_on": DAY,
        "document": "雁工发〔2025〕1号",
    }
    answer = send(officer, "approve", approval, **{"X-Correlation-Id": CORRELATION})
    assert answer.headers["x-correlation-id"] == CORRELATION

    def lines() -> list[dict[str, Any]]:
        found = [json.loads(line) for line in platform.output().splitlines() if line.startswith("{")]
        return [line for line in found if line.get("correlation") == CORRELATION]

    def reactions() -> dict[str, dict[str, Any]]:
        return {line["command"]: line for line in lines() if line["event"] == "reaction"}

    eventually_sync(lambda: "BeginAccompaniment" in reactions(), within=20)
    reaction = reactions()["BeginAccompaniment"]
    assert (reaction["outcome"], reaction["depth"]) == ("done", 1)
    assert any(line["event"] == "command" for line in lines())


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        (b"{", 400, "body_not_json", None),
        (b'{"name":"\xff\xfe"}', 400, "body_not_utf8", None),
        (b'{"name":"' + b"x" * 2_000_000 + b'"}', 413, "body_too_large", None),
        (json.dumps(a_registration(enterprise=91610102.0)).encode(), 422, None, "enterprise"),
        (json.dumps(a_registration(enterprise="91610102MA0000007X")).encode(), 422, None, "enterprise"),
        (json.dumps(a_registration(county="610101")).encode(), 422, "region_municipal_district", "county"),
        (json.dumps(a_registration(county="610199")).encode(), 422, "region_unknown", "county"),
        (json.dumps(a_registration(name="a\u0000b")).encode(), 400, "nul_character", None),
        (json.dumps(a_registration(colour="red")).encode(), 422, "field_unknown", "colour"),
        (json.dumps(a_registration(registered_on="2031-01-01")).encode(), 409, "in_the_future", "registered_on"),
        (json.dumps(a_registration(union="u-nowhere")).encode(), 422, "union_unknown", "union"),
    ],
)
def test_bad_input_is_refused_in_both_languages_naming_the_field(
    officer: httpx.Client, body: bytes, status: int, code: str | None, field: str | None
) -> None:
    told = {}
    for language in ("zh", "en"):
        answer = officer.post(
            "/api/enterprise/register",
            content=body,
            headers={
                "content-type": "application/json",
                "Idempotency-Key": f"bad{next(_NUMBERS)}",
                "Accept-Language": language,
            },
        )
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.status_code == status, problem
        assert problem.get("field") == field, problem
        assert code is None or problem["code"] == code, problem
        told[language] = problem["detail"]
    assert told["zh"] != told["en"]
    assert not told["zh"].isascii()
