"""What a scoreboard's cells say of a day: added up one by one, without the board's own query."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from msgspec.structs import asdict

from services.projection.scoreboard import Cell, Measures, Span


def counted(cells: Mapping[Cell, Measures], as_of: date = date.max) -> dict[str, dict[str, int]]:
    """By county, as recorded, the figures that aren't 0, as of that day; counties that have one."""
    sums: dict[str, Counter[str]] = {}
    for cell, measures in cells.items():
        if cell.span is Span.DAY and len(cell.place) == 6 and cell.day <= as_of:
            of = sums.setdefault(cell.place, Counter())
            for name, number in asdict(measures).items():
                of[name] += number
    return {
        county: {name: number for name, number in of.items() if number}
        for county, of in sums.items()
        if any(of.values())
    }
