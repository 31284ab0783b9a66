"""Which target holds for a rate in a region: its own, or that of the nearest region above whose target cascades."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict

from contracts import regions
from contracts.vocabulary import Day, RegionCode
from services.projection.scoreboard import Metric


class Target(BaseModel):
    """What a region strives for in a rate."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode
    """The region that it was set for; those below may have taken it over."""
    metric: Metric
    percent: Annotated[int, Strict(), Field(ge=1, le=100)]
    """Reached from this figure on (以上)."""
    due_on: Day
    """The last day for it."""
    cascades: Annotated[bool, Strict()]
    """Whether regions below without a target of their own take this one; ours, not the report's."""
    source: Annotated[str, Field(min_length=1)]
    """Who set it, and where that stands."""


class BrokenTargets(ValueError):
    """The targets contradict each other."""


@dataclass(frozen=True, slots=True)
class Targets:
    """All targets, by rate and region; make it with `read`."""

    by_place: Mapping[tuple[Metric, str], Target]

    @classmethod
    def read(cls, text: str) -> "Targets":
        """From TOML. Raises `BrokenTargets` for two targets in one place, pydantic's error for a malformed one."""
        file = _File.model_validate(tomllib.loads(text))
        by_place = {(target.metric, target.region): target for target in file.target}
        if len(by_place) != len(file.target):
            raise BrokenTargets("a region has two targets for one rate")
        return cls(by_place)

    def of(self, metric: Metric, region: str) -> Target | None:
        """The target that holds there; None where nobody has set one."""
        if (own := self.by_place.get((metric, region))) is not None:
            return own
        at = regions.parent(region)
        while at is not None:
            if (above := self.by_place.get((metric, at))) is not None and above.cascades:
                return above
            at = regions.parent(at)
        return None


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    target: tuple[Target, ...]


@cache
def load() -> Targets:
    """The targets in `targets.toml`."""
    return Targets.read(Path(__file__).with_suffix(".toml").read_text("utf-8"))
