"""The scoreboard as the API answers it: what of it the demo reads (the rest is left alone)."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from demo.freshness import Freshness


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Goal(_Answer):
    """What a region strives for (力争), in per cent."""

    percent: int
    due_on: date


class Share(_Answer):
    """So many of so many, in per cent."""

    total: int
    covered: int
    rate: str | None


class Figure(_Answer):
    """One rate. `rate` is per cent with two decimals, cut; None where no enterprise counts."""

    metric: str
    total: int
    covered: int
    derived: int
    rate: str | None
    target: Goal | None
    reached: bool | None

    gap: int | None
    """How many more must be covered until the target is reached; None without a target."""
    status: str | None
    at_due_day: Share | None
    needed_per_week: str | None
    had_per_week: str
    forecast_on: date | None
    forecast_reason: str | None
    covered_without_shells: int
    rate_without_shells: str | None
    baseline: Share


class Counts(_Answer):
    """What is there, and what is open."""

    live: int
    baseline: int
    visits_overdue: int
    open_plans: int
    alongside: int
    shells: int
    members: int
    members_gained: int


class RegionBoard(_Answer):
    """A region's rates and counts."""

    code: str
    name: str
    figures: tuple[Figure, ...]
    counts: Counts


class Scoreboard(_Answer):
    """A region's board, with those of the regions right below."""

    region: RegionBoard
    children: tuple[RegionBoard, ...]
    freshness: tuple[Freshness, ...]
