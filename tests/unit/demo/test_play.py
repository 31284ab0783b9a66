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
from demo import days
from demo.action import AFTERNOON, Action
from demo.drive.actions import plan
from demo.drive.entry import Entry
from demo.drive.ledger import ledger
from demo.officers import Json, Officers, Unexpected
from demo.programme import Programme
from demo.programmes import PROGRAMMES, by_region
from demo.progress import progress_on

SOME = ledger()[::20]


async def ask(officers: Officers, position: str | None) -> Json:
    return {"board": await officers.ask("/api/projection/scoreboard", region="610000", at_least=str(position))}


DRIVE = Programme("drive", "610000", lambda: [each for entry in SOME for each in plan(entry)], ask, lambda *_: None)


PROMISES = ("due_on", "planned_on")


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
        if key not in self.taken:
            happened = [on for name, on in body.items() if name.endswith("_on") and name not in PROMISES]
            assert all(date.fromisoformat(on) <= self.now.date() for on in happened)
            self.order[body["enterprise"]].append(command)
        assert self.taken.setdefault(key, request.content) == request.content
        position = {"position": "/regions/610000/enterprise@7"} if "prefer" in request.headers else {}
        return httpx.Response(200, json={"stream": "", "version": 1, "events": []} | position)


async def play(platform: Platform, programme: Programme = DRIVE) -> Json:
    with progress_on(Console(file=StringIO())) as progress:
        return await demo.play.play(
            [programme],
            "http://platform.example",
            lambda union, roles, subject: f"{union}/{'+'.join(roles)}/{subject}",
            progress,
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


async def test_it_answers_what_each_programme_asks_at_the_end_by_its_name() -> None:
    """`ask` is given where the programme's last command stands in the log."""
    assert await play(Platform()) == {"drive": {"board": {"region": {"code": "610000"}}}}


async def test_what_looks_at_the_whole_day_is_sent_in_the_afternoon_after_all_of_the_morning() -> None:
    """Mechanism: the clock is played to that hour, which waits until the morning's commands are followed up."""
    day = days.FIRST
    morning = [
        Action(f"e{n}", day, "u-610102", "officer", "/api/enterprise/x", {"enterprise": "1"}, f"{n}") for n in "ab"
    ]
    late = Action("e", day, "u-610102", "officer", "/api/enterprise/y", {"enterprise": "1"}, "c", AFTERNOON)
    platform = Platform()
    await play(platform, Programme("drive", "610000", lambda: [late, *morning], ask, lambda *_: None))
    assert platform.order["1"] == ["x", "x", "y"]
    assert days.at(day, AFTERNOON) in platform.advanced


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


async def test_each_region_has_its_programmes_in_their_order() -> None:
    assert [programme for plays in by_region().values() for programme in plays] == list(PROGRAMMES)
    assert all({programme.region for programme in plays} == {region} for region, plays in by_region().items())
