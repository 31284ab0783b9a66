"""One rate in one region on a day: its figures, how far its target is, and whether it will be reached in time."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.vocabulary import Day, UnionId
from services.projection.queries.forecasts import (
    Status,
    WhyNone,
    decided,
    forecast,
    had_per_week,
    hundredths,
    needed_per_week,
    pace_from,
)
from services.projection.scoreboard import Measures, Metric
from services.projection.targets import Target


class Goal(BaseModel):
    """What the region strives for (力争)."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    percent: int = Field(examples=[85])
    due_on: Day
    set_for: UnionId
    """The union that it was set for: the one in charge of this region, or one above whose target it took over."""


class Share(BaseModel):
    """So many of so many."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    total: int
    covered: int
    rate: str | None = Field(examples=["83.33"])
    """Percent with two decimals, cut. Null where no enterprise counts."""


class Figure(BaseModel):
    """One rate in one region, as of a day."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    metric: Metric
    total: int
    """Enterprises that count."""
    covered: int
    derived: int
    """Those of `total` that count as small or micro by their headcount, for want of the bureau's size class."""
    rate: str | None = Field(examples=["83.33"])
    """Percent with two decimals, cut and never rounded up. Null where no enterprise counts: neither 0 % nor 100 %."""
    reason: Literal["no_such_enterprise"] | None
    """Why there is no rate."""
    target: Goal | None
    """Null where nobody has set one."""
    reached: bool | None
    """Whether the target is reached as of the day, by the exact figures. Null without a target or without a rate."""
    status: Status | None
    """Null without a target or without a rate."""
    at_due_day: Share | None
    """The figures as of the due day, once it is over: `status` goes by them."""
    gap: int | None
    """So many enterprises more must be covered to reach the target. Null without a target."""
    needed_per_week: str | None = Field(examples=["3.50"])
    """So many a week until the due day, rounded up to two decimals. Null without a target, or when its day is over."""
    had: int
    """So many more were covered than at the beginning of these days; those that no longer are go off it."""
    had_per_week: str = Field(examples=["1.25"])
    """So many more were covered a week, over the last 28 days (a number of `rules.toml`); negative if fewer are."""
    forecast_on: Day | None
    """When the target is reached at that pace."""
    forecast_reason: WhyNone | None
    """Why there is no such day, or that it lies after the due day."""
    covered_without_shells: int
    """Covered by more than a shell (空壳工会)."""
    rate_without_shells: str | None
    baseline: Share
    """Of the closed surveys' lists (摸底底册): those that counted when the list was closed, whatever became of them."""
    short_by: int | None = None
    """警告: so many enterprises the region lacks though every region right below reaches its own target; 0: their
    shares are enough. Null where nothing is compared: no target, no region below, or a region below itself."""


def figure(
    metric: Metric, target: Target | None, as_of: date, today: date, measured: Callable[[date], Measures]
) -> Figure:
    """The figure with what follows from it; `measured` gives the region's measures as of a day."""
    now, before = share(measured(as_of), metric), share(measured(pace_from(as_of)), metric)
    over = target is not None and decided(target.due_on, as_of, today)
    at_due_day = share(measured(target.due_on), metric) if target is not None and over else None
    gap = None if target is None else missing(target, now)
    had = now.covered - before.covered
    forecast_on, forecast_reason = _forecast(target, now, had, as_of, over)
    sound = now.covered - getattr(measured(as_of), f"{metric.value}_hollow")
    judged = at_due_day or now
    return Figure(
        metric=metric,
        total=now.total,
        covered=now.covered,
        derived=measured(as_of).derived if metric is Metric.SMALL_MICRO_COVERED else 0,
        rate=now.rate,
        reason=None if now.total else "no_such_enterprise",
        target=Goal(percent=target.percent, due_on=target.due_on, set_for=target.union) if target else None,
        reached=_reached(target, now) if target else None,
        status=_status(target, judged, over) if target else None,
        at_due_day=at_due_day,
        gap=gap,
        needed_per_week=needed_per_week(gap, target.due_on - as_of)
        if target and gap is not None and not over
        else None,
        had=had,
        had_per_week=had_per_week(had, as_of),
        forecast_on=forecast_on,
        forecast_reason=forecast_reason,
        covered_without_shells=sound,
        rate_without_shells=rate(sound, now.total),
        baseline=share(measured(as_of), metric, "baseline", "baseline_covered"),
    )


def needed(target: Goal, total: int) -> int:
    """So many covered reach the target."""
    return -(-target.percent * total // 100)


def short_by(figure: Figure, below: Sequence[Figure]) -> int | None:
    """How many the region lacks though each of those right below reaches its own target; None: nothing to compare."""
    if figure.target is None or not below:
        return None
    shares = sum(needed(one.target, one.total) for one in below if one.target is not None)
    return max(0, needed(figure.target, figure.total) - shares)


def share(measures: Measures, metric: Metric, total: str = "total", covered: str = "covered") -> Share:
    of: int = getattr(measures, f"{metric.value}_{total}")
    those: int = getattr(measures, f"{metric.value}_{covered}")
    return Share(total=of, covered=those, rate=rate(those, of))


def missing(target: Target, now: Share) -> int:
    """How many more must be covered."""
    return max(0, -(-target.percent * now.total // 100) - now.covered)


def rate(covered: int, total: int) -> str | None:
    """Percent with two decimals, cut: 2 of 3 is 66.66. None for 0 of 0. Whole numbers only, so nothing is rounded."""
    return hundredths(covered * 10_000 // total) if total else None


def _reached(target: Target, now: Share) -> bool | None:
    return now.covered * 100 >= target.percent * now.total if now.total else None


def _status(target: Target, judged: Share, over: bool) -> Status | None:
    if judged.total == 0:
        return None
    if not over:
        return Status.RUNNING
    return Status.MET if _reached(target, judged) else Status.MISSED


def _forecast(
    target: Target | None, now: Share, had: int, as_of: date, over: bool
) -> tuple[date | None, WhyNone | None]:
    if target is None:
        return None, WhyNone.NO_TARGET
    if now.total == 0:
        return None, WhyNone.NO_SUCH_ENTERPRISE
    return forecast(missing(target, now), had, as_of, target.due_on, over)
