"""What is sealed of a board, and what has changed since."""

from datetime import date

from contracts.enterprise import Metric
from contracts.projection import LateChange, ReportSealed, SealedFigure
from services.projection.queries.as_of import Counted
from services.projection.queries.sealing import late_changes, sealed_figures
from services.projection.targets import load
from tests.support.sample_reports import SEALED

OWN_100, UNION_50, SMALL = Metric
CITY, COUNTY, OTHER = "610200", "610202", "610203"


def report(**figures: tuple[int, int]) -> ReportSealed:
    """A report of the city's with these totals and covered ones in one rate, by `r<region>`."""
    sealed = tuple(
        SealedFigure(
            region=place[1:], metric=UNION_50, total=total, covered=covered, derived=0, percent=None, due_on=None
        )
        for place, (total, covered) in figures.items()
    )
    return SEALED.model_copy(update={"region": CITY, "figures": sealed})


def now(**figures: tuple[int, int]) -> dict[tuple[str, Metric], Counted]:
    return {(place[1:], UNION_50): Counted(total, covered, 0) for place, (total, covered) in figures.items()}


def changed(region: str, before: tuple[int, int], after: tuple[int, int]) -> LateChange:
    return LateChange(
        month="2025-05",
        region=region,
        metric=UNION_50,
        total_sealed=before[0],
        covered_sealed=before[1],
        total=after[0],
        covered=after[1],
    )


def test_what_did_not_change_is_not_listed() -> None:
    assert late_changes(report(r610200=(10, 5)), now(r610200=(10, 5))) == []


def test_what_changed_is_listed_with_both_figures() -> None:
    before = report(r610200=(10, 5), r610202=(4, 1), r610203=(6, 4))
    after = now(r610200=(10, 6), r610202=(4, 2), r610203=(6, 4))
    assert late_changes(before, after) == [changed(CITY, (10, 5), (10, 6)), changed(COUNTY, (4, 1), (4, 2))]


def test_a_region_that_is_on_one_side_only_had_nobody_on_the_other() -> None:
    assert late_changes(report(r610202=(4, 1)), now(r610203=(4, 1))) == [
        changed(COUNTY, (4, 1), (0, 0)),
        changed(OTHER, (0, 0), (4, 1)),
    ]


def test_a_figure_is_sealed_with_the_target_that_holds_for_it() -> None:
    board = {(CITY, SMALL): Counted(10, 5, 2), (CITY, OWN_100): Counted(3, 1, 0)}
    assert sealed_figures(board, load()) == (
        SealedFigure(region=CITY, metric=OWN_100, total=3, covered=1, derived=0, percent=85, due_on=date(2025, 12, 31)),
        SealedFigure(region=CITY, metric=SMALL, total=10, covered=5, derived=2, percent=60, due_on=date(2026, 6, 30)),
    )
