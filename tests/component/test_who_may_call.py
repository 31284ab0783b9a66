"""Every route × every role × own, above, below and another union: exactly what is declared, and nobody else."""

from dataclasses import replace
from itertools import count

import httpx
import pytest

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from services.platform import BY_NAME
from tests.support.calls import BELOW, MAY, OWN, WALKED, Call, shell_calls
from tests.support.platform_process import PlatformProcess
from tests.support.station_calls import station_calls

LATER = "2031-05-06"
"""A day that hasn't come: who may not is refused before that is looked at, and who may changes nothing."""
OTHER_ENTERPRISE = make_credit_code("91", "610102", 777_002)
CHECKLIST = ("plate", "seal", "room", "money", "member_register", "committee", "rules_and_files")
OF_THE_SHELL = tuple(call for make in BY_NAME.values() for call in shell_calls(make()))
_NUMBERS = count(1)


def calls(enterprise: str) -> dict[str, Call]:
    """A call for each route, by its method and template."""

    def command(route: str, **body: object) -> Call:
        return Call("POST", f"/api/enterprise/{route}", {"enterprise": enterprise, **body})

    day, month = "2025-05-06", {"month": "2025-04"}
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
        command("pause-visit-clock", reason="stoppage", paused_on=day),
        command("resume-visit-clock", resumed_on=day),
        command("record-refusal-contact", way="visit", contacted_on=day),
        command("confirm-refusal", confirmed_on=day),
        command("send-supervision-letter", authority="labour_inspection", document="西工函〔2025〕1号", sent_on=day),
        command("record-supervision-reply", authority="labour_inspection", replied_on=day),
        command("end-supervision", outcome="talks", ended_on=day),
        command("apply", applied_on=day),
        Call("GET", "/api/enterprise/station-closings", bound=False),
        command("see-station-closing", station="s-610102-001", seen_on=day),
        command("agree-plan-step", step="talk_with_workers", officer="p-7f3k9a2c", due_on=day),
        command("do-plan-step", step="talk_with_workers", done_on=day),
        command("plan-founding", planned_on=day),
        command("form-preparatory-group", formed_on=day),
        command("approve-set-up", approved_on=day, document="西工发〔2025〕1号"),
        command("join-members", joined_on=day, members=30, women=10, migrant=5, new_forms=1),
        command(
            "hold-founding-meeting",
            held_on=day,
            members=30,
            committee=3,
            audit=3,
            women="member",
            chair_post="worker",
            term_years=3,
        ),
        command("approve", members=30, own_committee=True, approved_on=day, document="西工发〔2025〕1号"),
        command("assign-instructor", instructor="p-7f3k9a2c", assigned_on=day),
        command("describe-enterprise", name="西安示例机械有限公司", ownership="private", described_on=day),
        command(
            "adjudicate-name",
            other=OTHER_ENTERPRISE,
            verdict="different",
            evidence="visit",
            decided_by="p-7f3k9a2c",
            decided_on=LATER,
        ),
        command("move-enterprise", county="610103", union="u-610103", moved_on=LATER),
        command("close-enterprise", reason="deregistered", closed_on=LATER),
        command("merge-enterprise", into=OTHER_ENTERPRISE, merged_on=LATER),
        command("leave-province", province="510000", reason="relocated", left_on=LATER),
        Call("POST", "/api/enterprise/close-survey", {"county": "610103", "closed_on": LATER}),
        Call("GET", "/api/enterprise/baseline", params={"county": "610103"}),
        Call("GET", "/api/enterprise/similar-names", params={"county": "610102"}, bound=False),
        command("dissolve-union", reason="members_resolved", dissolved_on=day),
        # The plan is the city's: the union next up of that checks it.
        replace(command("check-plan", approved=True, checked_on=day), above_only=True),
        Call("GET", "/api/enterprise/plans", bound=False),
        Call("GET", "/api/enterprise/plans/{enterprise}"),
        Call("GET", "/api/enterprise/plan-steps", bound=False),
        command("withdraw-instructor", instructor="p-7f3k9a2c", left_on=day),
        command("hold-check-in", day=7, held_on=day),
        command("assess-accompaniment", **dict.fromkeys(CHECKLIST, True), assessed_on=day),
        command("extend-accompaniment"),
        command("renew-term", elected_on=day, term_years=3),
        command("vacate-chair", reason="resigned", vacant_on=day),
        command("elect-chair", chair_post="worker", elected_on=day),
        command("report-members", month="2025-05", members=30, women=10, migrant=5, new_forms=1),
        command("hold-return-visit", held_on=day, signs=["no_dues"]),
        command("rectify-shell", rectified_on=day),
        Call("GET", "/api/enterprise/accompaniments", bound=False),
        Call("GET", "/api/enterprise/check-ins", bound=False),
        Call("GET", "/api/enterprise/instructors", bound=False),
        Call("GET", "/api/enterprise/unions", bound=False),
        Call("GET", "/api/enterprise/members", params={"month": "2025-05"}, bound=False),
        Call(
            "POST",
            "/api/enterprise/form-joint-union",
            {
                "union": "u-610102-j9",
                "form": "joint",
                "name": "新城区示例联合工会",
                "county": BELOW.removeprefix("u-"),
                "formed_on": day,
                "document": "新工发〔2025〕9号",
            },
            of_county=True,
        ),
        command("join-joint-union", union="u-610102-j9", members=6, joined_on=day),
        command("leave-joint-union", reason="resolved", left_on=day),
        Call(
            "POST",
            "/api/enterprise/dissolve-joint-union",
            {"union": "u-610102-j9", "dissolved_on": day},
            of_county=True,
        ),
        Call(
            "POST",
            "/api/enterprise/form-federation",
            {
                "federation": "u-610100-f9",
                "kind": "area",
                "name": "西安市示例工会联合会",
                "area": "610100",
                "formed_on": day,
                "document": "西工发〔2025〕31号",
            },
        ),
        command("join-federation", federation="u-610100-f9", joined_on=day),
        command("leave-federation", federation="u-610100-f9", left_on=day),
        command("assign-officer", officer="p-7f3k9a2c", assigned_on=day),
        Call(
            "POST",
            "/api/enterprise/hand-over-desk",
            {
                "officer": "p-7f3k9a2c",
                "successor": "p-1l2i3a4b",
                "union": OWN,
                "reason": "load",
                "handed_over_on": day,
            },
        ),
        Call("GET", "/api/enterprise/joint-unions", bound=False),
        Call("GET", "/api/enterprise/units", bound=False),
        Call("GET", "/api/enterprise/federations", bound=False),
        Call("GET", "/api/enterprise/federation-members", params={"federation": "u-610100-f9"}, bound=False),
        Call("GET", "/api/enterprise/desk", bound=False),
        Call("GET", "/api/enterprise/enterprises/{enterprise}/timeline"),
        Call(
            "POST",
            "/api/enterprise/set-target",
            {
                "region": "610100",
                "metric": "union_50",
                "percent": 72,
                "due_on": "2025-12-31",
                "cascades": True,
                "reason": "shared_out",
            },
        ),
        Call("GET", "/api/enterprise/targets", bound=False),
        Call("GET", "/api/enterprise/enterprises", bound=False),
        Call("GET", "/api/enterprise/enterprises/{enterprise}"),
        Call("GET", "/api/enterprise/supervisions", bound=False),
        Call("GET", "/api/projection/scoreboard", params={"region": "610100"}),
        Call("GET", "/api/projection/scoreboard/enterprises", params={"region": "610100", "metric": "union_50"}),
        Call("GET", "/api/projection/scoreboard/pace", params={"region": "610100", "metric": "union_50"}),
        Call("GET", "/api/projection/targets", params={"region": "610100", "metric": "union_50"}),
        Call("GET", "/api/projection/stations", params={"region": "610100"}),
        Call("GET", "/api/projection/stations/list", params={"region": "610100", "count": "towns"}),
        Call("POST", "/api/projection/reports/{month}", {"region": "610100"}, month),
        # The city's report was sent to the province's union, which answers.
        Call(
            "POST",
            "/api/projection/reports/{month}/return",
            {"region": "610100", "edition": 1, "reason": "entries_missing"},
            month,
            above_only=True,
        ),
        Call(
            "POST", "/api/projection/reports/{month}/accept", {"region": "610100", "edition": 1}, month, above_only=True
        ),
        Call("GET", "/api/projection/reports", params={"region": "610100"}),
        Call("GET", "/api/projection/reports/{region}/{month}", named={"region": "610100", **month}),
        *station_calls(),
        *OF_THE_SHELL,
    ]
    return {f"{call.method} {call.path}": call for call in listed}


def path_of(call: Call, enterprise: str) -> str:
    return call.path.format(enterprise=enterprise, **call.named)


@pytest.fixture(scope="module")
def enterprise(platform: PlatformProcess) -> str:
    """An enterprise that the city's union looks after, founded and accompanied."""
    code = WALKED
    with platform.officer((Role.OFFICER, Role.APPROVER, Role.OPERATOR), OWN) as officer:
        for call in calls(code).values():
            if call.method == "POST" and not call.above_only:
                # The clock moves only when all is quiet: a policy has begun what the next command needs.
                officer.post("/api/platform/clock", json={"to": "2025-05-06T09:00:01+08:00"})
                headers = {"Idempotency-Key": f"{code}{call.path}"}
                answer = officer.post(path_of(call, code), json=call.body, content=call.file, headers=headers)
                assert answer.status_code in (200, 409) or call.anonymous, answer.text
    return code


@pytest.fixture(scope="module")
def routes(platform: PlatformProcess) -> dict[str, list[Role]]:
    """Every documented route with the roles declared for it."""
    found: dict[str, list[Role]] = {}
    for service in BY_NAME:
        paths = httpx.get(f"{platform.url}/api/{service}/openapi.json").json()["paths"]
        for path, operations in paths.items():
            for method, operation in operations.items():
                found[f"{method.upper()} {path}"] = [Role(role) for role in operation["x-roles"]]
    return found


def test_every_route_is_walked(routes: dict[str, list[Role]]) -> None:
    walked = calls("").keys()
    assert (routes.keys() - walked, walked - routes.keys()) == (set(), set()), "not walked; not there"


def _cases() -> list[tuple[str, Role, str]]:
    return [(route, role, union) for route in _walked(anonymous=False) for role in Role for union in MAY]


def _walked(anonymous: bool) -> list[str]:
    return [route for route, call in calls("").items() if call.anonymous is anonymous]


@pytest.mark.parametrize(("route", "role", "union"), _cases())
def test_a_route_serves_whom_it_declares_within_their_subtree(
    platform: PlatformProcess, routes: dict[str, list[Role]], enterprise: str, route: str, role: Role, union: str
) -> None:
    call = calls(enterprise)[route]
    with platform.officer([role], union, subject=f"p-{role}") as actor:
        answer = actor.request(
            call.method,
            path_of(call, enterprise),
            json=call.body,
            content=call.file,
            params=call.params,
            headers={"Idempotency-Key": f"walk{next(_NUMBERS)}"},
        )
    code = answer.json().get("code") if answer.headers["content-type"] == "application/problem+json" else None
    if routes[route] and role not in routes[route]:
        assert (answer.status_code, code) == (403, "role_missing")
    elif call.bound and not call.may(union):
        assert answer.status_code == 403
        assert code in ("not_your_union", "not_your_region")
    else:
        assert answer.status_code in (200, 409) or code == "not_parked", answer.text


def test_a_list_shows_only_what_lies_in_the_subtree(platform: PlatformProcess, enterprise: str) -> None:
    for union, may in MAY.items():
        with platform.officer([Role.VIEWER], union) as viewer:
            rows = viewer.get("/api/enterprise/enterprises", params={"limit": 500}).json()["enterprises"]
        assert (enterprise in [row["enterprise"] for row in rows]) == may


@pytest.mark.parametrize("service", BY_NAME)
@pytest.mark.parametrize("union", ["u-330000", "u-610100"])
def test_a_stranger_reads_no_feed_whatever_roles_they_have(platform: PlatformProcess, service: str, union: str) -> None:
    """A feed holds internal events. Mechanism: the route asks for the region's own union or one above it."""
    with platform.officer(list(Role), union) as stranger:
        answer = stranger.get(f"/api/{service}/events")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_union")


@pytest.mark.parametrize("service", BY_NAME)
def test_the_feed_is_not_for_those_who_work_with_the_pages(routes: dict[str, list[Role]], service: str) -> None:
    assert set(routes[f"GET /api/{service}/events"]) == {Role.SUBSCRIBER, Role.OPERATOR}


@pytest.mark.parametrize("route", _walked(anonymous=True))
def test_what_is_for_anybody_asks_for_no_token(
    platform: PlatformProcess, routes: dict[str, list[Role]], enterprise: str, route: str
) -> None:
    call = calls(enterprise)[route]
    headers = {"Idempotency-Key": f"walk{next(_NUMBERS)}"}
    answer = httpx.request(
        call.method, platform.url + path_of(call, enterprise), json=call.body, params=call.params, headers=headers
    )
    assert (routes[route], answer.status_code in (200, 404, 409)) == ([], True), answer.text


@pytest.mark.parametrize("route", _walked(anonymous=False))
def test_without_a_token_nothing_else_is_served(platform: PlatformProcess, enterprise: str, route: str) -> None:
    call = calls(enterprise)[route]
    answer = httpx.request(call.method, platform.url + path_of(call, enterprise), json=call.body, params=call.params)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
