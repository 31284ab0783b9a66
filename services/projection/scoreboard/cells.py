"""The cells that a board is summed from: what changed in a county on a day, and the same by months and cities."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from contracts.enterprise import Metric
from eventing.fold import add
from services.projection.scoreboard.row import EnterpriseRow


class Span(StrEnum):
    """For how long a cell stands. A board adds up whole months, and the days of the last one: 45 cells a place in the
    second year instead of 400."""

    DAY = "day"
    MONTH = "month"


class Cell(Struct, frozen=True):
    """One day (or month, from its first day on) in one place: a county, as recorded; or all that begins with a city's
    four digits. What a board adds up lies side by side in this order."""

    place: str
    span: Span
    day: date


class Measures(Struct, frozen=True):
    """By how much each figure changed: enterprises, but for `members`. A board as of a day is the sum of all before it.

    Of a rate: those that count, those of them that are covered, those covered by nothing but a shell (`hollow`); those
    of the baseline list that counted when the list was closed, and those of these that are covered.
    """

    own_union_100_total: int = 0
    own_union_100_covered: int = 0
    own_union_100_hollow: int = 0
    own_union_100_baseline: int = 0
    own_union_100_baseline_covered: int = 0
    union_50_total: int = 0
    union_50_covered: int = 0
    union_50_hollow: int = 0
    union_50_baseline: int = 0
    union_50_baseline_covered: int = 0
    small_micro_covered_total: int = 0
    small_micro_covered_covered: int = 0
    small_micro_covered_hollow: int = 0
    small_micro_covered_baseline: int = 0
    small_micro_covered_baseline_covered: int = 0
    derived: int = 0
    """Small or micro by the headcount, for want of the bureau's class."""
    live: int = 0
    """On the list and active."""
    baseline: int = 0
    """On a closed survey's list, whatever has become of them."""
    visits_overdue: int = 0
    open_plans: int = 0
    alongside: int = 0
    shells: int = 0
    with_members: int = 0
    members: int = 0


FIGURES = tuple(Measures.__struct_fields__)[:-1]
"""The figures that an enterprise is one of, or isn't."""

BIT: Mapping[str, int] = {name: 1 << at for at, name in enumerate(FIGURES)}
"""In `EnterpriseRow.figures`."""


def bit(metric: Metric, what: str) -> int:
    return BIT[f"{metric.value}_{what}"]


def contribute(row: EnterpriseRow) -> Mapping[Cell, Measures]:
    """What changed with the enterprise on its days; a move takes away there and adds here."""
    counted: dict[Cell, Measures] = {}
    county, figures, members = "", 0, 0
    for day, at, now, of in zip(row.days, row.counties, row.figures, row.members, strict=True):
        if at == county or not county:
            _count(counted, day, at, _difference(figures, now, of - members))
        else:
            _count(counted, day, county, _difference(figures, 0, -members))
            _count(counted, day, at, _difference(0, now, of))
        county, figures, members = at, now, of
    return counted


def roll_up(cell: Cell) -> tuple[Cell, ...]:
    """The county's month, and the city's day and month."""
    month, city = cell.day.replace(day=1), city_of(cell.place)
    return Cell(cell.place, Span.MONTH, month), Cell(city, Span.DAY, cell.day), Cell(city, Span.MONTH, month)


def city_of(code: str) -> str:
    """The place in which everything is summed that was recorded under a code with the same first two pairs."""
    return code[:4]


def _count(counted: dict[Cell, Measures], day: date, county: str, change: Measures) -> None:
    cell = Cell(county, Span.DAY, day)
    counted[cell] = add(counted[cell], change) if cell in counted else change


@lru_cache(maxsize=4096)
def _difference(before: int, now: int, members: int) -> Measures:
    changes = [(now >> at & 1) - (before >> at & 1) for at in range(len(FIGURES))]
    return Measures(*[*changes, members])
