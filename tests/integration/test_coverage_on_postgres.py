"""On PostgreSQL: which towns have a cabin on a day, and which stations are open then, by the views."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta

from contracts.event import Event
from eventing.database import Pool
from eventing.fold import Fold
from eventing.identity import Actor, Role
from eventing.moment import CHINA, Moment
from eventing.read_models import Reading
from eventing.shell.desk import Desk
from eventing.views import open_view, view_table
from services.stations.queries.coverage import Coverage, CoverageAsked, coverage
from services.stations.views.placements import PLACEMENTS
from services.stations.views.stations import STATIONS
from services.stations.views.towns import TOWNS
from tests.support.stations import (
    CABIN,
    OPENED,
    OTHER_TOWN,
    PLACED,
    RESUMES,
    ROOM,
    SUSPENDED,
    TODAY,
    TOWN,
    YUHANG,
    a_listed_town,
    a_placed_cabin,
    a_planned_cabin,
    a_suspended_room,
    placed,
    suspended,
)

A_DAY = timedelta(days=1)


class DeskOverViews(Desk):
    """A desk in Yuhang's union."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.actor = Actor("s-1", frozenset({Role.OFFICER}), YUHANG)
        self.moment = Moment(datetime.combine(TODAY, time(12), CHINA))

    @asynccontextmanager
    async def read(self, fold: Fold) -> AsyncIterator[Reading]:
        async with self._pool.acquire() as connection:
            yield Reading(connection, view_table(fold).rows, "", ())


async def covered(pool: Pool, *history: Event) -> DeskOverViews:
    for table in [await open_view(pool, fold) for fold in (STATIONS, PLACEMENTS, TOWNS)]:
        async with pool.acquire() as connection:
            await table.fold_in(connection, [*a_listed_town(), *a_listed_town(OTHER_TOWN), *history])
    return DeskOverViews(pool)


async def on(desk: Desk, day: date) -> Coverage:
    return await coverage(desk, CoverageAsked(region="330110", on=day))


def nearest(told: Coverage) -> set[str | None]:
    """To the towns without a cabin."""
    return {town.nearest for town in told.towns if not town.cabins}


async def test_a_cabin_covers_its_town_from_its_first_day_there_to_its_last(pool: Pool) -> None:
    desk = await covered(pool, *a_placed_cabin(RESUMES))
    told = [await on(desk, day) for day in (PLACED - A_DAY, PLACED, RESUMES - A_DAY, RESUMES)]
    assert [(one.covered, one.idle) for one in told] == [(0, (CABIN,)), (1, ()), (1, ()), (0, (CABIN,))]


async def test_one_that_is_placed_and_not_opened_covers_nothing(pool: Pool) -> None:
    told = await on(await covered(pool, *a_planned_cabin(), placed()), PLACED)
    assert (told.covered, told.idle, nearest(told)) == (0, (), {None})


async def test_one_that_is_shut_for_a_while_covers_its_town_and_is_nobodys_nearest(pool: Pool) -> None:
    shut = suspended().model_copy(update={"station": CABIN})
    desk = await covered(pool, *a_placed_cabin(), shut)
    told = [await on(desk, day) for day in (SUSPENDED - A_DAY, SUSPENDED, RESUMES)]
    assert [(one.covered, nearest(one)) for one in told] == [(1, {CABIN}), (1, {None}), (1, {CABIN})]
    assert [town.cabins for town in told[1].towns if town.town == TOWN] == [(CABIN,)]


async def test_a_room_is_the_nearest_while_it_is_open(pool: Pool) -> None:
    desk = await covered(pool, *a_suspended_room())
    told = [await on(desk, day) for day in (OPENED - A_DAY, OPENED, SUSPENDED, RESUMES)]
    assert [nearest(one) for one in told] == [{None}, {ROOM}, {None}, {ROOM}]
