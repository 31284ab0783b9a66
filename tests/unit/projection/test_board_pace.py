"""Whether a target will be reached in time, and whether it was: gap, pace, forecast, status."""

from datetime import date, timedelta

import pytest

from services.projection.queries.figures import Figure, figure
from services.projection.queries.forecasts import Status, WhyNone
from services.projection.scoreboard import Measures, Metric
from services.projection.targets import Target

DUE = date(2025, 12, 31)
AS_OF = date(2025, 10, 22)  # ten weeks before
TARGET = Target(union="u-610000", metric=Metric.UNION_50, percent=70, due_on=DUE, cascades=True, source="省总工会")


def of(covered: int, total: int = 100, hollow: int = 0) -> Measures:
    return Measures(union_50_total=total, union_50_covered=covered, union_50_hollow=hollow)


def told(
    now: Measures,
    before: Measures | None = None,
    as_of: date = AS_OF,
    today: date | None = None,
    target: Target | None = TARGET,
    at_due: Measures | None = None,
) -> Figure:
    """The figure where it is so on the day, was so four weeks before, and was so on the due day."""
    known = {as_of - timedelta(days=28): before or now, DUE: at_due or now, as_of: now}
    return figure(Metric.UNION_50, target, as_of, today or as_of, known.__getitem__)


def test_the_gap_is_in_enterprises_and_what_is_needed_a_week_is_rounded_up() -> None:
    figure = told(of(37))
    assert (figure.gap, figure.needed_per_week) == (33, "3.30")
    assert told(of(37), as_of=DUE - timedelta(days=69)).needed_per_week == "3.35"  # 33 × 7 / 69 = 3.347…
    assert told(of(1, total=3)).gap == 2  # 70 % of 3 is more than 2


def test_what_was_had_a_week_is_told_over_four_weeks() -> None:
    assert told(of(37), of(32)).had_per_week == "1.25"
    assert told(of(37), of(38)).had_per_week == "-0.25"
    assert told(of(37)).had_per_week == "0.00"


def test_the_forecast_goes_on_at_that_pace() -> None:
    figure = told(of(37), of(17))  # 20 in four weeks, 33 more: after 46.2 days
    assert (figure.forecast_on, figure.forecast_reason) == (AS_OF + timedelta(days=47), None)


def test_a_forecast_for_the_due_day_itself_is_in_time() -> None:
    figure = told(of(38, total=90), of(28, total=90))  # 25 more, ten in four weeks: after exactly 70 days
    assert (figure.forecast_on, figure.forecast_reason) == (DUE, None)


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        (told(of(37), target=None), WhyNone.NO_TARGET),
        (told(of(0, total=0)), WhyNone.NO_SUCH_ENTERPRISE),
        (told(of(70), of(60)), WhyNone.REACHED),
        (told(of(37), of(37)), WhyNone.NO_PROGRESS),
        (told(of(37), of(38)), WhyNone.NO_PROGRESS),
        (told(of(37), of(30), as_of=DUE + timedelta(days=1)), WhyNone.OVER),
    ],
)
def test_where_there_is_no_forecast_it_says_why(figure: Figure, reason: WhyNone) -> None:
    assert (figure.forecast_on, figure.forecast_reason) == (None, reason)


def test_a_forecast_after_the_due_day_is_told_as_too_slow() -> None:
    figure = told(of(37), of(30))  # 33 more, seven in four weeks: 132 days
    assert (figure.forecast_on, figure.forecast_reason) == (AS_OF + timedelta(days=132), WhyNone.TOO_SLOW)


def test_a_forecast_of_centuries_names_no_day() -> None:
    figure = told(of(1, total=100_000), of(0, total=100_000))
    assert (figure.forecast_on, figure.forecast_reason) == (None, WhyNone.TOO_SLOW)


def test_until_its_due_day_is_over_a_target_is_running_reached_or_not() -> None:
    assert told(of(37)).status is Status.RUNNING
    assert told(of(100)).status is Status.RUNNING
    on_the_day = told(of(37), as_of=DUE)
    assert (on_the_day.status, on_the_day.needed_per_week, on_the_day.at_due_day) == (Status.RUNNING, "231.00", None)


def test_afterwards_the_due_days_figures_decide_for_ever() -> None:
    later = DUE + timedelta(days=40)
    missed = told(of(90), as_of=later, at_due=of(69))
    assert (missed.status, missed.reached, missed.needed_per_week) == (Status.MISSED, True, None)
    assert missed.at_due_day is not None
    assert (missed.at_due_day.covered, missed.at_due_day.rate) == (69, "69.00")
    met = told(of(10), as_of=later, at_due=of(70))
    assert (met.status, met.reached, met.gap) == (Status.MET, False, 60)


def test_a_board_as_of_the_due_day_that_is_asked_for_later_is_decided() -> None:
    assert told(of(69), as_of=DUE, today=DUE + timedelta(days=1)).status is Status.MISSED


def test_a_board_as_of_a_day_before_the_due_day_is_running_whenever_it_is_asked_for() -> None:
    assert told(of(69), as_of=AS_OF, today=DUE + timedelta(days=1)).status is Status.RUNNING


def test_without_a_target_or_an_enterprise_there_is_no_status() -> None:
    nobody = told(of(0, total=0), as_of=DUE + timedelta(days=1))
    assert (nobody.status, nobody.gap) == (None, 0)
    without = told(of(5), target=None)
    assert (without.status, without.gap, without.needed_per_week) == (None, None, None)


def test_the_second_figure_leaves_the_shells_out_of_what_is_covered() -> None:
    figure = told(of(70, hollow=3))
    assert (figure.covered, figure.rate) == (70, "70.00")
    assert (figure.covered_without_shells, figure.rate_without_shells) == (67, "67.00")
