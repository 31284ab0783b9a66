"""What is summed for a board: the cells of a region's lines, as of several days at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import TypeAlias

from eventing.read_models import Reading
from services.projection.scoreboard import FIGURES, Measures

NOBODY = Measures()
_NAMES = (*FIGURES, "members")
_numbers = attrgetter(*_NAMES)

# Whole months, and the days of the last one: each branch is a range of the cells' key.
_SUMS = f"""
with counted as (
    select asked.day as as_of, cells.* from unnest($1::date[]) as asked (day)
        join {{cells}} cells on cells.span = 'month' and cells.day < date_trunc('month', asked.day)::date
    union all
    select asked.day as as_of, cells.* from unnest($1::date[]) as asked (day)
        join {{cells}} cells on cells.span = 'day'
            and cells.day between date_trunc('month', asked.day)::date and asked.day
)
select as_of, place, {", ".join(f"sum({name})::bigint as {name}" for name in _NAMES)}
from counted join unnest($2::text[], $3::text[]) as line (county, place) using (county)
group by as_of, place
"""

Sums: TypeAlias = Mapping[tuple[date, str], Measures]
"""By day and line; what isn't there is nobody."""


async def load_sums(reading: Reading, days: Iterable[date], lines: Mapping[str, str]) -> Sums:
    """The figures as of each of the days, by line; `lines` says to which line a county belongs."""
    records = await reading.fetch(
        _SUMS.format(cells=reading.cells), sorted(set(days)), list(lines), list(lines.values())
    )
    return {(record[0], record[1]): Measures(*record[2:]) for record in map(tuple, records)}


def whole(sums: Sums) -> Mapping[date, Measures]:
    """All lines together, by day."""
    by_day = defaultdict[date, list[tuple[int, ...]]](list)
    for (day, _), measures in sums.items():
        by_day[day].append(_numbers(measures))
    return {day: Measures(*map(sum, zip(*lines, strict=True))) for day, lines in by_day.items()}
