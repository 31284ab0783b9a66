"""The board of the played drive, every number of it counted again from the ledger and the officers' actions."""

from collections import Counter
from typing import Any

from contracts import regions
from demo import days
from demo.actions import plan
from demo.cities import CITIES, PROVINCE
from demo.ledger import ledger
from tests.support import recount

ACTIONS = tuple(action for entry in ledger() for action in plan(entry))
FIGURES = recount.figures(ACTIONS)

Boards = dict[str, dict[str, Any]]


def expected(code: str) -> dict[str, Any]:
    return {"code": code, "name": regions.name(code), "figures": [figure(code, metric) for metric in recount.TARGETS]}


def figure(code: str, metric: str) -> dict[str, Any]:
    count, (percent, due_on) = FIGURES.get((code, metric), recount.Count(0, 0, 0)), recount.TARGETS[metric]
    return {
        "metric": metric,
        "total": count.total,
        "covered": count.covered,
        "derived": count.derived,
        "rate": count.rate,
        "reason": None if count.total else "no_such_enterprise",
        "target": {"percent": percent, "due_on": due_on, "set_for": f"u-{PROVINCE}"},
        "reached": count.reaches(percent),
    }


def told(board: dict[str, Any]) -> dict[str, Any]:
    """What of a board's line is counted here."""
    wanted = figure(PROVINCE, "union_50")
    figures = [{name: each[name] for name in wanted} for each in board["figures"]]
    return {"code": board["code"], "name": board["name"], "figures": figures}


def test_there_is_a_board_for_the_province_and_each_city(played_board: Boards) -> None:
    assert set(played_board) == {PROVINCE, *regions.children(PROVINCE)} == {PROVINCE, *(city.code for city in CITIES)}


def test_every_number_of_every_region_is_what_the_ledger_says(played_board: Boards) -> None:
    for code, board in played_board.items():
        assert told(board["region"]) == expected(code)
        assert list(map(told, board["children"])) == [expected(child) for child in regions.children(code, days.LAST)]


def test_the_provinces_counts_are_what_the_officers_did(played_board: Boards) -> None:
    counts = played_board[PROVINCE]["region"]["counts"]
    assert counts["live"] == len(recount.told(ACTIONS))
    assert counts["visits_overdue"] == len([one for one in recount.overdue_visits(ACTIONS, days.LAST) if one.open])
    assert counts["alongside"] == len(recount.running_accompaniments(ACTIONS, days.LAST))
    approvals = [enterprise.approval for enterprise in recount.told(ACTIONS).values() if enterprise.approval]
    assert counts["members"] == sum(approval["members"] for approval in approvals)


def test_the_children_add_up_to_the_region_above(played_board: Boards) -> None:
    for board in played_board.values():
        sums = Counter[tuple[str, str]]()
        for child in board["children"]:
            for each in child["figures"]:
                sums.update({(each["metric"], name): each[name] for name in ("total", "covered", "derived")})
        for each in board["region"]["figures"]:
            assert [sums[each["metric"], name] for name in ("total", "covered", "derived")] == [
                each["total"],
                each["covered"],
                each["derived"],
            ]


def test_the_board_is_not_behind_its_log(played_board: Boards) -> None:
    for board in played_board.values():
        assert board["freshness"]
        assert all(source["behind"] is not True for source in board["freshness"])
