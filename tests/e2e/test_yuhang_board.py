"""Yuhang's stations as they were played: every figure counted again from the log, and how often which branch was."""

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from rich.console import Console

from contracts.cloudevent import Recorded
from contracts.event import Event
from contracts.places import Point
from demo import days
from demo.yuhang.board import shown
from demo.yuhang.programme import MONTHS
from demo.yuhang.rider import where
from demo.yuhang.steps import DISTRICT
from tests.support.rider_recount import Rider, fault
from tests.support.station_recount import told
from tests.support.yuhang_branches import branches
from tests.support.yuhang_recount import Recount

Told = dict[str, Any]


@pytest.fixture(scope="module")
def yuhang(played: Told) -> Told:
    found: Told = played["yuhang"]
    return found


@pytest.fixture(scope="module")
def events(yuhang_log: Sequence[Recorded]) -> Sequence[Event]:
    return [recorded.event for recorded in yuhang_log]


@pytest.fixture(scope="module")
def recount(events: Sequence[Event]) -> Recount:
    return Recount(events, DISTRICT, days.LAST)


def test_every_number_of_the_board_is_what_the_log_says(yuhang: Told, recount: Recount) -> None:
    """Stations by kind and state, towns covered, faults, services, visits; of each target gap, needed and had a week,
    forecast or why none, status."""
    assert yuhang["board"]["region"] == recount.line(days.LAST)
    assert yuhang["board"]["children"] == []
    assert yuhang["board"]["as_of"] == f"{days.LAST}"


@pytest.mark.parametrize("day", MONTHS, ids=str)
def test_every_number_of_every_month_is_what_the_log_says(yuhang: Told, recount: Recount, day: Any) -> None:
    assert yuhang["months"][f"{day:%Y-%m}"] == recount.line(day)


def test_there_are_48_rooms_and_6_cabins_and_6_of_15_towns_are_covered(yuhang: Told) -> None:
    line = yuhang["board"]["region"]
    assert [of["open_that_day"] for of in line["stations"]] == [48, 6]
    assert (line["towns_covered"], line["towns"]) == (6, 15)
    reached = {figure["metric"]: (figure["reached"], figure["gap"]) for figure in line["figures"]}
    assert reached == {"towns_with_cabin": (False, 9), "stations_open": (True, 0)}


def test_it_grows_and_the_months_show_forecasts_of_several_kinds(yuhang: Told) -> None:
    months = list(yuhang["months"].values())
    assert months[0]["figures"][1]["count"] < months[-1]["figures"][1]["count"]
    why = {figure["forecast_reason"] for month in months for figure in month["figures"]}
    assert why == {None, "no_progress", "too_slow", "reached"}


def test_every_town_has_its_cabin_or_the_way_to_the_nearest_station(yuhang: Told, recount: Recount) -> None:
    coverage, counted = yuhang["coverage"], recount.towns(days.LAST)
    assert [_but_metres(town) for town in coverage["towns"]] == [_but_metres(town) for town in counted]
    for town, again in zip(coverage["towns"], counted, strict=True):
        assert town["metres"] == (None if again["metres"] is None else pytest.approx(again["metres"], rel=0.005, abs=1))
    assert coverage["covered"] == sum(bool(town["cabins"]) for town in counted)
    assert coverage["idle"] == [cabin for cabin, town in recount.cabins(days.LAST).items() if town is None] == []


def test_the_next_cabin_is_suggested_where_workers_times_way_are_most(yuhang: Told, recount: Recount) -> None:
    without = [town for town in recount.towns(days.LAST) if not town["cabins"]]
    most = max(without, key=lambda town: int(town["workers"] * town["metres"]))
    suggested = yuhang["coverage"]["suggestion"]
    assert {name: suggested[name] for name in ("town", "name", "workers", "nearest")} == {
        name: most[name] for name in ("town", "name", "workers", "nearest")
    }
    assert suggested["metres"] == pytest.approx(most["metres"], rel=0.005, abs=1)
    assert suggested["reason"] == "workers_and_way"


def test_the_cabins_moves_are_those_of_the_log_and_over_the_year_every_town_had_one(
    yuhang: Told, recount: Recount
) -> None:
    listed = yuhang["placements"]
    names = ("station", "placed_on", "town", "lat", "lon", "until")
    assert [{name: one[name] for name in names} for one in listed] == [
        {name: one[name] for name in names} for one in recount.placements()
    ]
    assert all(one["name"] == recount.named()[one["station"]] for one in listed)
    assert len({one["town"] for one in listed}) == 15
    for earlier, later in pairwise(listed):
        if earlier["station"] == later["station"]:
            assert earlier["until"] < later["placed_on"], "between two places it stands nowhere"


def test_what_became_of_every_fault_is_what_the_log_says(
    yuhang: Told, recount: Recount, events: Sequence[Event]
) -> None:
    listed = yuhang["faults"]
    assert {one["fault"] for one in listed} == {one.fault for one in told(events, "FaultReported")}
    for one in listed:
        again = fault(events, one["fault"])
        assert {name: one[name] for name in again} == again
        assert one["name"] == recount.named()[one["station"]]
    ends = {(one["state"], one["late"]) for one in listed}
    assert ends == {
        *(("repaired", False), ("repaired", True)),
        *((state, None) for state in ("dismissed", "dropped", "confirmed")),
    }


@pytest.mark.parametrize(
    ("asked", "needed"),
    [("microwave", {"equipment": "microwave"}), ("haircut", {"service": "haircut"}), ("night", {})],
)
def test_the_rider_is_told_what_whoever_looks_at_every_station_finds(
    yuhang: Told, recount: Recount, asked: str, needed: dict[str, str]
) -> None:
    """The nearest ones that are open at that time, by their metres; what is on there, and what doesn't work."""
    (answer,) = [each for each in yuhang["rider"] if each["asked"] == asked]
    lat, lon = where()
    rider = Rider(recount, Point(lat=lat, lon=lon), datetime.fromisoformat(answer["at"]))
    found = rider.finds(**needed)[:3]
    assert found
    assert [one["station"] for one in answer["stations"]] == [station for station, _ in found]
    for one, (station, far) in zip(answer["stations"], found, strict=True):
        assert one["metres"] == pytest.approx(far, rel=0.005)
        on = {offer["service"]: (offer["kind"], offer["starts"], offer["ends"]) for offer in one["on"]}
        assert on == rider.on(station)
        assert len(on) == len(one["on"]), "each of them once"
        assert (set(one["works"]), set(one["broken"])) == (rider.works(station), rider.broken(station))
        assert datetime.fromisoformat(one["open_until"]) == rider.open_until(station)
        assert one["name"] == recount.named()[station]


def test_the_riders_ticket_and_report_are_in_the_log(yuhang: Told, recount: Recount, events: Sequence[Event]) -> None:
    ticket, report = (next(each[what] for each in yuhang["rider"] if what in each) for what in ("ticket", "fault"))
    booked, returned = (
        [one for one in told(events, kind) if one.service == ticket["service"]]
        for kind in ("TicketBooked", "TicketReturned")
    )
    (held,) = [one for one in told(events, "ServiceHeld") if one.service == ticket["service"]]
    assert (ticket["booked"], ticket["visits"]) == (len(booked) - len(returned), held.visits)
    assert (ticket["kind"], ticket["held_on"], ticket["state"]) == (held.kind.value, f"{held.held_on}", "held")
    again = fault(events, report["fault"])
    assert report == {name: again[name] for name in report if name in again} | {
        "name": recount.named()[again["station"]]
    }
    assert (report["equipment"], report["symptom"], report["state"]) == ("drinking_water", "empty", "confirmed")


def test_the_ledger_that_is_got_out_holds_every_station(yuhang: Told, events: Sequence[Event]) -> None:
    assert yuhang["export"] == {"ledger": "stations", "rows": len(told(events, "StationPlanned"))}


def test_every_branch_of_the_stations_happens_to_somebody(
    events: Sequence[Event], capsys: pytest.CaptureFixture[str]
) -> None:
    """And it says how often."""
    found = branches(events)
    with capsys.disabled():
        print("\n" + "\n".join(f"{times:6}  {branch}" for branch, times in sorted(found.items())))
    assert {branch for branch, times in found.items() if times == 0} == set()


def test_nothing_in_it_is_a_person_or_gives_a_ticket_away(yuhang: Told) -> None:
    said = str(yuhang)
    assert not any(word in said for word in ("示例管理员", "0571", "proof", "p-0h"))


def test_it_is_printed_on_a_terminal_of_80_columns_as_on_a_wide_one(yuhang: Told) -> None:
    """Nothing is cut off, and no line is broken."""
    lines = _printed(yuhang, 80)
    assert lines == _printed(yuhang, 200)
    assert not any("…" in line for line in lines)
    assert sum("示例" in line for line in lines) >= 7, "the rider's stations"
    assert any(line.startswith("合成数据") for line in lines)


def _printed(yuhang: Told, width: int) -> list[str]:
    paper = io.StringIO()
    shown(yuhang, Console(file=paper, width=width))
    return [line.rstrip() for line in paper.getvalue().splitlines()]


def _but_metres(town: Told) -> Told:
    return {name: value for name, value in town.items() if name != "metres"}
