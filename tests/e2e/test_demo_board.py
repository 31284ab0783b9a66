"""The played drive's board, every number of it counted again from the log, and which branch happened how often."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from contracts import regions
from contracts.cloudevent import Recorded
from demo import days
from demo.drive.cities import CITIES, PROVINCE
from demo.drive.ledger import ledger
from tests.support.demo_branches import branches, entered_late
from tests.support.demo_recount import TARGETS, Recount

Boards = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def recount(played_log: Sequence[Recorded]) -> Recount:
    return Recount([recorded.event for recorded in played_log], days.LAST)


def test_there_is_a_board_for_the_province_and_each_city(played_board: Boards) -> None:
    assert set(played_board) == {PROVINCE, *regions.children(PROVINCE)} == {PROVINCE, *(city.code for city in CITIES)}


@pytest.mark.parametrize("region", [PROVINCE, *(city.code for city in CITIES)])
def test_every_number_of_the_board_is_what_the_log_says(played_board: Boards, recount: Recount, region: str) -> None:
    """Of the region and each below it: totals, covered, rates, gap, needed and had a week, forecast or why none,
    status, without shells, baseline; the counts: overdue visits, open plans, alongside, shells, members gained."""
    board, counted = played_board[region], recount.board(region)
    assert board["region"] == counted["region"]
    assert board["children"] == counted["children"]


def test_every_branch_of_the_drive_happens_to_somebody(
    played_log: Sequence[Recorded], capsys: pytest.CaptureFixture[str]
) -> None:
    """And it says how often."""
    found = branches([recorded.event for recorded in played_log])
    found["brought in by a ledger, weeks after"] = entered_late(played_log)
    with capsys.disabled():
        print("\n" + "\n".join(f"{times:6}  {branch}" for branch, times in sorted(found.items())))
    assert {branch for branch, times in found.items() if times == 0} == set()


def test_check_ins_and_return_visits_are_mostly_held(played_log: Sequence[Recorded]) -> None:
    kinds = Counter(type(recorded.event).__name__ for recorded in played_log)
    assert kinds["CheckInHeld"] > 8 * kinds["CheckInMissed"]
    assert kinds["ReturnVisitHeld"] > 5 * kinds["ReturnVisitMissed"]


def test_the_figures_of_every_kind_are_there(played_board: Boards) -> None:
    """Targets that are met, missed and running; a day that is forecast, one too late, and every reason why none is."""
    figures = [
        figure
        for board in played_board.values()
        for line in (board["region"], *board["children"])
        for figure in line["figures"]
    ]
    assert {figure["status"] for figure in figures} == {"running", "met", "missed", None}
    assert {figure["forecast_reason"] for figure in figures} == {
        *("no_such_enterprise", "reached", "over", "no_progress", "too_slow"),
        None,
    }
    assert any(figure["covered_without_shells"] < figure["covered"] for figure in figures)
    assert all(figure["baseline"]["total"] for figure in played_board[PROVINCE]["region"]["figures"])


def test_the_province_stands_near_its_targets_and_its_cities_on_both_sides(played_board: Boards) -> None:
    board = played_board[PROVINCE]
    for number, (metric, (percent, _)) in enumerate(TARGETS.items()):
        assert abs(float(board["region"]["figures"][number]["rate"]) - percent) < 8, metric
        cities = [city["figures"][number] for city in board["children"]]
        assert {float(one["rate"]) >= percent for one in cities} == {True, False}, metric


def test_the_children_add_up_to_the_region_above(played_board: Boards) -> None:
    for board in played_board.values():
        sums = Counter[tuple[str, str]]()
        for child in board["children"]:
            sums.update({("counts", name): count for name, count in child["counts"].items()})
            for each in child["figures"]:
                sums.update({(each["metric"], name): each[name] for name in ("total", "covered", "derived")})
        for each in board["region"]["figures"]:
            for name in ("total", "covered", "derived"):
                assert sums[each["metric"], name] == each[name]
        assert {name: sums["counts", name] for name in board["region"]["counts"]} == board["region"]["counts"]


def test_the_board_is_not_behind_its_log(played_board: Boards) -> None:
    for board in played_board.values():
        assert board["freshness"]
        assert all(source["behind"] is not True for source in board["freshness"])


def test_the_cities_shares_can_not_reach_a_target_of_the_province_and_a_warning_says_so(played: dict[str, Any]) -> None:
    assert played["drive"]["shares"]["union_50"]["short_by"] > 0


def test_reports_are_sealed_returned_and_accepted_and_tell_what_came_later(played: dict[str, Any]) -> None:
    drive = played["drive"]
    assert {report["state"] for report in drive["reports"]} == {"returned", "accepted"}
    july = [change for change in drive["report"]["listed"] if change["month"] == "2025-07"]
    assert any(change["metric"] == "own_union_100" and change["total"] > change["total_sealed"] for change in july)


def test_the_ledger_that_is_got_out_holds_the_list(played: dict[str, Any]) -> None:
    live = played["drive"]["boards"][PROVINCE]["region"]["counts"]["live"]
    assert played["drive"]["export"] == {"ledger": "survey", "rows": live}


def test_one_enterprises_history_says_who_when_due_and_late(played: dict[str, Any]) -> None:
    history = played["drive"]["history"]
    assert history["enterprise"] in {entry.code for entry in ledger()}
    entries = history["entries"]
    assert len(entries) >= 20
    assert {entry["late"] for entry in entries} == {True, False, None}
    for told in ("who", "due_on"):
        assert any(entry[told] for entry in entries)
    assert any(entry["entered_late"] for entry in entries)
