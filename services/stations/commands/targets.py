"""What a region strives for with its stations is set, and changed (下达目标)."""

from typing import Annotated

from pydantic import ConfigDict, Field, Strict

from contracts.stations import StationMetric, StationTargetReason
from contracts.vocabulary import Day, RegionCode
from eventing.decision import Command


class SetStationTarget(Command):
    """下达目标: the region is to have that many by that day, from today on, in place of what held before."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "region": "330110",
                    "metric": "towns_with_cabin",
                    "count": 15,
                    "due_on": "2025-12-31",
                    "reason": "plan",
                }
            ]
        }
    )

    region: RegionCode
    metric: StationMetric
    count: Annotated[int, Strict(), Field(ge=1, le=10_000)]
    """Reached from this number on (以上)."""
    due_on: Day
    """The last day for it."""
    reason: StationTargetReason
