"""Rows are carried out side by side, those of one subject in their order; what the service refuses comes back."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence

import httpx
import pytest

from eventing.decision import Command
from eventing.ledger.importing import Imported, Refusal, Send, import_rows
from eventing.ledger.ledger import Becomes
from eventing.ledger.posting import NotLet, Posting, Unreachable
from tests.support.ledgers import TREES, Plant, Sent, xlsx

HEADER = ["树号", "高度", "种植日期"]
NO = Refusal("height", "too_high", "Too high", "It is too high.")


async def imported(rows: Sequence[tuple[str, object]], send: Send, lanes: int = 4) -> Imported:
    sent = Sent(xlsx([HEADER, *([tree, height, "2025-05-20"] for tree, height in rows)]))
    return await import_rows(TREES, sent.checker, sent.rows, send, lanes)


async def test_rows_of_one_subject_keep_their_order_and_others_dont_wait_for_them() -> None:
    """Mechanism: a lane by the first column; whoever is slow holds up nobody but its own lane."""
    order: dict[str, list[int]] = defaultdict(list)
    under_way = most = 0

    async def send(_: Becomes, command: Command, __: str) -> None:
        nonlocal under_way, most
        assert isinstance(command, Plant)
        under_way += 1
        most = max(most, under_way)
        for _turn in range(command.height % 5):
            await asyncio.sleep(0)
        order[command.tree].append(command.height)
        under_way -= 1

    rows = [(f"T{n % 7}", 1000 - n) for n in range(200)]
    assert (await imported(rows, send)).done == 200
    assert 1 < most <= 4
    for tree, heights in order.items():
        assert heights == [height for name, height in rows if name == tree]


async def test_a_refused_row_keeps_no_other_back() -> None:
    async def send(_: Becomes, command: Command, __: str) -> Refusal | None:
        assert isinstance(command, Plant)
        return NO if command.height > 100 else None

    got = await imported([("T1", 5), ("T1", 200), ("T2", "三"), ("T1", 6)], send)
    assert (got.rows, got.done) == (4, 2)
    found = {row: [(one.column, one.code) for one in findings] for row, findings in got.findings.items()}
    assert found == {3: [("高度", "too_high")], 4: [("高度", "cell_not_whole")]}


async def test_what_is_refused_of_one_command_isnt_followed_by_the_rows_next_one() -> None:
    from dataclasses import replace

    from tests.support.ledgers import Water

    sent_to: list[str] = []

    async def send(becomes: Becomes, _: Command, __: str) -> Refusal | None:
        sent_to.append(becomes.route)
        return NO if becomes.route == "plant" else None

    both = replace(TREES, becomes=(*TREES.becomes, Becomes(Water, "water")))
    row = Sent(xlsx([HEADER, ["T1", 3, "2025-05-20"]])).rows[0]
    checker = Sent(xlsx([HEADER])).checker
    doubled = replace(row, commands=(*row.commands, (both.becomes[1], Water(tree="T1", litres=1))))
    await import_rows(both, checker, [doubled], send, 1)
    assert sent_to == ["plant"]


def test_the_same_content_has_the_same_key_and_other_content_another() -> None:
    one = Plant(tree="T1", height=3, planted_on="2025-05-20")
    assert TREES.key(one) == TREES.key(one.model_copy())
    assert TREES.key(one) != TREES.key(one.model_copy(update={"height": 4}))
    assert len(TREES.key(one)) <= 128


def a_service(answer: Callable[[httpx.Request], httpx.Response], patience: float = 10) -> Posting:
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://there")
    return Posting(http, "forest", patience)


def problem(status: int, code: str, **more: object) -> httpx.Response:
    body = {"type": "x", "title": "T", "status": status, "detail": "D", "code": code, **more}
    return httpx.Response(status, json=body)


COMMAND = Plant(tree="T1", height=3, planted_on="2025-05-20")


async def test_a_service_that_is_away_is_asked_again_under_the_same_key() -> None:
    asked: list[tuple[str, str | None]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((request.url.path, request.headers.get("idempotency-key")))
        if len(asked) == 1:
            raise httpx.ConnectError("refused")
        return httpx.Response(503, headers={"retry-after": "0"}) if len(asked) == 2 else httpx.Response(200)

    assert await a_service(answer)(TREES.becomes[0], COMMAND, "key") is None
    assert asked == [("/api/forest/plant", "key")] * 3


async def test_patience_ends() -> None:
    with pytest.raises(Unreachable, match="503"):
        await a_service(lambda _: httpx.Response(503), patience=0.2)(TREES.becomes[0], COMMAND, "key")


async def test_a_refusal_names_the_first_field_that_was_wrong() -> None:
    wrong = {"code": "too_high", "field": "height", "title": "Too high", "detail": "It is too high."}
    post = a_service(lambda _: problem(422, "fields_invalid", errors=[wrong]))
    assert await post(TREES.becomes[0], COMMAND, "key") == NO


@pytest.mark.parametrize(("status", "code"), [(401, "token_expired"), (403, "role_missing")])
async def test_what_is_refused_of_whoever_asks_stops_the_import(status: int, code: str) -> None:
    post = a_service(lambda _: problem(status, code))
    with pytest.raises(NotLet, match="T"):
        await imported([("T1", 3), ("T2", 4)], post)
