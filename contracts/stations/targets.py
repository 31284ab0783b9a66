"""What a district strives for with its stations, as it was set and changed."""

from typing import Annotated, ClassVar

from pydantic import Field, Strict

from contracts.event import Event
from contracts.stations.words import StationMetric, StationTargetReason
from contracts.vocabulary import Day, RegionCode, UnionId


class StationTargetSet(Event):
    """The district strives for that number by that day; from `set_on` on, in place of what held before."""

    CONTEXT: ClassVar[str] = "stations"
    STREAM: ClassVar[str] = "target-{region}-{metric}"

    region: RegionCode
    metric: StationMetric
    number: Annotated[int, Strict(), Field(ge=1)]
    """Which one it is that was set for the region and metric: 1, 2, 3…; the last one holds, from its day on."""
    count: Annotated[int, Strict(), Field(ge=1, le=10_000)]
    due_on: Day
    reason: StationTargetReason
    set_by: UnionId
    set_on: Day
