"""The scoreboard as the API answers it: what of it the demo reads (the rest is left alone)."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Goal(_Answer):
    """What a region strives for (力争), in per cent."""

    percent: int
    due_on: date


class Figure(_Answer):
    """One rate. `rate` is per cent with two decimals, cut; None where no enterprise counts."""

    metric: str
    total: int
    covered: int
    derived: int
    rate: str | None
    target: Goal | None
    reached: bool | None

    @property
    def to_go(self) -> int:
        """How many more must be covered until the target is reached; 0 without a target."""
        if self.target is None:
            return 0
        return max(0, -(-self.target.percent * self.total // 100) - self.covered)


class RegionBoard(_Answer):
    """A region's rates."""

    code: str
    name: str
    figures: tuple[Figure, ...]


class Freshness(_Answer):
    """How far the board has read a log. `behind`: the log is known to be further; None: nothing was heard of it."""

    source: str
    sequence: int
    time: datetime | None
    behind: bool | None


class Scoreboard(_Answer):
    """A region's board, with those of the regions right below."""

    region: RegionBoard
    children: tuple[RegionBoard, ...]
    freshness: tuple[Freshness, ...]
