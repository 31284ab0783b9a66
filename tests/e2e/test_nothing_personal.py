"""Personal data is put wherever a user could put it, on every route there is, and then looked for everywhere."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from eventing.embedded import Home
from eventing.embedded.postgres import dsn_by
from eventing.identity import Role
from services.platform import BY_NAME
from tests.support.personal import MARKS, PHONE, Call, calls, found_in, in_files, in_tables, in_topics
from tests.support.personal import with_a_key as headers_of
from tests.support.platform_process import PlatformProcess

COMPANY = "西安示例机械有限公司"
"""What the documents' examples register: a public name, which has to be found where nothing personal may be."""
OF_THE_PLATFORM = [
    Call("GET", f"/{PHONE}"),
    Call("GET", f"/api/{PHONE}/enterprises"),
    Call("GET", f"/schemas/{PHONE}.json"),
    Call("GET", "/healthz", {PHONE: PHONE}),
    Call("GET", "/readyz", {PHONE: PHONE}),
    Call("GET", "/metrics", {PHONE: PHONE}),
    Call("GET", "/api/platform/clock", headers={"x-correlation-id": PHONE}),
    Call("POST", "/api/platform/clock", body={"to": PHONE}),
]
"""The platform's own routes stand in no document."""


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformProcess]:
    """A platform on which every route got everything; all that it set off has come to an end."""
    process = PlatformProcess(tmp_path_factory.mktemp("personal") / "data")
    process.start("--played-from", "2025-05-06T09:00:00", within=180)
    with process.officer(list(Role), "u-610000") as officer:
        for name, make in BY_NAME.items():
            document = officer.get(f"/api/{name}/openapi.json").json()
            for call in calls(document, make().ledgers):
                answer = send(officer, call)
                assert answer.status_code < 500 or answer.status_code == 503, (call, answer.text)
        for call in OF_THE_PLATFORM:
            assert send(officer, call).status_code < 500
        # It moves only when every log is published and every reader at its head.
        officer.post("/api/platform/clock", json={"to": "2025-05-07T09:00:00+08:00"}).raise_for_status()
    yield process
    process.stop()


def send(officer: httpx.Client, call: Call) -> httpx.Response:
    return officer.request(
        call.method, call.path, params=call.query, json=call.body, content=call.content, headers=headers_of(call)
    )


def databases(platform: PlatformProcess) -> Mapping[str, str]:
    sockets = Home(platform.data).run.resolve()
    return {name: dsn_by(sockets, name) for name in BY_NAME}


def broker(platform: PlatformProcess) -> str:
    said = Home(platform.data).said()
    assert said is not None
    return said[1]


async def test_no_table_holds_anything_personal(walked: PlatformProcess) -> None:
    """Mechanisms: no free text in an event; a kept answer's Idempotency-Key is its hash; a correlation id is random."""
    for name, dsn in databases(walked).items():
        assert await in_tables(dsn) == {}, name


async def test_no_topic_holds_anything_personal(walked: PlatformProcess) -> None:
    assert await in_topics(broker(walked)) == {}


def test_no_log_holds_anything_personal(walked: PlatformProcess) -> None:
    """The platform's own, PostgreSQL's, and whatever else lies beside the database."""
    assert found_in(walked.output()) == set()
    assert in_files(walked.data, but=Home(walked.data).cluster) == {}


def test_no_measurement_is_labelled_by_anything_personal(walked: PlatformProcess) -> None:
    assert found_in(httpx.get(f"{walked.url}/metrics").text) == set()


async def test_what_may_be_found_is_found_in_tables_and_topics(walked: PlatformProcess) -> None:
    """The search itself works: it finds what the same requests entered rightly, in each of the same places."""
    tables = databases(walked)
    found = await in_tables(tables["enterprise"], [COMPANY, "enterprise-91610102MA0000007T"])
    assert {"public.event", "public.answer"} < found.keys()
    assert any("enterprises" in table for table in found)
    assert any("scoreboard" in table for table in await in_tables(tables["projection"], [COMPANY]))
    assert await in_topics(broker(walked), [COMPANY]) == {"gonglian.610000.enterprise.v1": {COMPANY}}


def test_what_may_be_found_is_found_in_logs_and_measurements(walked: PlatformProcess, tmp_path: Path) -> None:
    assert found_in(walked.output(), ["RegisterEnterprise"])
    assert found_in(httpx.get(f"{walked.url}/metrics").text, ["RegisterEnterprise"])
    for mark in MARKS:
        (tmp_path / "log").write_text(f"…{mark!a}…")
        assert in_files(tmp_path, tmp_path / "other") == {"log": {mark}}


def test_commands_were_done_whose_headers_held_something_personal(walked: PlatformProcess) -> None:
    """Else the search would only show that what is refused leaves nothing behind."""
    lines = [line for line in walked.output().splitlines() if '"outcome":"done"' in line]
    assert len(lines) >= 3
