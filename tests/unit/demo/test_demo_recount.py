"""The recount is what the demo's board is held against: a few of its answers worked out by hand from docs/domain.md."""

from collections.abc import Sequence
from datetime import date

import pytest

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    Metric,
    Ownership,
    TargetReason,
    TargetSet,
    UnionForm,
)
from contracts.event import Event
from tests.support import demo_recount
from tests.support.demo_recount import Recount

TODAY = date(2025, 12, 3)


def life(number: int, workers: int = 120, approved_on: date | None = None) -> Sequence[Event]:
    """Of an enterprise in Xincheng, with its own union from that day on."""
    code, day = make_credit_code("91", "610102", number), date(2025, 5, 7)
    registered = EnterpriseRegistered(
        enterprise=code,
        name=f"西安示例机械有限公司{number}",
        ownership=Ownership.PRIVATE,
        county="610102",
        union="u-610102",
        registered_on=day,
    )
    surveyed = EnterpriseSurveyed(
        enterprise=code, labour_contracts=workers, dispatched=0, size_class=None, surveyed_on=day
    )
    if approved_on is None:
        return [registered, surveyed]
    approval = EnterpriseUnionized(
        enterprise=code,
        form=UnionForm.OWN,
        members=40,
        own_committee=True,
        approved_on=approved_on,
        approved_by="u-610102",
        document=f"新工发〔2025〕{number}号",
    )
    return [registered, surveyed, approval]


def target(percent: int, due_on: date, number: int = 1) -> TargetSet:
    return TargetSet(
        region="610102",
        metric=Metric.OWN_UNION_100,
        number=number,
        percent=percent,
        due_on=due_on,
        cascades=True,
        reason=TargetReason.SHARED_OUT,
        set_by="u-610102",
        set_on=date(2025, 5, 8),
    )


EARLY, LATELY = date(2025, 6, 3), date(2025, 11, 20)


def figure(*events: Event, metric: str = "own_union_100", region: str = "610102") -> dict[str, object]:
    lives = [*life(1, approved_on=EARLY), *life(2, approved_on=LATELY), *life(3), *life(4, workers=30)]
    return Recount([*lives, *events], TODAY).figure(region, metric)


def test_gap_pace_and_forecast_go_by_the_targets_percent_and_four_weeks() -> None:
    """2 of 3, 85 % asked: 1 more in the 28 days that are left, where 1 came in the 28 days before."""
    told = figure()
    assert (told["covered"], told["total"], told["rate"], told["gap"]) == (2, 3, "66.66", 1)
    assert (told["needed_per_week"], told["had_per_week"]) == ("0.25", "0.25")
    assert (told["forecast_on"], told["forecast_reason"], told["status"]) == ("2025-12-31", None, "running")


def test_a_target_set_here_holds_before_the_provinces_and_the_last_setting_before_the_first() -> None:
    told = figure(target(50, date(2025, 12, 31)), target(60, date(2025, 12, 30), number=2))
    assert told["target"] == {"percent": 60, "due_on": "2025-12-30", "set_for": "u-610102"}
    assert (told["gap"], told["forecast_reason"], told["reached"]) == (0, "reached", True)
    assert figure(target(50, date(2025, 12, 31)), region="610000")["target"] == {
        "percent": 85,
        "due_on": "2025-12-31",
        "set_for": "u-610000",
    }


@pytest.mark.parametrize(("due_on", "status", "covered"), [(EARLY, "missed", 1), (LATELY, "met", 2)])
def test_a_target_whose_day_is_over_is_met_or_missed_by_the_figures_of_that_day(
    due_on: date, status: str, covered: int
) -> None:
    told = figure(target(60, due_on))
    assert (told["status"], told["needed_per_week"]) == (status, None)
    assert told["at_due_day"] == {"total": 3, "covered": covered, "rate": demo_recount.rate(covered, 3)}


def test_nothing_of_nothing_has_no_rate_and_a_reason() -> None:
    told = figure(region="610103")
    assert (told["rate"], told["reason"], told["status"]) == (None, "no_such_enterprise", None)
    assert figure(metric="small_micro_covered")["derived"] == 1


def test_rates_are_cut_and_what_is_needed_is_rounded_up() -> None:
    assert demo_recount.rate(2, 3) == "66.66"
    assert demo_recount.rate(5, 10_000) == "0.05"
    assert figure(target(100, date(2025, 12, 6)))["needed_per_week"] == "2.34"  # 1 in 3 days


def test_members_gained_are_those_since_the_end_of_the_month_before() -> None:
    lives = [*life(1, approved_on=EARLY), *life(2, approved_on=date(2025, 12, 2))]
    counts = Recount(lives, TODAY).line("610100")["counts"]
    assert (counts["members"], counts["members_gained"], counts["live"]) == (80, 40, 2)
