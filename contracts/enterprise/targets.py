"""What a region strives for (力争), as it was set and changed."""

from typing import Annotated, ClassVar

from pydantic import Field, Strict

from contracts.enterprise.words import Metric, TargetReason
from contracts.event import Event
from contracts.vocabulary import Day, RegionCode, UnionId


class TargetSet(Event):
    """The region strives for that rate by that day; from `set_on` on, in place of what held before."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "target-{region}-{metric}"

    region: RegionCode
    metric: Metric
    number: Annotated[int, Strict(), Field(ge=1)]
    """Which one it is that was set for the region and rate: 1, 2, 3…; the last one holds, from its day on."""
    percent: Annotated[int, Strict(), Field(ge=1, le=100)]
    due_on: Day
    cascades: bool
    """Whether regions below without a target of their own take this one."""
    reason: TargetReason
    set_by: UnionId
    set_on: Day
