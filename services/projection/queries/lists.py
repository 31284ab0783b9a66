"""Which list stands behind each number of a board: as many enterprises as the number says, or what it is made of."""

from collections.abc import Mapping
from datetime import date

_ENTERPRISES, _PACE = "enterprises?region={region}", "pace?region={region}"
_RATE, _UNCOVERED = "&metric={metric}", "&metric={metric}&covered=false"
_COUNTS = ("live", "baseline", "visits_overdue", "open_plans", "alongside", "shells", "members", "members_gained")

_LISTS: Mapping[str, str] = {
    "figures.total": _ENTERPRISES + _RATE,
    "figures.covered": f"{_ENTERPRISES}{_RATE}&covered=true",
    "figures.derived": f"{_ENTERPRISES}{_RATE}&derived=true",
    "figures.rate": f"{_ENTERPRISES}{_RATE}&covered=true",
    "figures.gap": _ENTERPRISES + _UNCOVERED,
    "figures.needed_per_week": _ENTERPRISES + _UNCOVERED,
    "figures.forecast_on": _ENTERPRISES + _UNCOVERED,
    "figures.had": _PACE + _RATE,
    "figures.had_per_week": _PACE + _RATE,
    "figures.covered_without_shells": f"{_ENTERPRISES}{_RATE}&covered=true&shell=false",
    "figures.rate_without_shells": f"{_ENTERPRISES}{_RATE}&covered=true&shell=false",
    "figures.baseline.total": f"{_ENTERPRISES}{_RATE}&baseline=true",
    "figures.baseline.covered": f"{_ENTERPRISES}{_RATE}&baseline=true&covered=true",
    "figures.baseline.rate": f"{_ENTERPRISES}{_RATE}&baseline=true&covered=true",
    **{f"counts.{count}": f"{_ENTERPRISES}&count={count}" for count in _COUNTS},
}

_AT_DUE_DAY: Mapping[str, str] = {
    "figures.at_due_day.total": _ENTERPRISES + _RATE,
    "figures.at_due_day.covered": f"{_ENTERPRISES}{_RATE}&covered=true",
    "figures.at_due_day.rate": f"{_ENTERPRISES}{_RATE}&covered=true",
}


def lists(as_of: date) -> Mapping[str, str]:
    """By the number's place in a region's board: the address, in which `{region}` is the board's `code`, `{metric}` the
    figure's, and `{due_on}` its target's due day."""
    return {
        **{number: _address(query, f"{as_of}") for number, query in _LISTS.items()},
        **{number: _address(query, "{due_on}") for number, query in _AT_DUE_DAY.items()},
    }


def _address(query: str, day: str) -> str:
    return f"/api/projection/scoreboard/{query}&as_of={day}"
