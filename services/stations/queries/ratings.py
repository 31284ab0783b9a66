"""A station's rating on a day, with the evidence that it was computed from (驿站评分)."""

from datetime import date, timedelta

from eventing.read_models import Reading
from eventing.views import view_table
from services.stations import rules
from services.stations.rating import Evidence, Rating, rate
from services.stations.views.faults import FAULTS
from services.stations.views.inspections import INSPECTIONS
from services.stations.views.visits import VISITS

_EVIDENCE = f"""
select * from
    (select count(*) as inspections, coalesce(sum(points), 0)::bigint as points,
        count(*) filter (where found_open) as found_open
        from {view_table(INSPECTIONS).rows} where station = $1 and inspected_on between $2 and $3) inspected,
    (select count(*) as faults, count(*) filter (where repaired_on <= least(due_on, $3)) as repaired_in_time
        from {view_table(FAULTS).rows} where station = $1 and confirmed_on between $2 and $3
            and (repaired_on <= $3 or due_on < least(dropped_on, $3))) confirmed,
    (select count(*) as days_counted, coalesce(sum(visits), 0)::bigint as visits
        from {view_table(VISITS).rows} where station = $1 and day between $2 and $3) counted
"""


async def rating_of(reading: Reading, station: str, on: date) -> Rating:
    """By what is known now of the days up to that one, and by that day's numbers."""
    numbers = rules.on(on)
    since = on - timedelta(days=numbers.rating_days - 1)
    (found,) = await reading.fetch(_EVIDENCE, station, since, on)
    return rate(Evidence(since=since, until=on, **dict(found)), numbers)
