"""The whole board counted again from the events of the log, by docs/domain.md and by no code of the services."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from contracts import regions
from contracts.event import Event
from tests.support import board_recount

PROVINCE = "610000"
TARGETS = {
    "own_union_100": (85, date(2025, 12, 31)),
    "union_50": (70, date(2025, 12, 31)),
    "small_micro_covered": (60, date(2026, 6, 30)),
}
"""The province's, which hold below it unless another one was set there."""

COUNTS = ("live", "baseline", "visits_overdue", "open_plans", "alongside", "shells", "members")
WINDOW = timedelta(days=28)


def lives_in(events: Iterable[Event]) -> dict[str, list[Event]]:
    """By credit code, each enterprise's events in the order of the log; those that were never registered left out."""
    lives: dict[str, list[Event]] = {}
    for event in events:
        if code := getattr(event, "enterprise", None):
            lives.setdefault(str(code), []).append(event)
    return {code: life for code, life in lives.items() if board_recount.told(life, "EnterpriseRegistered")}


@dataclass(frozen=True)
class Target:
    percent: int
    due_on: date
    set_for: str


class Recount:
    """Of a log's events, on the day `today`."""

    def __init__(self, events: Sequence[Event], today: date) -> None:
        self.today, self.lives = today, lives_in(events)
        self._set: list[Any] = [event for event in events if type(event).__name__ == "TargetSet"]
        self._days: dict[date, dict[str, Counter[str]]] = {}

    @cached_property
    def targets(self) -> dict[tuple[str, str], Target]:
        """By rate and region, what was set last."""
        held = {(metric, PROVINCE): Target(percent, due, f"u-{PROVINCE}") for metric, (percent, due) in TARGETS.items()}
        for one in sorted(self._set, key=lambda event: event.number):
            held[one.metric.value, one.region] = Target(one.percent, one.due_on, one.union or f"u-{one.region}")
        return held

    def board(self, region: str) -> dict[str, Any]:
        """Its line and those of the regions right below it, as the scoreboard answers them today."""
        below = regions.children(region, self.today)
        line, children = self.line(region), [self.line(child) for child in below]
        for number, figure in enumerate(line["figures"]):
            shares = sum(_needed(child["figures"][number]) for child in children)
            figure["short_by"] = max(0, _needed(figure) - shares)
        return {"region": line, "children": children}

    def line(self, region: str) -> dict[str, Any]:
        counts = self._counted(region, self.today)
        month_before = self.today.replace(day=1) - timedelta(days=1)
        gained = counts["members"] - self._counted(region, month_before)["members"]
        return {
            "code": region,
            "name": regions.name(region),
            "figures": [self.figure(region, metric) for metric in TARGETS],
            "counts": {name: counts[name] for name in COUNTS} | {"members_gained": gained},
        }

    def figure(self, region: str, metric: str) -> dict[str, Any]:
        now, before = self._counted(region, self.today), self._counted(region, self.today - WINDOW)
        total, covered = now[f"{metric}_total"], now[f"{metric}_covered"]
        sound, had = covered - now[f"{metric}_hollow"], covered - before[f"{metric}_covered"]
        target = self._target(region, metric)
        over = target.due_on < self.today
        due = self._counted(region, target.due_on) if over else now
        reached = _reached(covered, total, target.percent)
        gap = max(0, _up(Fraction(target.percent * total, 100)) - covered)
        left = max((target.due_on - self.today).days, 1)
        forecast_on, why_none = _forecast(gap, had, total, over, target.due_on, self.today)
        return {
            "metric": metric,
            "total": total,
            "covered": covered,
            "derived": now["derived"] if metric == "small_micro_covered" else 0,
            "rate": rate(covered, total),
            "reason": None if total else "no_such_enterprise",
            "target": {"percent": target.percent, "due_on": str(target.due_on), "set_for": target.set_for},
            "reached": reached,
            "status": _status(due[f"{metric}_covered"], due[f"{metric}_total"], target.percent, over),
            "at_due_day": _share(due, metric, "total", "covered") if over else None,
            "gap": gap,
            "needed_per_week": None if over else _two(Fraction(gap * 7, left), ROUND_CEILING),
            "had": had,
            "had_per_week": _two(Fraction(had, 4), ROUND_FLOOR),
            "forecast_on": str(forecast_on) if forecast_on else None,
            "forecast_reason": why_none,
            "covered_without_shells": sound,
            "rate_without_shells": rate(sound, total),
            "baseline": _share(now, metric, "baseline", "baseline_covered"),
            "short_by": None,
        }

    def _target(self, region: str, metric: str) -> Target:
        """Its own, or that of the nearest region above; all of the play's cascade."""
        city, province = region[:4] + "00", region[:2] + "0000"
        return next(self.targets[metric, at] for at in (region, city, province) if (metric, at) in self.targets)

    def _counted(self, region: str, day: date) -> Counter[str]:
        if day not in self._days:
            self._days[day] = board_recount.board(self.lives.values(), day)
        digits = region.removesuffix("00").removesuffix("00")
        found: Counter[str] = Counter()
        for county, counted in self._days[day].items():
            if county.startswith(digits):
                found.update(counted)
        return found


def rate(covered: int, total: int) -> str | None:
    """Per cent with two decimals, cut."""
    return _two(Fraction(covered * 100, total), ROUND_FLOOR) if total else None


def _share(counted: Counter[str], metric: str, total: str, covered: str) -> dict[str, Any]:
    of, those = counted[f"{metric}_{total}"], counted[f"{metric}_{covered}"]
    return {"total": of, "covered": those, "rate": rate(those, of)}


def _needed(figure: dict[str, Any]) -> int:
    """So many covered reach its target."""
    return _up(Fraction(figure["target"]["percent"] * figure["total"], 100))


def _reached(covered: int, total: int, percent: int) -> bool | None:
    return Fraction(covered * 100, total) >= percent if total else None


def _status(covered: int, total: int, percent: int, over: bool) -> str | None:
    if not total:
        return None
    if not over:
        return "running"
    return "met" if _reached(covered, total, percent) else "missed"


def _forecast(gap: int, had: int, total: int, over: bool, due_on: date, today: date) -> tuple[date | None, str | None]:
    for why, is_so in (
        ("no_such_enterprise", not total),
        ("reached", not gap),
        ("over", over),
        ("no_progress", had < 1),
    ):
        if is_so:
            return None, why
    on = today + timedelta(days=_up(Fraction(gap * WINDOW.days, had)))
    return on, None if on <= due_on else "too_slow"


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def _two(number: Fraction, rounding: str) -> str:
    """With two decimals; fourths and hundredths come out even, the others are rounded as said."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return str(exact.quantize(Decimal("0.01"), rounding))
