"""The platform in containers: up, played, killed piece by piece while commands go on, and equal to a recount."""

import itertools
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import httpx
import orjson
import pytest

from contracts import regions
from contracts.cloudevent import decode
from contracts.creditcode import make_credit_code
from demo.action import Action, Sheet
from demo.drive.cities import PROVINCE
from eventing.feed import split
from eventing.identity import Role
from services.platform import BY_NAME
from tests.support.compose import Stack
from tests.support.demo_recount import Recount
from tests.support.figures import figures
from tests.support.waiting import eventually_sync

ALL_ROLES = (Role.VIEWER, Role.OFFICER, Role.APPROVER, Role.SUBSCRIBER, Role.OPERATOR)
DAY = date(2025, 12, 30)
SERVICES = tuple(BY_NAME)
_BACK = 180.0
"""Seconds; Kafka takes 8 on a quiet machine, and 60 on one that runs five other things."""


def test_it_is_healthy_within_ninety_seconds(seconds_to_healthy: float) -> None:
    assert seconds_to_healthy < 90


def test_every_service_is_within_its_limits_and_nobody_is_root(running: Stack) -> None:
    for service in ("postgres", "kafka", "gateway", "platform", *SERVICES):
        (container,) = running.containers(service)
        assert container["HostConfig"]["Memory"] > 0
        assert container["Config"]["User"] not in ("", "root", "0")
        assert container["HostConfig"]["RestartPolicy"]["Name"] == "unless-stopped"
    published = [running.containers(service)[0]["HostConfig"]["PortBindings"] for service in ("postgres", "kafka")]
    assert published == [{}, {}]


@pytest.mark.parametrize("role", SERVICES)
@pytest.mark.parametrize("database", [*SERVICES, "postgres", "template1"])
def test_a_role_enters_only_its_own_database(running: Stack, role: str, database: str) -> None:
    """Mechanism: deploy/postgres/databases.sh revokes CONNECT from everybody."""
    said = entered_database(running, role, running.secret(f"{role.upper()}_PASSWORD"), database)
    if role == database:
        assert said.strip() == "42"
    else:
        assert "permission denied" in said


def entered_database(stack: Stack, role: str, password: str, database: str) -> str:
    """What that role is told there: 42, or why not."""
    # By the container's own address: on loopback everybody is let in.
    tried = f'psql -XAtq -h "$(hostname -i)" -U {role} -d {database} -c "select 42" 2>&1'
    return stack.compose("exec", "-T", "-e", f"PGPASSWORD={password}", "postgres", "bash", "-c", tried, check=False)


def test_the_played_board_is_the_embedded_one_to_the_digit(
    boards: dict[str, Any], embedded_boards: dict[str, Any]
) -> None:
    """Mechanism: one algorithm plays both clocks (eventing/playing.py), here by HTTP and over real parts."""
    assert set(boards) == {"drive"}  # the programme of the region of that platform
    assert figures(boards["drive"]) == figures(embedded_boards["drive"])


@dataclass
class Writing:
    """Officers who go on entering enterprises, and keep what was acknowledged."""

    stack: Stack
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(900_001))
    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: list[tuple[Action, dict[str, Any]]] = field(default_factory=list)

    def write(self) -> None:
        with self.stack.officer(ALL_ROLES, "u-610000", "p-writer") as officer:
            while not self.stop.is_set():
                for action in entered(next(self.numbers)):
                    self.acknowledged.append((action, until_acknowledged(officer, action)))


def registration() -> dict[str, Any]:
    body = entered(1)[0].body
    assert not isinstance(body, Sheet)
    return dict(body)


def entered(number: int) -> list[Action]:
    code, day = make_credit_code("91", "610102", number), DAY.isoformat()
    bodies: dict[str, dict[str, Any]] = {
        "register": {
            "name": f"西安示例机械有限公司{number}",
            "ownership": "private",
            "county": "610102",
            "union": "u-610102",
            "registered_on": day,
        },
        "survey": {"headcount": 120, "size_class": "small", "surveyed_on": day},
    }
    return [
        Action(
            code, DAY, "u-610102", "officer", f"/api/enterprise/{name}", {"enterprise": code, **body}, f"{code}:{name}"
        )
        for name, body in bodies.items()
    ]


def until_acknowledged(officer: httpx.Client, action: Action) -> dict[str, Any]:
    """The same command under the same key, until it is taken; anything but being away is a fault."""
    while True:
        try:
            answer = officer.post(action.path, json=action.body, headers={"Idempotency-Key": action.key}, timeout=15)
        except httpx.TransportError:
            continue
        if answer.status_code == 200:
            done: dict[str, Any] = answer.json()
            return done
        assert answer.status_code in (500, 503), answer.text


@pytest.fixture(scope="module")
def written(running: Stack, boards: dict[str, Any]) -> Writing:
    """Written while each part was killed in turn and came back by itself; then quiet again."""
    writing = Writing(running)
    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(writing.write) for _ in range(4)]
        try:
            for part in ("kafka", "postgres", *SERVICES, "platform", "gateway"):
                acknowledged_so_far(writing, more=20)
                restarts = running.crash(part)
                eventually_sync(lambda part=part, before=restarts: running.is_back(part, before), within=_BACK)  # type: ignore[misc]
                acknowledged_so_far(writing, more=20)
        finally:
            writing.stop.set()
        for writer in writers:
            writer.result(120)
    rest(running)
    return writing


def acknowledged_so_far(writing: Writing, more: int) -> None:
    enough = len(writing.acknowledged) + more
    eventually_sync(lambda: len(writing.acknowledged) >= enough, within=_BACK)


def rest(stack: Stack, by: timedelta = timedelta(minutes=1)) -> datetime:
    """Move the clock, which it does only when nothing is under way any more."""
    with stack.officer([Role.OPERATOR], "u-610000") as operator:
        now = datetime.fromisoformat(operator.get("/api/platform/clock").raise_for_status().json()["now"])
        moved = operator.post("/api/platform/clock", json={"to": (now + by).isoformat()})
        assert moved.status_code == 200, moved.text
    return now + by


def texts(stack: Stack) -> list[bytes]:
    """Every event of the enterprise log as it is sealed; the chain is checked on the way."""
    found: list[bytes] = []
    held = "0" * 64
    with stack.officer([Role.SUBSCRIBER], "u-610000") as reader:
        while page := split(reader.get("/api/enterprise/events", params={"after": len(found), "limit": 1000}).content):
            for sealed in page:
                assert (sealed.sequence, sealed.prevhash) == (len(found) + 1, held)
                held = sealed.hash
                found.append(sealed.text)
    return found


def whole_feed(stack: Stack) -> list[dict[str, Any]]:
    """Every event of the enterprise log."""
    return [orjson.loads(text) for text in texts(stack)]


def test_whatever_was_killed_each_acknowledged_command_is_in_the_log_once(running: Stack, written: Writing) -> None:
    """Mechanism: 2xx means committed; a key gets its first answer; the relay goes on from its mark."""
    assert len(written.acknowledged) >= 6 * 40
    found = Counter((event["subject"], event["streamversion"]) for event in whole_feed(running))
    assert set(found.values()) == {1}
    ours = {(done["stream"], done["version"]) for _, done in written.acknowledged}
    assert len(ours) == len(written.acknowledged)
    assert ours <= found.keys()
    streams = {stream for stream, _ in ours}
    assert {place for place in found if place[0] in streams} == ours, "and none besides"


def test_the_board_equals_a_recount_afterwards(running: Stack, written: Writing) -> None:
    """Mechanism: the read model's rows and its position are one transaction, whatever is read twice."""
    with running.officer([Role.OPERATOR], "u-610000") as operator:
        now = datetime.fromisoformat(operator.get("/api/platform/clock").raise_for_status().json()["now"])
    counted = Recount([decode(text).event for text in texts(running)], now.date())
    with running.officer([Role.VIEWER], "u-610000") as viewer:
        for code in (PROVINCE, *regions.children(PROVINCE)):
            board = viewer.get("/api/projection/scoreboard", params={"region": code}).raise_for_status().json()
            assert {name: board[name] for name in ("region", "children")} == counted.board(code)


def test_two_of_a_service_are_one(running: Stack, written: Writing) -> None:
    """Mechanisms: one leader per log (the relay's lease), each deadline once (its claim), and a played clock that all
    containers of a service follow before `advance` answers (the clock's followers)."""
    leaders = running.logs("enterprise").count('"event":"relay_leads"')
    running.up("--no-recreate", "--scale", "enterprise=2", "--scale", "projection=2")
    now = rest(running, timedelta(hours=1))
    codes = [make_credit_code("91", "610102", number) for number in range(990_001, 990_031)]
    with running.officer(ALL_ROLES, "u-610000") as officer:
        for code in codes:
            for name, body in {
                "register": {**registration(), "enterprise": code, "registered_on": now.date().isoformat()},
                "survey": {"enterprise": code, "headcount": 120, "surveyed_on": now.date().isoformat()},
                "state-will": {"enterprise": code, "will": "willing", "stated_on": now.date().isoformat()},
            }.items():
                answer = officer.post(
                    f"/api/enterprise/{name}", json=body, headers={"Idempotency-Key": f"{code}{name}"}
                )
                assert answer.status_code == 200, answer.text
        for _ in range(12):
            day = rest(running, timedelta(days=1))
        for code in codes:  # each container in turn: for one that is behind, the day would lie in the future
            body = {"enterprise": code, "headcount": 121, "surveyed_on": day.date().isoformat()}
            answer = officer.post("/api/enterprise/survey", json=body, headers={"Idempotency-Key": f"{code}s"})
            assert answer.status_code == 200, answer.text
    overdue = Counter(
        event["data"]["enterprise"]
        for event in whole_feed(running)
        if event["type"].endswith("VisitOverdue.v1") and event["data"]["enterprise"] in codes
    )
    assert overdue == dict.fromkeys(codes, 1)
    logs = running.logs("enterprise")
    assert logs.count('"event":"relay_leads"') == leaders, "the second one waits for the lease"
    for index in (1, 2):
        assert f"enterprise-{index}" in {
            line.split("|")[0].strip() for line in logs.splitlines() if '"command"' in line
        }


def test_another_password_and_a_service_that_has_come_need_no_step_by_hand(running: Stack, written: Writing) -> None:
    """Mechanism: the container `databases` runs to its end at each `up`, before the services (docker-compose.yml)."""
    old = running.secret("PROJECTION_PASSWORD")
    running.set_secret("PROJECTION_PASSWORD", "another-one-for-this-test")
    running.compose("stop", "stations")
    gone = ("-c", "drop database stations with (force)", "-c", "drop role stations")
    running.compose("exec", "-T", "postgres", "psql", "-X", *gone)
    running.up()
    assert "password authentication failed" in entered_database(running, "projection", old, "projection")
    for role in SERVICES:
        password = running.secret(f"{role.upper()}_PASSWORD")
        assert entered_database(running, role, password, role).strip() == "42"
