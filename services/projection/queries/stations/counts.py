"""How many of each there are: by line of a board, as of several days at once; and what was had over a board's weeks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from contracts.stations import StationKind
from eventing.read_models import Reading


class Count(StrEnum):
    """What a board of stations counts. The first five are told of rooms and cabins, each by itself."""

    PLANNED = "planned"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    OPEN_THAT_DAY = "open_that_day"
    TOWNS = "towns"
    TOWNS_COVERED = "towns_covered"
    FAULTS_OPEN = "faults_open"
    FAULTS_OVERDUE = "faults_overdue"
    SERVICES = "services"
    SERVICE_VISITS = "service_visits"
    VISITS = "visits"


STANDING = """
at_day as materialized (
    select asked.day as as_of, id, district, what, kind, name, station, days[at] as since, states[at] as state,
        towns[at] as town
    from unnest({days}::date[]) as asked (day)
        cross join {{rows}} cross join lateral (select width_bucket(asked.day, days) as at) as bucket
    where what in ('station', 'town', 'fault') and district = any({districts}::text[]) and at > 0 and states[at] <> ''
),
covered as (
    select distinct as_of, town from at_day
    where kind = 'mobile' and state in ('open', 'suspended') and town <> ''
)
"""
"""What there is on each day, and which towns a cabin covers then: one that stands there, opened and not closed; also
one that is shut for a while (docs/domain.md 2)."""

_COUNTS = f"""
with {STANDING.format(days="$1", districts="$2")}
select at_day.as_of, line, what, kind, state, count(*) as number,
    count(*) filter (where case what when 'station' then at_day.town <> '' else covered.town is not null end) as there
from at_day join unnest($2::text[], $3::text[]) as of (district, line) using (district)
    left join covered on what = 'town' and covered.as_of = at_day.as_of and covered.town = at_day.id
group by at_day.as_of, line, what, kind, state
"""

HAPPENED = """
select district, id, what, name, station, one.day, one.number from {rows}
    cross join lateral unnest(days, numbers) as one (day, number)
where what in ('service', 'visits') and district = any($1::text[])
    and days[1] <= $3 and days[cardinality(days)] > $2 and one.day > $2 and one.day <= $3
"""
"""What happened after one day, until the end of another."""

_HAD = f"""
with happened as ({HAPPENED})
select line, what, count(*) as times, sum(number)::bigint as visits
from happened join unnest($1::text[], $4::text[]) as of (district, line) using (district)
group by line, what
"""

Counts: TypeAlias = Mapping[tuple[date, str, StationKind | None, Count], int]
"""By day, line of the board, kind of station, and what is counted; what isn't there is 0."""


async def load_counts(reading: Reading, days: Iterable[date], lines: Mapping[str, str]) -> Counts:
    """What there is at the end of each of the days; `lines` says to which line a district belongs."""
    counted: Counter[tuple[date, str, StationKind | None, Count]] = Counter()
    for record in await reading.fetch(
        _COUNTS.format(rows=reading.rows), sorted(set(days)), list(lines), list(lines.values())
    ):
        at, number, there = (record["as_of"], record["line"]), record["number"], record["there"]
        match record["what"], record["state"]:
            case "town", _:
                counted[*at, None, Count.TOWNS] += number
                counted[*at, None, Count.TOWNS_COVERED] += there
            case "fault", state:
                counted[*at, None, Count.FAULTS_OPEN] += number
                counted[*at, None, Count.FAULTS_OVERDUE] += number if state == "overdue" else 0
            case _, state:
                kind = StationKind(record["kind"])
                counted[*at, kind, Count(state)] += number
                counted[*at, kind, Count.OPEN_THAT_DAY] += there if state == "open" else 0
    return counted


async def load_had(reading: Reading, since: date, as_of: date, lines: Mapping[str, str]) -> Counts:
    """What happened after `since`, until the end of `as_of`."""
    counted: Counter[tuple[date, str, StationKind | None, Count]] = Counter()
    for record in await reading.fetch(_HAD.format(rows=reading.rows), list(lines), since, as_of, list(lines.values())):
        at = as_of, record["line"], None
        if record["what"] == "visits":
            counted[*at, Count.VISITS] += record["visits"]
        else:
            counted[*at, Count.SERVICES] += record["times"]
            counted[*at, Count.SERVICE_VISITS] += record["visits"]
    return counted
