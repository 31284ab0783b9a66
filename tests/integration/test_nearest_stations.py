"""The nearest open stations by the index, beside all of them looked at one by one."""

import dataclasses
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts import calendar
from contracts.places import Point
from contracts.stations import Equipment, ServiceKind
from eventing.builds import fingerprint
from eventing.database import Pool
from eventing.fold import fold_in_memory
from eventing.moment import CHINA
from eventing.views import Glance, View, open_view, view_table
from services.stations.finding import find
from services.stations.geography import near_metres
from services.stations.hours import Instant
from services.stations.queries.nearest import WITHIN, Sought, nearest
from services.stations.views.nearby import NEARBY
from services.stations.views.nearby_row import NearbyRow, offered
from tests.support.made_stations import FIRST, LAST, TOWNS, lives

_MANY = 1500
NOON = Instant.of(datetime(2025, 5, 16, 12, tzinfo=CHINA), calendar.load())


class Stations:
    """As rows, and in the view's table. (Hypothesis would show every field of a dataclass.)"""

    def __init__(self, rows: list[NearbyRow], pool: Pool) -> None:
        self.rows, self.pool = rows, pool

    def glance(self) -> Glance:
        return View(self.pool, view_table(NEARBY), "/regions/330000/stations").glance()


@pytest.fixture
async def stations(pool: Pool) -> Stations:
    table = await open_view(pool, NEARBY)
    events = [event for life in lives(_MANY, seed=6, spread=0.15, towns=TOWNS) for event in life]
    async with pool.acquire() as connection:
        for start in range(0, len(events), 2000):
            await table.fold_in(connection, events[start : start + 2000])
    await pool.execute(f"analyze {table.rows}")
    await pool.execute("insert into head (source) values ('/regions/330000/stations')")
    rows, _ = fold_in_memory(NEARBY, events)
    return Stations(list(rows.values()), pool)


def one_by_one(rows: list[NearbyRow], sought: Sought) -> list[tuple[float, str]]:
    found = []
    for row in rows:
        there = find(row, sought.then)
        if there is not None and sought.fits(there) and (far := near_metres(sought.here, there.place)) <= WITHIN:
            found.append((far, row.station))
    return sorted(found)[: sought.limit]


@st.composite
def questions(draw: st.DrawFn) -> Sought:
    lat, lon = draw(st.sampled_from(TOWNS))
    shift = st.floats(-0.7, 0.7)
    opening = datetime.combine(FIRST, datetime.min.time(), CHINA)
    minutes = draw(st.integers(-2000, (LAST - FIRST).days * 1440 + 2000))
    return Sought(
        here=Point(lat=lat + draw(shift), lon=lon + draw(shift)),
        then=Instant.of(opening + timedelta(minutes=minutes), calendar.load()),
        equipment=draw(st.frozensets(st.sampled_from(Equipment), max_size=3)),
        service=draw(st.sampled_from([None, None, None, *ServiceKind])),
        limit=draw(st.sampled_from([1, 3, 10, 50])),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sought=questions())
async def test_the_index_finds_what_a_walk_over_all_rows_finds(stations: Stations, sought: Sought) -> None:
    """Mechanism: rings are asked for until what comes next on the plane can't be nearer on the ground."""
    found = await nearest(stations.glance(), sought)
    assert [(far, station) for far, station, _ in found] == one_by_one(stations.rows, sought)


async def test_more_candidates_are_asked_for_where_the_first_ones_do_not_settle_it(stations: Stations) -> None:
    """Mechanism: the rings."""
    sought = Sought(Point(lat=30.27, lon=119.98), NOON, frozenset({Equipment.MICROWAVE}), None, 50)
    found = await nearest(stations.glance(), sought)
    assert len(found) == 50
    assert [(far, station) for far, station, _ in found] == one_by_one(stations.rows, sought)


async def test_who_cannot_fit_is_left_out_before_a_row_is_read(stations: Stations) -> None:
    """Mechanism: the columns `closed_on`, `has` and `offered`; of `open_hours`, test_open_hours.py."""
    rows, day = {row.station: row for row in stations.rows}, NOON.today
    microwave, a_film = frozenset({Equipment.MICROWAVE}), ServiceKind.FILM

    async def looked_at(equipment: frozenset[Equipment], service: ServiceKind | None) -> set[str]:
        sought = Sought(Point(lat=30.27, lon=119.98), NOON, equipment, service, 10)
        sql, values = sought.candidates("view_nearby", None)
        return {record["station"] for record in await stations.pool.fetch(sql, *values)}

    found = await looked_at(frozenset(), None)
    assert not [one for one in found if (closed := rows[one].closed_on) is not None and closed <= day]
    assert await looked_at(microwave, None) == {one for one in found if "microwave" in rows[one].has} < found
    assert (
        await looked_at(frozenset(), a_film)
        == {one for one in found if offered(a_film, day) in rows[one].offered}
        < found
    )


async def test_the_nearest_are_found_by_the_index(stations: Stations) -> None:
    """Mechanism: `Fold.nearest` makes a GiST index over the computed column."""
    sought = Sought(Point(lat=30.27, lon=119.98), NOON, frozenset(), None, 10)
    sql, values = sought.candidates("view_nearby", 32)
    plan = await stations.pool.fetch(f"explain (costs off) {sql}", *values)
    assert "view_nearby_places" in " ".join(row[0] for row in plan)


def test_a_view_without_that_index_is_another_one() -> None:
    """Mechanism: the fingerprint, by which a service that starts folds the view anew."""
    assert fingerprint(dataclasses.replace(NEARBY, nearest=())) != fingerprint(NEARBY)
