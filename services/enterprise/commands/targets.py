"""What a region strives for in a rate is set, and changed (下达目标)."""

from typing import Annotated

from pydantic import ConfigDict, Field, Strict

from contracts.enterprise import Metric, TargetReason
from contracts.vocabulary import Day, RegionCode
from eventing.decision import Command


class SetTarget(Command):
    """下达目标: the region is to reach that rate by that day, from today on, in place of what held before."""

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

    region: RegionCode
    metric: Metric
    percent: Annotated[int, Strict(), Field(ge=1, le=100)]
    """Reached from this figure on (以上)."""
    due_on: Day
    """The last day for it."""
    cascades: Annotated[bool, Strict()]
    """Whether regions below without a target of their own take this one."""
    reason: TargetReason
