"""A rating is worked out from evidence and shows it. Weights: inspections 40, hours 20, faults 25, visits 15."""

from datetime import date
from typing import Any

from contracts.stations import Equipment
from services.stations import rules
from services.stations.rating import Evidence, Part, Rating, rate

DAY = date(2025, 6, 30)
NUMBERS = rules.on(DAY)
NOTHING: dict[str, Any] = dict.fromkeys(
    ("inspections", "points", "found_open", "faults", "repaired_in_time", "days_counted", "visits"), 0
)


def rated(**known: int) -> Rating:
    return rate(Evidence(since=date(2025, 1, 2), until=DAY, **{**NOTHING, **known}), NUMBERS)


def test_it_is_the_weighed_mean_of_its_parts() -> None:
    rating = rated(inspections=4, points=360, found_open=3, faults=2, repaired_in_time=1, days_counted=10, visits=300)
    assert rating.parts == (
        Part("inspections", 40, 90),
        Part("hours", 20, 75),
        Part("faults", 25, 50),
        Part("visits", 15, 50),
    )
    assert rating.score == (40 * 90 + 20 * 75 + 25 * 50 + 15 * 50) // 100 == 71


def test_what_there_is_no_evidence_of_is_left_out() -> None:
    rating = rated(inspections=1, points=90, found_open=1)
    assert [part.part for part in rating.parts] == ["inspections", "hours"]
    assert rating.score == (40 * 90 + 20 * 100) // 60 == 93


def test_without_an_inspection_there_is_none_and_its_evidence_is_shown() -> None:
    rating = rated(days_counted=10, visits=900)
    assert (rating.score, rating.evidence.visits) == (None, 900)


def test_more_visits_than_full_count_as_full_and_shares_are_cut() -> None:
    rating = rated(inspections=3, points=299, found_open=2, days_counted=1, visits=61)
    assert [part.percent for part in rating.parts] == [99, 66, 100]
    assert rating.score == 90  # (40 × 299/300 + 20 × 2/3 + 15) / 75 = 0.9093…


def test_every_kind_of_equipment_has_its_time_and_the_weights_are_a_hundred() -> None:
    weights = (
        NUMBERS.weight_inspections,
        NUMBERS.weight_hours,
        NUMBERS.weight_faults,
        NUMBERS.weight_visits,
    )
    assert sum(weights) == 100
    assert all(getattr(NUMBERS, f"repair_{each}") > 0 for each in Equipment)
