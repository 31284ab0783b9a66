from collections.abc import Callable, Sequence
from dataclasses import replace

import httpx
import orjson
import pytest

from demo.action import Action, Sheet, Told
from demo.drive.actions import plan
from demo.drive.ledger import ledger
from demo.officers import Officers, RowsRefused, Unexpected

REGISTER = plan(ledger()[0])[0]
LEDGER = replace(
    REGISTER,
    path="/api/stations/ledgers/faults/import",
    body=Sheet((("报修编号", "驿站编号", "修复日期"), (Told("seen", "fault"), "s-330110-001", None))),
)
SEEN = replace(REGISTER, role="anyone", path="/api/stations/report-fault", key="seen")
DONE = {"stream": "enterprise-1", "version": 1, "events": ["EnterpriseRegistered"]}

Answer = httpx.Response | httpx.TransportError


class Line:
    """Answers in turn, and keeps what was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.asked = list(answers), list[httpx.Request]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, httpx.TransportError):
            raise answer
        return answer


def token(union: str, roles: Sequence[str], subject: str) -> str:
    return f"{union}/{'+'.join(roles)}/{subject}"


def officers(line: Callable[[httpx.Request], httpx.Response]) -> Officers:
    client = httpx.AsyncClient(base_url="http://platform.example", transport=httpx.MockTransport(line))
    return Officers(client, token, "u-610000", pause=0)


async def test_a_command_carries_its_key_and_the_token_of_the_unions_officer() -> None:
    line = Line(httpx.Response(200, json=DONE))
    assert await officers(line).send(REGISTER) is None
    (asked,) = line.asked
    assert asked.url.path == "/api/enterprise/register"
    assert asked.headers["idempotency-key"] == REGISTER.key
    assert asked.headers["authorization"] == f"Bearer {REGISTER.union}/officer/p-officer{REGISTER.union[2:]}"
    assert "prefer" not in asked.headers


async def test_an_officer_shows_the_same_token_each_time() -> None:
    made = []
    line = Line(httpx.Response(200, json=DONE))
    client = httpx.AsyncClient(base_url="http://platform.example", transport=httpx.MockTransport(line))
    ours = Officers(client, lambda *who: made.append(who) or "token", "u-610000", pause=0)  # type: ignore[func-returns-value]
    await ours.send(REGISTER)
    await ours.send(REGISTER)
    assert len(made) == 1


async def test_a_position_is_asked_for_only_where_it_is_wanted() -> None:
    line = Line(httpx.Response(200, json=DONE | {"position": "/regions/610000/enterprise@7"}))
    assert await officers(line).send(REGISTER, wait=True) == "/regions/610000/enterprise@7"
    assert line.asked[0].headers["prefer"] == "wait"


async def test_a_broken_line_and_a_busy_platform_are_asked_again_with_the_same_key() -> None:
    line = Line(
        httpx.ConnectError("refused"), httpx.Response(503), httpx.ReadError("reset"), httpx.Response(200, json=DONE)
    )
    await officers(line).send(REGISTER)
    assert [asked.headers["idempotency-key"] for asked in line.asked] == [REGISTER.key] * 4
    assert len({asked.content for asked in line.asked}) == 1


async def test_a_refusal_is_shown_with_what_was_sent_and_not_asked_again() -> None:
    line = Line(httpx.Response(422, json={"code": "not_a_county", "detail": "610100 是市"}))
    with pytest.raises(Unexpected, match=rf"(?s)register.*{REGISTER.about}.*422.*not_a_county.*610100 是市"):
        await officers(line).send(REGISTER)
    assert len(line.asked) == 1


async def test_a_platform_that_stays_busy_is_given_up_with_its_answer() -> None:
    with pytest.raises(Unexpected, match="not_quiet"):
        await officers(Line(httpx.Response(503, json={"code": "not_quiet"}))).send(REGISTER)


async def test_a_platform_that_is_not_there_is_given_up_with_the_lines_error() -> None:
    with pytest.raises(httpx.ConnectError):
        await officers(Line(httpx.ConnectError("refused"))).send(REGISTER)


async def test_a_filled_in_ledger_goes_as_the_file_that_it_is() -> None:
    line = Line(
        httpx.Response(200, json={"fault": "f-7f3k9a2c"}),
        httpx.Response(200, json={"rows": 1, "done": 1, "findings": []}),
    )
    at_work = officers(line)
    await at_work.send(SEEN)
    await at_work.send(LEDGER)
    _, asked = line.asked
    assert asked.headers["content-type"] == "text/csv"
    assert asked.content.decode("utf-8-sig").splitlines() == ["报修编号,驿站编号,修复日期", "f-7f3k9a2c,s-330110-001,"]


async def test_rows_that_come_back_with_findings_end_the_play() -> None:
    found = {"rows": 1, "done": 0, "findings": [{"row": 2, "code": "enterprise_unknown"}]}
    line = Line(httpx.Response(200, json={"fault": "f-7f3k9a2c"}), httpx.Response(200, json=found))
    at_work = officers(line)
    await at_work.send(SEEN)
    with pytest.raises(RowsRefused, match="enterprise_unknown"):
        await at_work.send(LEDGER)


async def test_a_ledger_that_is_got_out_is_its_lines_without_the_mark_of_its_encoding() -> None:
    line = Line(httpx.Response(200, content="名称,人数\n示例,1\n".encode("utf-8-sig")))
    assert await officers(line).rows("/api/enterprise/ledgers/survey/export", format="csv") == ["名称,人数", "示例,1"]
    assert line.asked[0].url.params["format"] == "csv"


async def test_a_worker_shows_no_token_and_what_was_answered_is_named_afterwards() -> None:
    """A report has its number from the platform; the host who confirms it names that."""
    line = Line(httpx.Response(200, json={"fault": "f-1a"}), httpx.Response(200, json=DONE))
    ours = officers(line)
    seen = Action("s-1", REGISTER.day, "u-330110", "anyone", "/api/stations/report-fault", {"symptom": "empty"}, "seen")
    confirmed = replace(seen, role="officer", body={"fault": Told("seen", "fault")}, key="confirmed")
    await ours.send(seen)
    await ours.send(confirmed)
    reported, sent = line.asked
    assert "authorization" not in reported.headers
    assert reported.headers["idempotency-key"] == "seen"
    assert orjson.loads(sent.content) == {"fault": "f-1a"}


async def test_who_asked_too_much_of_the_counter_comes_again_when_told() -> None:
    """As a play that is played twice within a minute."""
    line = Line(httpx.Response(429, headers={"retry-after": "0"}), httpx.Response(200, json=DONE))
    await officers(line).send(replace(REGISTER, role="anyone"))
    assert len(line.asked) == 2
