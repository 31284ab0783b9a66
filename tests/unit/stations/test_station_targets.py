"""Who sets what a region strives for with its stations, and what stays of the target before."""

from datetime import date

import pytest

from contracts.event import Event
from contracts.stations import StationMetric, StationTargetReason, StationTargetSet
from eventing.fold import fold_in_memory
from services.stations.commands import SetStationTarget
from services.stations.decider.targets import TARGET
from services.stations.views.targets import STATION_TARGETS
from tests.support.given import fold
from tests.support.stations import HANGZHOU, TODAY, YUHANG, given

YEAR_END = date(2025, 12, 31)


def ask(region: str = "330110", count: int = 15, due_on: date = YEAR_END) -> SetStationTarget:
    return SetStationTarget(
        region=region,
        metric=StationMetric.TOWNS_WITH_CABIN,
        count=count,
        due_on=due_on,
        reason=StationTargetReason.PLAN,
    )


def was_set(number: int = 1, by: str = YUHANG, count: int = 15) -> StationTargetSet:
    return StationTargetSet(
        region="330110",
        metric=StationMetric.TOWNS_WITH_CABIN,
        number=number,
        count=count,
        due_on=YEAR_END,
        reason=StationTargetReason.PLAN,
        set_by=by,
        set_on=TODAY,
    )


def test_a_district_strives_for_a_mobile_station_in_each_of_its_towns() -> None:
    given().when(ask(), acting=YUHANG).then(was_set())


def test_a_union_above_sets_it_too_and_is_named() -> None:
    given().when(ask(), acting=HANGZHOU).then(was_set(by=HANGZHOU))


def test_the_matter_is_the_regions_unions() -> None:
    assert given().when(ask()).owner() == YUHANG


def test_a_change_is_a_further_setting() -> None:
    given(was_set()).when(ask(count=12), acting=YUHANG).then(was_set(2, count=12))


def test_twice_the_same_is_nothing_new() -> None:
    given(was_set()).when(ask(), acting=YUHANG).nothing_new()


def test_what_was_set_above_stays() -> None:
    given(was_set(by=HANGZHOU)).when(ask(count=10), acting=YUHANG).refused(
        "target_set_above", "region", set_by=HANGZHOU, set_on=TODAY
    )
    given(was_set(by=YUHANG)).when(ask(count=10), acting=HANGZHOU).then(was_set(2, HANGZHOU, 10))


def test_a_target_is_for_a_day_to_come() -> None:
    given().when(ask(due_on=date(2025, 6, 29)), acting=YUHANG).refused("target_due_already", "due_on")
    given().when(ask(due_on=TODAY), acting=YUHANG).then(...)


def test_a_target_is_for_a_region_of_today_with_a_union() -> None:
    for acting in (None, YUHANG):
        given().when(ask("610125"), acting=acting).refused("region_not_standing", "region", successor="610118")
        given().when(ask("330106"), acting=acting).refused("region_without_union", "region")


def test_a_setting_that_was_lost_is_seen() -> None:
    with pytest.raises(ValueError, match="can't follow"):
        fold(TARGET.of("330110-towns_with_cabin"), [was_set(2)])


def test_the_view_keeps_each_setting() -> None:
    history: list[Event] = [was_set(), was_set(2, HANGZHOU, 10)]
    rows, _ = fold_in_memory(STATION_TARGETS, history)
    assert [(row.number, row.count, row.set_by, row.union_id) for row in rows.values()] == [
        (1, 15, YUHANG, YUHANG),
        (2, 10, HANGZHOU, YUHANG),
    ]
