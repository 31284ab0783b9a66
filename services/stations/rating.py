"""A station's rating (驿站评分), worked out from what is known of a while; nobody sets it, and it is never stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from services.stations.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a rating was worked out from: all of these days, the first and the last one among them."""

    since: date
    until: date
    inspections: int
    points: int
    """The sum of the inspections' points, each of 100."""
    found_open: int
    """Inspections that found it open."""
    faults: int
    """Confirmed ones that were repaired, or whose day of repair was over."""
    repaired_in_time: int
    days_counted: int
    visits: int
    """On all days counted."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a rating."""

    part: str
    """`inspections`, `hours`, `faults` or `visits`."""
    weight: int
    percent: int
    """Cut, never rounded up."""


@dataclass(frozen=True, slots=True)
class Rating:
    """Of 100, cut and never rounded up; null: without an inspection there is none."""

    score: int | None
    parts: tuple[Part, ...]
    """Those of which there is evidence; the weights of the others are left out."""
    evidence: Evidence


def rate(evidence: Evidence, numbers: Rules) -> Rating:
    """docs/domain.md 2, 'Ratings are ours and computed'."""
    shares = list(_shares(evidence, numbers))
    parts = tuple(Part(part, weight, int(share * 100)) for part, weight, share in shares)
    weights = sum(weight for _, weight, _ in shares)
    if evidence.inspections == 0 or weights == 0:
        return Rating(None, parts, evidence)
    return Rating(int(sum(weight * share for _, weight, share in shares) * 100 / weights), parts, evidence)


def _shares(evidence: Evidence, numbers: Rules) -> Iterator[tuple[str, int, Fraction]]:
    if evidence.inspections:
        yield "inspections", numbers.weight_inspections, Fraction(evidence.points, 100 * evidence.inspections)
        yield "hours", numbers.weight_hours, Fraction(evidence.found_open, evidence.inspections)
    if evidence.faults:
        yield "faults", numbers.weight_faults, Fraction(evidence.repaired_in_time, evidence.faults)
    if evidence.days_counted:
        full = evidence.days_counted * numbers.rating_visits
        yield "visits", numbers.weight_visits, min(Fraction(1), Fraction(evidence.visits, full))
