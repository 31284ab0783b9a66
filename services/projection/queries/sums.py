"""What is summed for a board: the cells of a region's lines, as of several days at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from operator import attrgetter
from typing import TypeAlias

from eventing.read_models import Reading
from services.projection.scoreboard import FIGURES, Measures, Span

NOBODY = Measures()
_NAMES = (*FIGURES, "members")
_numbers = attrgetter(*_NAMES)

# `offset 0`: each place's spans are looked up in the cells' key one by one, however many the planner expects there.
_SUMS = f"""
select as_of, line, {", ".join(f"sum({name})::bigint as {name}" for name in _NAMES)}
from unnest($1::date[], $2::text[], $3::date[], $4::date[]) as span (as_of, span, since, until)
    cross join unnest($5::text[], $6::text[]) as of (place, line)
    cross join lateral (
        select * from {{cells}} cells
        where cells.place = of.place and cells.span = span.span and cells.day >= span.since and cells.day < span.until
        offset 0
    ) as counted
group by as_of, line
"""

Sums: TypeAlias = Mapping[tuple[date, str], Measures]
"""By day and line; what isn't there is nobody."""


async def load_sums(reading: Reading, days: Iterable[date], lines: Mapping[str, str]) -> Sums:
    """The figures as of each of the days, by line; `lines` says to which line a place belongs."""
    spans = [[day, *span] for day in set(days) for span in spans_until(day)]
    records = await reading.fetch(
        _SUMS.format(cells=reading.cells), *map(list, zip(*spans, strict=True)), list(lines), list(lines.values())
    )
    return {(record[0], record[1]): Measures(*record[2:]) for record in map(tuple, records)}


def spans_until(day: date) -> Iterator[tuple[Span, date, date]]:
    """What adds up to all that was until the end of that day: cells of that span, from one day until before another."""
    month = day.replace(day=1)
    yield Span.MONTH, date.min, month
    yield Span.DAY, month, day + timedelta(days=1)


def whole(sums: Sums) -> Mapping[date, Measures]:
    """All lines together, by day."""
    by_day = defaultdict[date, list[tuple[int, ...]]](list)
    for (day, _), measures in sums.items():
        by_day[day].append(_numbers(measures))
    return {day: Measures(*map(sum, zip(*lines, strict=True))) for day, lines in by_day.items()}
