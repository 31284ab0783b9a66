"""One rate in one region: its figures, and whether they reach the target."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.vocabulary import Day, RegionCode
from services.projection.scoreboard import Measures, Metric
from services.projection.targets import Targets


class Goal(BaseModel):
    """What the region strives for (力争)."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    percent: int = Field(examples=[85])
    due_on: Day
    set_for: RegionCode
    """The region that it was set for: this one, or one above whose target it took over."""


class Figure(BaseModel):
    """One rate in one region."""

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
    """Whether the target is reached now, by the exact figures. Null without a target or without a rate."""


def figure(metric: Metric, region: str, measures: Measures, targets: Targets) -> Figure:
    """The figure with what follows from it."""
    target = targets.of(metric, region)
    total, covered = measures.total, measures.covered
    return Figure(
        metric=metric,
        total=total,
        covered=covered,
        derived=measures.derived,
        rate=rate(covered, total),
        reason=None if total else "no_such_enterprise",
        target=Goal(percent=target.percent, due_on=target.due_on, set_for=target.region) if target else None,
        reached=covered * 100 >= target.percent * total if target and total else None,
    )


def rate(covered: int, total: int) -> str | None:
    """Percent with two decimals, cut: 2 of 3 is 66.66. None for 0 of 0. Whole numbers only, so nothing is rounded."""
    if total == 0:
        return None
    percent, hundredths = divmod(covered * 10_000 // total, 100)
    return f"{percent}.{hundredths:02}"
