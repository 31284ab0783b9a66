"""An officer's desk, the hand-over of it, joint unions and the timeline, as officers see them over HTTP."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from contracts.creditcode import make_credit_code
from eventing.identity import Role
from services.cli import main
from tests.support.platform_process import PlatformProcess
from tests.support.waiting import eventually_sync

_NUMBERS = count(1)
COUNTY = "u-610114"
SAID, DUE, A_DAY_LATER, LONG_BEFORE = "2025-05-06", "2025-05-13", "2025-05-14", "2025-04-25"
LI, WANG, ZHAO, SUN = "p-1l2i3a4b", "p-5w6a7n8g", "p-9z8h7a6o", "p-3s4u5n6s"


@pytest.fixture
def officer(platform: PlatformProcess) -> Iterator[httpx.Client]:
    with platform.officer([Role.OFFICER, Role.APPROVER], COUNTY, subject="p-desk") as client:
        yield client


def send(client: httpx.Client, command: str, **body: object) -> None:
    key = {"Idempotency-Key": f"desk{next(_NUMBERS)}"}
    client.post(f"/api/enterprise/{command}", json=body, headers=key).raise_for_status()


def registered(officer: httpx.Client) -> str:
    number = next(_NUMBERS)
    code = make_credit_code("91", "610114", number)
    send(
        officer,
        "register",
        enterprise=code,
        name=f"西安阎良示例机械有限公司{number}",
        ownership="private",
        county="610114",
        union=COUNTY,
        registered_on="2025-05-05",
    )
    return code


def willing(officer: httpx.Client) -> str:
    code = registered(officer)
    send(officer, "survey", enterprise=code, headcount=60, surveyed_on=SAID)
    send(officer, "state-will", enterprise=code, will="willing", stated_on=SAID)
    return code


def in_charge(officer: httpx.Client, who: str, many: int) -> list[str]:
    """So many willing enterprises for which that officer is responsible, by code."""
    codes = [willing(officer) for _ in range(many)]
    for code in codes:
        send(officer, "assign-officer", enterprise=code, officer=who, assigned_on=SAID)
    return sorted(codes)


def desk(client: httpx.Client, **asked: object) -> dict[str, Any]:
    answer = client.get("/api/enterprise/desk", params={k: str(v) for k, v in asked.items()}).raise_for_status()
    shown: dict[str, Any] = answer.json()
    return shown


def codes_of(part: dict[str, Any]) -> list[str]:
    return [duty["enterprise"] for duty in part["duties"]]


@pytest.mark.parametrize(
    ("on", "part"), [(SAID, "coming"), (DUE, "today"), (A_DAY_LATER, "overdue"), (LONG_BEFORE, None)]
)
def test_a_visit_lies_on_the_desk_where_its_due_day_says(officer: httpx.Client, on: str, part: str | None) -> None:
    """From 25 April, 5 working days over the holiday of May come to the 6th: the 13th is not on the desk yet."""
    who = {SAID: "p-1a1a1a1a", DUE: "p-2a2a2a2a", A_DAY_LATER: "p-3a3a3a3a", LONG_BEFORE: "p-4a4a4a4a"}[on]
    (code,) = in_charge(officer, who, 1)
    shown = desk(officer, officer=who, on=on)
    for name in ("today", "overdue", "coming", "returned"):
        assert (shown[name]["count"], codes_of(shown[name])) == ((1, [code]) if name == part else (0, []))
    if part is not None:
        (duty,) = shown[part]["duties"]
        assert (duty["kind"], duty["due_on"], duty["officer"], duty["union_id"]) == ("visit", DUE, who, COUNTY)


def test_what_was_visited_is_off_the_desk_and_the_check_ins_come_onto_it(officer: httpx.Client) -> None:
    (code,) = in_charge(officer, LI, 1)
    send(officer, "hold-visit", enterprise=code, held_on=SAID)
    assert desk(officer, officer=LI, on=DUE)["today"]["count"] == 0
    send(officer, "apply", enterprise=code, applied_on=SAID)
    approval = {"members": 30, "own_committee": True, "document": "阎工发〔2025〕1号"}
    send(officer, "approve", enterprise=code, approved_on=SAID, **approval)
    eventually_sync(lambda: desk(officer, officer=LI, on=DUE)["today"]["count"] == 1, within=20)
    assert desk(officer, officer=LI, on=DUE)["today"]["duties"][0]["kind"] == "check_in"  # of the 7th day


def test_the_desk_is_paged_and_its_counts_are_of_all(officer: httpx.Client) -> None:
    codes = in_charge(officer, ZHAO, 3)
    pages = [desk(officer, officer=ZHAO, on=DUE, limit=2, skip=skip)["today"] for skip in (0, 2, 4)]
    assert [codes_of(page) for page in pages] == [codes[:2], codes[2:], []]
    assert [page["count"] for page in pages] == [3, 3, 3]


def test_without_an_officer_the_desk_is_the_unions_and_nobody_elses(
    officer: httpx.Client, platform: PlatformProcess
) -> None:
    code = willing(officer)
    mine = desk(officer, on=DUE, limit=500)["today"]["duties"]
    assert [duty["officer"] for duty in mine if duty["enterprise"] == code] == [None]
    with platform.officer([Role.VIEWER], "u-610000") as above, platform.officer([Role.VIEWER], "u-610300") as other:
        assert code in codes_of(desk(above, on=DUE, limit=500)["today"])
        assert code not in codes_of(desk(other, on=DUE, limit=500)["today"])


def test_a_desk_goes_over_whole_and_nothing_is_lost_in_between(officer: httpx.Client) -> None:
    """Mechanism: the policy names the successor, and until it has, the enterprise stays with whoever hands over."""
    codes = in_charge(officer, SUN, 5)
    hand_over = {"officer": SUN, "successor": WANG, "union": COUNTY, "reason": "transferred", "handed_over_on": SAID}
    send(officer, "hand-over-desk", **hand_over)

    def whose() -> list[str]:
        there = desk(officer, on=DUE, limit=500)["today"]["duties"]
        return [duty["officer"] for duty in there if duty["enterprise"] in codes]

    def gone_over() -> bool:
        now = whose()
        assert len(now) == len(codes)
        assert set(now) <= {SUN, WANG}
        return set(now) == {WANG}

    eventually_sync(gone_over, within=20)
    assert codes_of(desk(officer, officer=WANG, on=DUE)["today"]) == codes
    assert desk(officer, officer=SUN, on=DUE)["today"]["count"] == 0
    send(officer, "hand-over-desk", **hand_over)  # asked twice: nothing new


def test_a_unit_is_covered_until_it_has_a_union_of_its_own(officer: httpx.Client) -> None:
    joint = "u-610114-j1"
    formed = {"form": "joint", "name": "阎良区示例联合工会", "document": "阎工发〔2025〕9号"}
    send(officer, "form-joint-union", union=joint, county="610114", formed_on=SAID, **formed)
    first, second = willing(officer), registered(officer)
    send(officer, "join-joint-union", enterprise=first, union=joint, members=30, joined_on=SAID)
    send(officer, "join-joint-union", enterprise=second, union=joint, members=6, joined_on=SAID)

    def covered() -> tuple[int, int]:
        page = officer.get("/api/enterprise/joint-unions", params={"region": "610114"}).json()["joint_unions"]
        (found,) = (one for one in page if one["joint_union"] == joint)
        return found["units"], found["members"]

    def units() -> dict[str, bool]:
        page = officer.get("/api/enterprise/units", params={"union": joint}).json()["units"]
        return {unit["enterprise"]: unit["needs_a_committee"] for unit in page}

    assert (covered(), units()) == ((2, 36), {first: True, second: False})
    send(officer, "apply", enterprise=first, applied_on=SAID)
    approval = {"members": 30, "own_committee": True, "document": "阎工发〔2025〕2号"}
    send(officer, "approve", enterprise=first, approved_on=SAID, **approval)
    eventually_sync(lambda: covered() == (1, 6), within=20)
    assert units() == {second: False}


def test_a_federation_lists_its_members(officer: httpx.Client, platform: PlatformProcess) -> None:
    federation = "u-610100-f1"
    code = willing(officer)
    send(officer, "apply", enterprise=code, applied_on=SAID)
    approval = {"members": 30, "own_committee": True, "document": "阎工发〔2025〕3号"}
    send(officer, "approve", enterprise=code, approved_on=SAID, **approval)
    formed = {"kind": "industry", "name": "西安市示例装备制造业工会联合会", "industry": "C34"}
    with platform.officer([Role.OFFICER, Role.APPROVER], "u-610100", subject="p-city") as city:
        document = "西工发〔2025〕31号"
        send(city, "form-federation", federation=federation, area="610100", formed_on=SAID, document=document, **formed)
        send(city, "join-federation", enterprise=code, federation=federation, joined_on=SAID)
        page = city.get("/api/enterprise/federations", params={"region": "610100"}).json()["federations"]
        assert [one["unions"] for one in page if one["federation"] == federation] == [1]
        members = city.get("/api/enterprise/federation-members", params={"federation": federation}).json()["members"]
    assert [member["enterprise"] for member in members] == [code]


def test_the_timeline_tells_one_enterprises_history_with_days_of_fact_and_entry(officer: httpx.Client) -> None:
    (code,) = in_charge(officer, LI, 1)
    send(officer, "hold-visit", enterprise=code, held_on=SAID)
    told = officer.get(f"/api/enterprise/enterprises/{code}/timeline").raise_for_status().json()["entries"]
    assert [entry["event"] for entry in told] == [
        "EnterpriseRegistered",
        "EnterpriseSurveyed",
        "WillStated",
        "OfficerAssigned",
        "VisitHeld",
    ]
    assert [entry["entered_late"] for entry in told] == [True, False, False, False, False]
    visit = told[-1]
    assert (visit["zh"], visit["happened_on"], visit["due_on"], visit["late"]) == ("入企深谈", SAID, DUE, False)
    assert told[-2]["who"] == LI


def test_it_is_printed_where_the_platform_runs(officer: httpx.Client, platform: PlatformProcess) -> None:
    code, data = willing(officer), ["--data", str(platform.data)]
    told = CliRunner().invoke(main, ["timeline", code, "--json", *data])
    assert [entry["event"] for entry in json.loads(told.output)][-1] == "WillStated"
    printed = CliRunner().invoke(main, ["timeline", code, *data]).output
    assert DUE in printed
    nowhere = CliRunner().invoke(main, ["timeline", make_credit_code("91", "610114", 999_998), *data])
    assert (nowhere.exit_code, "is not on the list" in nowhere.output) == (1, True)
    assert CliRunner().invoke(main, ["timeline", "91610102", *data]).exit_code == 2


def test_the_timeline_of_what_is_not_there_or_not_ones_own_is_refused(
    officer: httpx.Client, platform: PlatformProcess
) -> None:
    code = registered(officer)
    nowhere = make_credit_code("91", "610114", 999_999)
    assert officer.get(f"/api/enterprise/enterprises/{nowhere}/timeline").status_code == 404
    with platform.officer([Role.VIEWER], "u-610300") as other:
        assert other.get(f"/api/enterprise/enterprises/{code}/timeline").status_code == 403
