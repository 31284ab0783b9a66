import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from io import StringIO

import httpx
import pytest
from rich.console import Console

import demo.play
from contracts import regions
from demo import days
from demo.drive import programme
from demo.drive.actions import plan
from demo.drive.cities import CITIES, PROVINCE
from demo.drive.entry import Entry
from demo.drive.ledger import ledger
from demo.officers import Json, Unexpected

SOME = ledger()[::40]


class Platform:
    """Takes every command once by its key, and none before its day; keeps who asked what."""

    def __init__(self) -> None:
        self.now = days.morning(days.FIRST)
        self.taken: dict[tuple[str, str], bytes] = {}
        self.order: defaultdict[str, list[str]] = defaultdict(list)
        self.advanced: list[datetime] = []
        self.at_once = self.most_at_once = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        try:
            return self._answer(request)
        finally:
            self.at_once -= 1

    def _answer(self, request: httpx.Request) -> httpx.Response:
        who = request.headers["authorization"].removeprefix("Bearer ").split("/")
        match request.method, request.url.path:
            case "GET", "/api/platform/clock":
                return httpx.Response(200, json={"now": self.now.isoformat()})
            case "POST", "/api/platform/clock":
                assert who[:2] == ["u-610000", "operator"]
                self.now = max(self.now, datetime.fromisoformat(json.loads(request.content)["to"]))
                self.advanced.append(self.now)
                return httpx.Response(200, json={"now": self.now.isoformat()})
            case "GET", "/api/projection/scoreboard":
                assert request.url.params["at_least"] == "/regions/610000/enterprise@7"
                return httpx.Response(200, json={"region": {"code": request.url.params["region"]}})
            case "POST", path:
                return self._do(request, who, path.removeprefix("/api/enterprise/"))
        return httpx.Response(404)

    def _do(self, request: httpx.Request, who: Sequence[str], command: str) -> httpx.Response:
        body, key = json.loads(request.content), (who[2], request.headers["idempotency-key"])
        assert who[1] == ("approver" if command == "approve" else "officer")
        if key not in self.taken:
            happened = [on for name, on in body.items() if name.endswith("_on")]
            assert all(date.fromisoformat(on) <= self.now.date() for on in happened)
            self.order[body["enterprise"]].append(command)
        assert self.taken.setdefault(key, request.content) == request.content
        position = {"position": "/regions/610000/enterprise@7"} if "prefer" in request.headers else {}
        return httpx.Response(200, json={"stream": "", "version": 1, "events": []} | position)


@pytest.fixture(autouse=True)
def a_part_of_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programme, "ledger", lambda: SOME)


async def play(platform: Platform) -> Json:
    return await demo.play.play(
        [programme.DRIVE],
        "http://platform.example",
        lambda union, roles, subject: f"{union}/{'+'.join(roles)}/{subject}",
        Console(file=StringIO()),
        transport=httpx.MockTransport(platform),
    )


def commands(entry: Entry) -> list[str]:
    return [action.path.rsplit("/", 1)[1] for action in plan(entry)]


async def test_every_action_is_sent_once_on_its_day_and_each_enterprises_in_order() -> None:
    platform = Platform()
    await play(platform)
    assert platform.order == {entry.code: commands(entry) for entry in SOME}


async def test_officers_work_side_by_side_sixteen_at_most() -> None:
    platform = Platform()
    await play(platform)
    assert 1 < platform.most_at_once <= 16


async def test_time_is_played_to_the_evening_of_the_last_day() -> None:
    platform = Platform()
    await play(platform)
    assert platform.advanced == sorted(platform.advanced)
    assert platform.now == datetime.fromisoformat("2025-12-31T18:00:00+08:00")


async def test_it_answers_the_boards_of_the_province_and_its_cities() -> None:
    boards = (await play(Platform()))["drive"]["boards"]
    assert tuple(boards) == (PROVINCE, *regions.children(PROVINCE)) == (PROVINCE, *(city.code for city in CITIES))
    assert all(board["region"]["code"] == region for region, board in boards.items())


async def test_played_again_it_sends_the_same_and_changes_nothing() -> None:
    platform = Platform()
    told = await play(platform)
    before = {code: list(order) for code, order in platform.order.items()}
    assert await play(platform) == told
    assert platform.order == before


async def test_a_refusal_ends_the_play_with_the_problem_itself() -> None:
    class Refusing(Platform):
        def _do(self, request: httpx.Request, who: Sequence[str], command: str) -> httpx.Response:
            return httpx.Response(409, json={"code": "survey_first", "title": "先摸底"})

    with pytest.raises(Unexpected, match="survey_first"):
        await play(Refusing())
