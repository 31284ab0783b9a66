"""Every route × every role × own, above, below and another union: exactly what is declared, and nobody else."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
import pytest

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from tests.support.platform_process import PlatformProcess

# The matter belongs to the city's union: one stands above it, one below, one elsewhere.
OWN, ABOVE, BELOW, OTHER = "u-610100", "u-610000", "u-610102", "u-610300"
MAY = {OWN: True, ABOVE: True, BELOW: False, OTHER: False}
VISITS = "统一社会信用代码,走访日期\n".encode()
_NUMBERS = count(1)


@dataclass(frozen=True)
class Call:
    """How a route is called about a matter of the city's; `bound` is false where the answer is everybody's, or is cut
    to what the actor may see instead of being refused."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    params: dict[str, Any] = field(default_factory=dict)
    bound: bool = True
    above_only: bool = False
    file: bytes | None = None
    """What is sent instead of a JSON body."""


def calls(enterprise: str) -> dict[str, Call]:
    """A call for each route, by its method and template."""

    def command(route: str, **body: object) -> Call:
        return Call("POST", f"/api/enterprise/{route}", {"enterprise": enterprise, **body})

    day = "2025-05-06"
    listed = [
        command(
            "register",
            name="西安示例机械有限公司",
            ownership="private",
            county="610102",
            union=OWN,
            registered_on=day,
        ),
        command("survey", headcount=120, surveyed_on=day),
        command("state-will", will="willing", stated_on=day),
        command("hold-visit", held_on=day),
        command("apply", applied_on=day),
        command("approve", members=30, own_committee=True, approved_on=day, document="西工发〔2025〕1号"),
        command("assign-instructor", instructor="p-7f3k9a2c", assigned_on=day),
        Call("GET", "/api/enterprise/enterprises", bound=False),
        Call("GET", "/api/enterprise/enterprises/{enterprise}"),
        Call("GET", "/api/enterprise/ledgers/{ledger}/template", bound=False),
        Call("POST", "/api/enterprise/ledgers/{ledger}/check", bound=False, file=VISITS),
        Call("POST", "/api/enterprise/ledgers/{ledger}/import", bound=False, file=VISITS),
        Call("GET", "/api/enterprise/ledgers/{ledger}/export", bound=False),
        Call("GET", "/api/enterprise/events", above_only=True),
        Call("GET", "/api/enterprise/operator/standing", above_only=True),
        Call("GET", "/api/projection/operator/standing", above_only=True),
        *(call for service in ("enterprise", "projection") for call in _parking(f"/api/{service}/operator/parked")),
        Call("POST", "/api/enterprise/operator/clock", {"to": "2025-05-06T09:00:00+08:00"}, above_only=True),
        Call("POST", "/api/projection/operator/clock", {"to": "2025-05-06T09:00:00+08:00"}, above_only=True),
        Call("POST", "/api/enterprise/operator/deadlines/fire", above_only=True),
        Call("POST", "/api/projection/operator/deadlines/fire", above_only=True),
        Call("GET", "/api/projection/scoreboard", params={"region": "610100"}),
        Call("GET", "/api/projection/scoreboard/enterprises", params={"region": "610100", "metric": "union_50"}),
    ]
    return {f"{call.method} {call.path}": call for call in listed}


def _parking(route: str) -> list[Call]:
    """An operator's calls about what is parked: nothing is, so what names a stream doesn't find it."""
    nothing = {"reader": "scoreboard/1", "stream": "enterprise-none"}
    return [
        Call("GET", route, above_only=True),
        Call("GET", f"{route}/stream", params=nothing, above_only=True),
        Call("POST", f"{route}/retry", {}, above_only=True),
        Call("POST", f"{route}/discard", {**nothing, "reason": "none"}, above_only=True),
    ]


@pytest.fixture(scope="module")
def enterprise(platform: PlatformProcess) -> str:
    """An enterprise that the city's union looks after, founded and accompanied."""
    code = make_credit_code("91", "610102", 777_001)
    with platform.officer((Role.OFFICER, Role.APPROVER, Role.OPERATOR), OWN) as officer:
        for call in calls(code).values():
            if call.method == "POST" and not call.above_only:
                # The clock moves only when all is quiet: a policy has begun what the next command needs.
                officer.post("/api/platform/clock", json={"to": "2025-05-06T09:00:01+08:00"})
                headers = {"Idempotency-Key": f"{code}{call.path}"}
                path = call.path.format(ledger="visits")
                answer = officer.post(path, json=call.body, content=call.file, headers=headers)
                assert answer.status_code in (200, 409), answer.text
    return code


@pytest.fixture(scope="module")
def routes(platform: PlatformProcess) -> dict[str, list[Role]]:
    """Every documented route with the roles declared for it."""
    found: dict[str, list[Role]] = {}
    for service in ("enterprise", "projection"):
        paths = httpx.get(f"{platform.url}/api/{service}/openapi.json").json()["paths"]
        for path, operations in paths.items():
            for method, operation in operations.items():
                found[f"{method.upper()} {path}"] = [Role(role) for role in operation["x-roles"]]
    return found


def test_every_route_is_walked(routes: dict[str, list[Role]]) -> None:
    assert routes.keys() == calls("").keys()


def _cases() -> list[tuple[str, Role, str]]:
    return [(route, role, union) for route in calls("") for role in Role for union in MAY]


@pytest.mark.parametrize(("route", "role", "union"), _cases())
def test_a_route_serves_whom_it_declares_within_their_subtree(
    platform: PlatformProcess, routes: dict[str, list[Role]], enterprise: str, route: str, role: Role, union: str
) -> None:
    call = calls(enterprise)[route]
    with platform.officer([role], union, subject=f"p-{role}") as actor:
        answer = actor.request(
            call.method,
            call.path.format(enterprise=enterprise, ledger="visits"),
            json=call.body,
            content=call.file,
            params=call.params,
            headers={"Idempotency-Key": f"walk{next(_NUMBERS)}"},
        )
    code = answer.json().get("code") if answer.headers["content-type"] == "application/problem+json" else None
    if role not in routes[route]:
        assert (answer.status_code, code) == (403, "role_missing")
    elif call.bound and not (union == ABOVE if call.above_only else MAY[union]):
        assert answer.status_code == 403
        assert code in ("not_your_union", "not_your_region")
    else:
        assert answer.status_code in (200, 409) or code == "not_parked", answer.text


def test_a_list_shows_only_what_lies_in_the_subtree(platform: PlatformProcess, enterprise: str) -> None:
    for union, may in MAY.items():
        with platform.officer([Role.VIEWER], union) as viewer:
            rows = viewer.get("/api/enterprise/enterprises", params={"limit": 500}).json()["enterprises"]
        assert (enterprise in [row["enterprise"] for row in rows]) == may


@pytest.mark.parametrize("route", list(calls("")))
def test_without_a_token_nothing_is_served(platform: PlatformProcess, enterprise: str, route: str) -> None:
    call = calls(enterprise)[route]
    answer = httpx.request(
        call.method, platform.url + call.path.format(enterprise=enterprise, ledger="visits"), json=call.body
    )
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
