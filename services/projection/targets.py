"""Which target holds for a rate in a region: that of the union in charge, or of the nearest one above that cascades."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, Strict

from contracts import regions, unions
from contracts.enterprise import TargetReason, TargetSet
from contracts.regions import UnknownRegion
from contracts.unions import Directory, UnknownUnion
from contracts.vocabulary import Day, UnionId
from eventing.fold import Fold
from eventing.shell.desk import Desk
from services.projection.scoreboard import Metric

_HELD = """
select distinct on (union_id, metric) * from {rows} where set_on <= $1 order by union_id, metric, number desc
"""


class Target(BaseModel):
    """What a union strives for in a rate."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    union: UnionId
    """The union that it was set for; those below may have taken it over."""
    metric: Metric
    percent: Annotated[int, Strict(), Field(ge=1, le=100)]
    """Reached from this figure on (以上)."""
    due_on: Day
    """The last day for it."""
    cascades: Annotated[bool, Strict()]
    """Whether unions below without a target of their own take this one; ours, not the report's."""
    source: Annotated[str, Field(min_length=1)]
    """Who set it, and where that stands."""


START = date(1950, 1, 1)
"""From this day on the directory knows unions; what `targets.toml` says holds from the start."""


class BrokenTargets(ValueError):
    """The targets contradict each other."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets that hold on one day, by rate and union: `load` gives those from the start, `held` a day's."""

    by_union: Mapping[tuple[Metric, str], Target]
    on: date = START
    """The day whose tree of unions they cascade along."""
    directory: Directory = field(default_factory=unions.load)

    @classmethod
    def read(cls, text: str) -> "Targets":
        """From TOML. Raises `BrokenTargets` for two targets in one place, pydantic's error for a malformed one."""
        file = _File.model_validate(tomllib.loads(text))
        by_union = {(target.metric, target.union): target for target in file.target}
        if len(by_union) != len(file.target):
            raise BrokenTargets("a union has two targets for one rate")
        return cls(by_union)

    def and_then(self, settings: Iterable["Setting"], on: date) -> "Targets":
        """With what was set since in their place, along that day's tree. The union of a region that has another code
        on that day goes by that one."""
        by_union = dict(self.by_union)
        for setting in sorted(settings, key=lambda setting: (setting.set_on, setting.number)):
            by_union[setting.metric, setting.held_by(on)] = setting.target
        return Targets(by_union, on, self.directory)

    def of(self, metric: Metric, region: str) -> Target | None:
        """The target that holds there; None where nobody has set one."""
        union = self.in_charge(region)
        return None if union is None else self.of_union(metric, union)

    def of_union(self, metric: Metric, union: str) -> Target | None:
        """Its own, or that of the nearest one above it in the tree of unions whose target cascades. Raises
        `UnknownUnion`."""
        own, *above = self.directory.chain(union, self.on)
        if (target := self.by_union.get((metric, own))) is not None:
            return target
        taken = (self.by_union.get((metric, up)) for up in above)
        return next((target for target in taken if target is not None and target.cascades), None)

    def in_charge(self, region: str) -> str | None:
        """The region's union; where the directory has none, that of the nearest region above that has one."""
        at: str | None = region
        while at is not None:
            try:
                return self.directory.of_region(at, self.on)
            except (UnknownUnion, UnknownRegion):
                at = regions.parent(at)
        return None


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a target, as the enterprise log tells it."""

    key: str
    region: str
    union_id: str
    metric: Metric
    number: int
    percent: int
    due_on: date
    cascades: bool
    reason: TargetReason
    set_by: str
    set_on: date

    @property
    def target(self) -> Target:
        return Target(
            union=self.union_id,
            metric=self.metric,
            percent=self.percent,
            due_on=self.due_on,
            cascades=self.cascades,
            source=f"{self.set_by}, {self.set_on}",
        )

    def held_by(self, on: date) -> str:
        """The union whose target it is on that day."""
        if self.union_id != f"u-{self.region}":
            return self.union_id
        return f"u-{regions.successor(self.region, on) or self.region}"


def _key(event: TargetSet) -> str:
    return f"{event.holder}-{event.metric}-{event.number}"


def _apply(_: Setting | None, event: TargetSet) -> Setting:
    return Setting(
        _key(event),
        event.region,
        event.holder,
        event.metric,
        event.number,
        event.percent,
        event.due_on,
        event.cascades,
        event.reason,
        event.set_by,
        event.set_on,
    )


TARGETS = Fold(name="held_targets", row=Setting, events=(TargetSet,), key=_key, apply=_apply)
"""A row for each setting, so that any past day can be asked about."""


async def held(desk: Desk, on: date) -> Targets:
    """What holds on that day: the last setting up to it, and where there is none, what `targets.toml` says."""
    async with desk.read(TARGETS) as reading:
        found = await reading.fetch(_HELD.format(rows=reading.rows), on)
    return load().and_then((_setting(dict(record)) for record in found), on)


def _setting(record: Mapping[str, Any]) -> Setting:
    return Setting(**{**record, "metric": Metric(record["metric"]), "reason": TargetReason(record["reason"])})


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    target: tuple[Target, ...]


@cache
def load() -> Targets:
    """The targets in `targets.toml`."""
    return Targets.read(Path(__file__).with_suffix(".toml").read_text("utf-8"))
