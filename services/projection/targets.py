"""Which target holds for a rate in a region: its own, or that of the nearest region above whose target cascades."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, Strict

from contracts import regions
from contracts.enterprise import TargetReason, TargetSet
from contracts.vocabulary import Day, RegionCode
from eventing.fold import Fold
from eventing.shell.desk import Desk
from services.projection.scoreboard import Metric

_HELD = """
select distinct on (region, metric) * from {rows} where set_on <= $1 order by region, metric, number desc
"""


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
    """The targets that hold on one day, by rate and region: `load` gives those from the start, `held` a day's."""

    by_place: Mapping[tuple[Metric, str], Target]

    @classmethod
    def read(cls, text: str) -> "Targets":
        """From TOML. Raises `BrokenTargets` for two targets in one place, pydantic's error for a malformed one."""
        file = _File.model_validate(tomllib.loads(text))
        by_place = {(target.metric, target.region): target for target in file.target}
        if len(by_place) != len(file.target):
            raise BrokenTargets("a region has two targets for one rate")
        return cls(by_place)

    def and_then(self, settings: Iterable["Setting"], on: date) -> "Targets":
        """With what was set since in their place. A region that has another code on that day goes by that one."""
        by_place = dict(self.by_place)
        for setting in sorted(settings, key=lambda setting: (setting.set_on, setting.number)):
            by_place[setting.metric, regions.successor(setting.region, on) or setting.region] = setting.target
        return Targets(by_place)

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


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a target, as the enterprise log tells it."""

    key: str
    region: str
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
            region=self.region,
            metric=self.metric,
            percent=self.percent,
            due_on=self.due_on,
            cascades=self.cascades,
            source=f"{self.set_by}, {self.set_on}",
        )


def _key(event: TargetSet) -> str:
    return f"{event.region}-{event.metric}-{event.number}"


def _apply(_: Setting | None, event: TargetSet) -> Setting:
    return Setting(
        _key(event),
        event.region,
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
