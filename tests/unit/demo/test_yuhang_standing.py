"""The cabins' year on the terminal, month by month."""

import io
from datetime import date

from rich.console import Console

from demo.yuhang.answers import Coverage, Placement, TownLine
from demo.yuhang.standing import show_cabins, show_towns

MONTHS = [date(2025, month, 1) for month in (11, 12)]


def stay(town: int, placed_on: date, until: date | None) -> Placement:
    return Placement(station="s-330110-049", town=f"t-330110-{town:02}", placed_on=placed_on, until=until)


def year(*stays: Placement) -> list[str]:
    """The cabin's cells."""
    paper = io.StringIO()
    show_cabins(stays, MONTHS, Console(file=paper, width=80))
    (line,) = [line for line in paper.getvalue().splitlines() if line.strip().startswith("049 ")]
    return line.replace("› ", "›").split()[1:]


def test_a_cabin_is_where_it_stands_at_the_end_of_the_month() -> None:
    assert year(stay(2, date(2025, 10, 1), date(2025, 11, 30)), stay(15, date(2025, 12, 1), None)) == ["—", "›云城"]
    assert year(stay(2, date(2025, 10, 1), date(2025, 12, 1)), stay(15, date(2025, 12, 9), None)) == ["仓前", "›云城"]


def test_a_cabin_that_was_moved_in_a_month_is_marked_in_that_month_alone() -> None:
    assert year(stay(2, date(2025, 11, 4), None)) == ["›仓前", "仓前"]


def test_it_is_told_how_many_towns_had_one_over_the_year() -> None:
    paper = io.StringIO()
    moves = stay(2, date(2025, 10, 1), date(2025, 11, 30)), stay(15, date(2025, 12, 1), None)
    show_cabins(moves, MONTHS, Console(file=paper, width=80))
    assert "one time or another: 2 个镇街 towns" in paper.getvalue()


def test_a_town_without_a_cabin_shows_the_way_to_the_nearest_station() -> None:
    town = TownLine(town="t-330110-02", name="仓前街道", cabins=(), workers=None, nearest="s-330110-006", metres=558)
    paper = io.StringIO()
    show_towns(Coverage(covered=0, towns=(town,), suggestion=None), Console(file=paper, width=80))
    (line,) = [line for line in paper.getvalue().splitlines() if "仓前街道" in line]
    assert line.split() == ["仓前街道", "Cangqian", "—", "—", "006", "558", "m"]
