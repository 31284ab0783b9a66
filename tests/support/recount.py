"""The board counted again from the officers' actions alone, by docs/domain.md and by no code of the services."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import chinese_calendar

from demo.action import Action

TARGETS = {
    "own_union_100": (85, "2025-12-31"),
    "union_50": (70, "2025-12-31"),
    "small_micro_covered": (60, "2026-06-30"),
}
NON_PUBLIC = {"private", "foreign", "hong_kong_macao_taiwan", "mixed_private_controlled"}


@dataclass(slots=True)
class Told:
    """What the officers have told of one enterprise, command by command in the order in which they sent them."""

    registered: Mapping[str, Any] = field(default_factory=dict)
    survey: Mapping[str, Any] | None = None
    approval: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """One figure. `rate` is cut, never rounded; None for 0 of 0."""

    total: int
    covered: int
    derived: int

    @property
    def rate(self) -> str | None:
        if self.total == 0:
            return None
        cut = str(self.covered * 10000 // self.total).rjust(3, "0")
        return f"{cut[:-2]}.{cut[-2:]}"

    def reaches(self, percent: int) -> bool | None:
        return None if self.total == 0 else self.covered * 100 >= percent * self.total


def told(actions: Iterable[Action]) -> dict[str, Told]:
    """By credit code."""
    known: dict[str, Told] = {}
    for action in sorted(actions, key=lambda each: each.day):  # stable: one enterprise's stay in order
        enterprise = known.setdefault(action.about, Told())
        match action.path.rsplit("/", 1)[1]:
            case "register":
                enterprise.registered = action.body
            case "survey":
                enterprise.survey = action.body
            case "approve":
                enterprise.approval = action.body
    return known


def figures(actions: Iterable[Action]) -> dict[tuple[str, str], Count]:
    """By region (county, city, province) and metric; what isn't there is 0 of 0."""
    total: Counter[tuple[str, str]] = Counter()
    covered: Counter[tuple[str, str]] = Counter()
    derived: Counter[tuple[str, str]] = Counter()
    for code, enterprise in told(actions).items():
        county = enterprise.registered["county"]
        for metric, is_derived in counts_for(code, enterprise):
            for region in (county, county[:4] + "00", county[:2] + "0000"):
                total[region, metric] += 1
                # The play founds own unions only: they cover in each of the three rates.
                covered[region, metric] += enterprise.approval is not None and enterprise.approval["members"] >= 1
                derived[region, metric] += is_derived
    return {key: Count(total[key], covered[key], derived[key]) for key in total}


def counts_for(code: str, enterprise: Told) -> list[tuple[str, bool]]:
    """The metrics in whose total it is, and whether it is there by a size class that was derived."""
    if enterprise.survey is None or enterprise.registered["ownership"] not in NON_PUBLIC or code[:2] in ("92", "93"):
        return []
    workers, size_class = enterprise.survey["headcount"], enterprise.survey["size_class"]
    found = []
    if workers >= 100:
        found.append(("own_union_100", False))
    if workers >= 50:
        found.append(("union_50", False))
    if size_class in ("small", "micro"):
        found.append(("small_micro_covered", False))
    if size_class is None and workers < 50:
        found.append(("small_micro_covered", True))
    return found


@dataclass(frozen=True, slots=True)
class Overdue:
    """A visit that nobody had entered when its due day was over; `withdrawn`: it had been held in time all the same."""

    enterprise: str
    due_on: date
    withdrawn: bool
    open: bool
    """Still overdue at the end: not visited, no other will stated since, no union approved."""


def overdue_visits(actions: Iterable[Action], until: date) -> list[Overdue]:
    """All of them by the end of the play, which is in the course of the day `until`; by code, then by due day."""
    by_enterprise: dict[str, list[Action]] = {}
    for action in sorted(actions, key=lambda each: each.day):
        by_enterprise.setdefault(action.about, []).append(action)
    found = [
        overdue
        for code, ours in sorted(by_enterprise.items())
        for at, action in enumerate(ours)
        if action.body.get("will") == "willing"
        and (overdue := _overdue(code, date.fromisoformat(str(action.body["stated_on"])), ours[at + 1 :], until))
    ]
    return sorted(found, key=lambda each: (each.enterprise, each.due_on))


def _overdue(code: str, stated_on: date, later: list[Action], until: date) -> Overdue | None:
    due_on = visit_due(stated_on, until)
    if due_on is None or due_on >= until:
        return None
    settled = next((each for each in later if each.path.rsplit("/", 1)[1] in _SETTLES), None)
    if settled is not None and settled.day <= due_on:
        return None
    held = date.fromisoformat(str(settled.body["held_on"])) if settled and "held_on" in settled.body else None
    return Overdue(code, due_on, withdrawn=held is not None and held <= due_on, open=settled is None)


_SETTLES = ("hold-visit", "state-will", "approve")


def visit_due(stated_on: date, until: date) -> date | None:
    """The fifth working day after, the day itself not counted; None if that is after `until`."""
    day, left = stated_on, 5
    while left:
        day += timedelta(days=1)
        if day > until:
            return None
        left -= chinese_calendar.is_workday(day)
    return day


def accompaniments(actions: Iterable[Action]) -> dict[str, date]:
    """Of every enterprise whose union was approved, the last of the 60 days; calendar days from the approval on."""
    return {
        code: date.fromisoformat(enterprise.approval["approved_on"]) + timedelta(days=60)
        for code, enterprise in told(actions).items()
        if enterprise.approval is not None
    }


def running_accompaniments(actions: Iterable[Action], until: date) -> dict[str, date]:
    """Those whose last day isn't over in the course of the day `until`."""
    return {code: ends_on for code, ends_on in accompaniments(actions).items() if ends_on >= until}
