"""A target for stations in one region on a day: how far it is, and whether it will be reached in time."""

from collections.abc import Callable
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from contracts.stations import StationMetric
from contracts.vocabulary import Day, UnionId
from services.projection.queries.forecasts import (
    Status,
    WhyNone,
    decided,
    forecast,
    had_per_week,
    needed_per_week,
    pace_from,
)
from services.projection.stations_board.targets import StationTarget


class StationGoal(BaseModel):
    """What the region strives for."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    count: int = Field(examples=[15])
    due_on: Day
    set_by: UnionId
    """The union that set it: the region's own, or one above it."""
    set_on: Day


class StationFigure(BaseModel):
    """One number that is striven for, in one region, as of a day."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    metric: StationMetric
    count: int
    target: StationGoal | None
    """Null where nobody has set one for this very region."""
    reached: bool | None
    """Null without a target."""
    status: Status | None
    """Null without a target."""
    at_due_day: int | None
    """The number as of the due day, once it is over: `status` goes by it."""
    gap: int | None
    """So many more are needed. Null without a target."""
    needed_per_week: str | None = Field(examples=["0.50"])
    """So many a week until the due day, rounded up to two decimals. Null without a target, or when its day is over."""
    had: int
    """So many more than 28 days before (a number of `rules.toml`); negative if there are fewer."""
    had_per_week: str = Field(examples=["0.25"])
    """The same a week, cut to two decimals."""
    forecast_on: Day | None
    """When the target is reached at that pace."""
    forecast_reason: WhyNone | None
    """Why there is no such day, or that it lies after the due day."""


def station_figure(
    metric: StationMetric, target: StationTarget | None, as_of: date, today: date, counted: Callable[[date], int]
) -> StationFigure:
    """The figure with what follows from it; `counted` gives the region's number as of a day."""
    now, had = counted(as_of), counted(as_of) - counted(pace_from(as_of))
    if target is None:
        return StationFigure(
            metric=metric,
            count=now,
            target=None,
            reached=None,
            status=None,
            at_due_day=None,
            gap=None,
            needed_per_week=None,
            had=had,
            had_per_week=had_per_week(had, as_of),
            forecast_on=None,
            forecast_reason=WhyNone.NO_TARGET,
        )
    over, gap = decided(target.due_on, as_of, today), max(0, target.count - now)
    at_due_day = counted(target.due_on) if over else None
    forecast_on, forecast_reason = forecast(gap, had, as_of, target.due_on, over)
    return StationFigure(
        metric=metric,
        count=now,
        target=StationGoal(count=target.count, due_on=target.due_on, set_by=target.set_by, set_on=target.set_on),
        reached=now >= target.count,
        status=_status(target, at_due_day),
        at_due_day=at_due_day,
        gap=gap,
        needed_per_week=None if over else needed_per_week(gap, target.due_on - as_of),
        had=had,
        had_per_week=had_per_week(had, as_of),
        forecast_on=forecast_on,
        forecast_reason=forecast_reason,
    )


def _status(target: StationTarget, at_due_day: int | None) -> Status:
    if at_due_day is None:
        return Status.RUNNING
    return Status.MET if at_due_day >= target.count else Status.MISSED
