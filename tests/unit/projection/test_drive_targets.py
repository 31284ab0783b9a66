"""Which target holds for a rate in a region?"""

from datetime import date

import pytest
from pydantic import ValidationError

from services.projection import targets
from services.projection.scoreboard import Metric
from services.projection.targets import BrokenTargets, Targets

OWN_100, UNION_50, SMALL = Metric


def entry(union: str = "u-610000", metric: str = "union_50", percent: object = 70, cascades: bool = True) -> str:
    return (
        f'[[target]]\nunion = "{union}"\nmetric = "{metric}"\npercent = {percent}\ndue_on = 2025-12-31\n'
        f'cascades = {str(cascades).lower()}\nsource = "省总工会"\n'
    )


def percent(of: Targets, region: str) -> int | None:
    target = of.of(UNION_50, region)
    return target.percent if target else None


@pytest.mark.parametrize(
    ("metric", "figure", "due_on"),
    [
        (OWN_100, 85, date(2025, 12, 31)),
        (UNION_50, 70, date(2025, 12, 31)),
        (SMALL, 60, date(2026, 6, 30)),
    ],
)
@pytest.mark.parametrize("region", ["610000", "610100", "610102"])
def test_shaanxis_targets_hold_in_each_region_below(region: str, metric: Metric, figure: int, due_on: date) -> None:
    target = targets.load().of(metric, region)
    assert target is not None
    assert (target.percent, target.due_on, target.union) == (figure, due_on, "u-610000")
    assert "陕西" in target.source


def test_another_province_has_none() -> None:
    assert targets.load().of(UNION_50, "330110") is None


def test_a_regions_own_target_goes_before_the_one_above() -> None:
    own = Targets.read(entry(percent=70) + entry("u-610100", percent=75) + entry("u-610102", percent=80))
    assert [percent(own, region) for region in ("610000", "610100", "610102", "610103", "610702")] == [
        70,
        75,
        80,
        75,
        70,
    ]


def test_a_target_that_does_not_cascade_holds_for_its_region_alone() -> None:
    alone = Targets.read(entry(percent=70) + entry("u-610100", percent=75, cascades=False))
    assert [percent(alone, region) for region in ("610100", "610102")] == [75, 70]


def test_two_targets_in_one_place_are_refused() -> None:
    with pytest.raises(BrokenTargets):
        Targets.read(entry(percent=70) + entry(percent=75))


@pytest.mark.parametrize(
    "broken",
    [
        entry(percent=0),
        entry(percent=101),
        entry(percent=69.5),
        entry(metric="union_5"),
        entry(union="Shaanxi"),
        entry() + "comment = 1\n",
        entry().replace('source = "省总工会"\n', ""),
        entry().replace("2025-12-31", '"soon"'),
        "",
    ],
)
def test_a_malformed_target_is_refused_when_it_is_read(broken: str) -> None:
    with pytest.raises(ValidationError):
        Targets.read(broken)
