"""What a union strives for in a rate is set, and changed (下达目标)."""

from typing import Annotated

from pydantic import ConfigDict, Field, Strict

from contracts.enterprise import Metric, TargetReason
from contracts.vocabulary import Day, RegionCode, UnionId
from eventing.decision import Command


def _not_named(union: str | None) -> bool:
    return union is None


class SetTarget(Command):
    """下达目标: a union is to reach that rate by that day, from today on, in place of what held before.

    It is named by its region, or by its id where it has none (a group, the XPCC and its divisions).
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "region": "610102",
                    "metric": "union_50",
                    "percent": 75,
                    "due_on": "2025-12-31",
                    "cascades": True,
                    "reason": "shared_out",
                }
            ]
        }
    )

    region: RegionCode | None = None
    """Of the union in charge of it (行政区划); left out where `union` names one."""
    metric: Metric
    percent: Annotated[int, Strict(), Field(ge=1, le=100)]
    """Reached from this figure on (以上)."""
    due_on: Day
    """The last day for it."""
    cascades: Annotated[bool, Strict()]
    """Whether unions below without a target of their own take this one."""
    reason: TargetReason
    union: Annotated[UnionId | None, Field(exclude_if=_not_named)] = None
    """Any union of the directory (工会); with a region besides, it must be its own, or its seat."""
