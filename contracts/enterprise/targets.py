"""What a union strives for (力争), as it was set and changed."""

from typing import Annotated, ClassVar

from pydantic import Field, Strict

from contracts.enterprise.words import Metric, TargetReason
from contracts.event import Event
from contracts.vocabulary import Day, RegionCode, UnionId


class TargetSet(Event):
    """A union strives for that rate by that day; from `set_on` on, in place of what held before.

    Its stream is `target-<region>-<rate>` for the union of a region, `target-<id without u->-<rate>` for any other.
    """

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "target-{region}-{metric}"

    region: RegionCode
    """The region of that union; where it has none of its own (a group, the XPCC and its divisions), its seat."""
    metric: Metric
    number: Annotated[int, Strict(), Field(ge=1)]
    """Which one it is that was set for the union and rate: 1, 2, 3…; the last one holds, from its day on."""
    percent: Annotated[int, Strict(), Field(ge=1, le=100)]
    due_on: Day
    cascades: bool
    """Whether unions below without a target of their own take this one."""
    reason: TargetReason
    set_by: UnionId
    set_on: Day
    union: UnionId | None = None
    """Whose target it is; null: the union of the region, `u-<region>`."""

    @property
    def holder(self) -> str:
        """The union whose target it is."""
        return self.union or f"u-{self.region}"

    @property
    def stream(self) -> str:
        return f"target-{self.holder.removeprefix('u-')}-{self.metric}"
