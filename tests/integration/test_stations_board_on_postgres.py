"""On PostgreSQL: the stations' board is a recount of the facts as of any day, each list as long as its number."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contracts.event import Event
from contracts.stations import StationKind, StationMetric, StationTargetReason, StationTargetSet, VisitsCounted
from eventing.database import Pool
from eventing.engine import Table
from eventing.fold import Fold
from eventing.identity import Actor, Role
from eventing.moment import CHINA, Moment
from eventing.read_models import Reading
from eventing.refusal import Forbidden, Invalid
from eventing.shell.desk import Desk
from services.projection.queries.forecasts import Status, WhyNone
from services.projection.queries.stations import (
    StationListAsked,
    StationListPage,
    StationsAsked,
    list_stations,
    stations_of,
)
from services.projection.queries.stations.board import RegionStations
from services.projection.queries.stations.counts import Count
from services.projection.stations_board import STATION_TARGETS, STATIONS_BOARD
from tests.support import station_recount
from tests.support.station_lives import FIRST, LAST, Chain, chains, merged
from tests.support.stations import (
    CABIN,
    CLOSED,
    ROOM,
    SUSPENDED,
    TOWN,
    a_listed_town,
    a_placed_cabin,
    a_planned_room,
    closed,
    suspended,
)

TODAY = date(2025, 6, 30)
_TABLES = count(1)
OF_KIND = ("planned", "open", "suspended", "closed", "open_that_day")
OTHERS = [count for count in Count if count not in OF_KIND]


class DeskOverTables(Desk):
    """A desk in a union over the tables of one build."""

    def __init__(self, pool: Pool, tables: dict[str, Table], union: str = "u-330000") -> None:
        self._pool, self._tables = pool, tables
        self.actor = Actor("s-1", frozenset({Role.OFFICER}), union)
        self.moment = Moment(datetime.combine(TODAY, time(12), CHINA))

    @asynccontextmanager
    async def read(self, fold: Fold) -> AsyncIterator[Reading]:
        table = self._tables[fold.name]
        async with self._pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
            yield Reading(connection, table.rows, table.cells, ())

    async def at_least(self, fold: Fold, position: str | None) -> None:
        assert position is None


async def desk_over(pool: Pool, history: list[Event], union: str = "u-330000") -> DeskOverTables:
    number = next(_TABLES)
    tables = {fold.name: Table(fold, f"{fold.name}_t{number}") for fold in (STATIONS_BOARD, STATION_TARGETS)}
    async with pool.acquire() as connection:
        for table in tables.values():
            await table.create(connection)
            known = [event for event in history if isinstance(event, table.fold.events)]
            for at in range(0, len(known), 7):
                await table.fold_in(connection, known[at : at + 7])
    return DeskOverTables(pool, tables, union)


def numbers(line: RegionStations) -> Counter[str]:
    told = Counter({count.value: getattr(line, count) for count in OTHERS})
    told |= Counter({f"{of.kind}.{count}": getattr(of, count) for of in line.stations for count in OF_KIND})
    return +told


def whole(boards: dict[str, Counter[str]], within: str) -> Counter[str]:
    return sum((of for district, of in boards.items() if district.startswith(within)), Counter[str]())


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],  # to shrink one takes minutes
)
@given(
    chains().flatmap(lambda history: st.tuples(st.just(history), merged(history))),
    st.dates(FIRST - timedelta(days=2), TODAY),
)
async def test_a_board_is_a_recount_of_the_facts_as_of_any_day(
    pool: Pool, told: tuple[list[Chain], list[Event]], day: date
) -> None:
    history, entered = told
    desk = await desk_over(pool, entered)
    recounted = station_recount.board(history, day)
    board = await stations_of(desk, StationsAsked(region="330100", as_of=day))
    assert numbers(board.region) == whole(recounted, "3301")
    for child in board.children:
        assert numbers(child) == recounted.get(child.code, Counter())
    province = await stations_of(desk, StationsAsked(region="330000", as_of=day))
    assert numbers(province.region) == whole(recounted, "33")
    for one in Count:
        kinds: tuple[StationKind | None, ...] = tuple(StationKind) if one in OF_KIND else (None,)
        for kind in kinds:
            page = await list_stations(desk, StationListAsked(region="330000", as_of=day, count=one, kind=kind))
            name = f"{kind}.{one}" if kind else one.value
            assert page.total == sum(line.number for line in page.lines) == numbers(province.region)[name]
            assert page.rows == len(page.lines)


async def test_a_cabin_that_is_shut_covers_its_town_and_an_ended_plan_is_no_closed_station(pool: Pool) -> None:
    """Mechanism: it is there, whether or not its door is open; what never opened can't be closed down."""
    shut = suspended(SUSPENDED, None).model_copy(update={"station": CABIN})
    ended = closed(ROOM, TOWN, opened=False)
    desk = await desk_over(pool, [*a_listed_town(), *a_placed_cabin(), shut, *a_planned_room(), ended])
    board = await stations_of(desk, StationsAsked(region="330110", as_of=CLOSED))
    assert numbers(board.region) == {"towns": 1, "towns_covered": 1, "mobile.suspended": 1}
    covered = await list_stations(desk, StationListAsked(region="330110", as_of=CLOSED, count=Count.TOWNS_COVERED))
    assert [line.id for line in covered.lines] == [TOWN]
    before = await stations_of(desk, StationsAsked(region="330110", as_of=SUSPENDED - timedelta(days=1)))
    assert numbers(before.region)["fixed.planned"] == numbers(before.region)["towns_covered"] == 1


async def test_a_cabin_that_is_shut_for_a_while_still_covers_its_town(pool: Pool) -> None:
    shut = suspended().model_copy(update={"station": CABIN})
    desk = await desk_over(pool, [*a_listed_town(), *a_placed_cabin(), shut])
    line = (await stations_of(desk, StationsAsked(region="330110", as_of=SUSPENDED))).region
    assert (line.towns_covered, line.stations[1].suspended, line.stations[1].open_that_day) == (1, 1, 0)
    behind = await list_stations(desk, StationListAsked(region="330110", as_of=SUSPENDED, count=Count.TOWNS_COVERED))
    assert [each.id for each in behind.lines] == [TOWN]
    gone = await desk_over(pool, [*a_listed_town(), *a_placed_cabin(), closed(CABIN, TOWN, SUSPENDED)])
    assert (await stations_of(gone, StationsAsked(region="330110", as_of=SUSPENDED))).region.towns_covered == 0


async def paged(desk: Desk, asked: StationListAsked) -> list[StationListPage]:
    pages = [await list_stations(desk, asked)]
    while pages[-1].next is not None:
        pages.append(await list_stations(desk, asked.model_copy(update={"after": pages[-1].next})))
    return pages


async def test_a_list_comes_in_pages_that_miss_and_repeat_nothing(pool: Pool) -> None:
    history = many_visits()
    desk = await desk_over(pool, history)
    pages = await paged(desk, StationListAsked(region="330110", count=Count.VISITS, as_of=LAST, limit=7))
    lines = [line for page in pages for line in page.lines]
    assert [len(page.lines) for page in pages] == [7, 7, 6]
    assert len({(line.id, line.day) for line in lines}) == 20
    assert {page.total for page in pages} == {sum(range(20))}


def many_visits() -> list[Event]:
    first = date(2025, 5, 10)
    return [
        VisitsCounted(station="s-330110-001", month="2025-05", day=first + timedelta(days=n), visits=n)
        for n in range(20)
    ]


def target(count: int, due_on: date, set_on: date, number: int = 1) -> StationTargetSet:
    return StationTargetSet(
        region="330110",
        metric=StationMetric.TOWNS_WITH_CABIN,
        number=number,
        count=count,
        due_on=due_on,
        reason=StationTargetReason.PLAN,
        set_by="u-330110",
        set_on=set_on,
    )


async def test_a_target_holds_from_its_day_on_and_in_its_own_region(pool: Pool) -> None:
    year_end = date(2025, 12, 31)
    desk = await desk_over(pool, [target(15, year_end, FIRST), target(12, year_end, LAST, 2)])
    told = {}
    for day in (FIRST - timedelta(days=1), FIRST, LAST):
        board = await stations_of(desk, StationsAsked(region="330110", as_of=day))
        goal = board.region.figures[0].target
        told[day] = goal.count if goal else None
    assert list(told.values()) == [None, 15, 12]
    city = await stations_of(desk, StationsAsked(region="330100"))
    assert (city.region.figures[0].target, city.region.figures[0].forecast_reason) == (None, WhyNone.NO_TARGET)
    (child,) = (child for child in city.children if child.code == "330110")
    assert (child.figures[0].gap, child.figures[0].status) == (12, Status.RUNNING)
    assert child.figures[0].forecast_reason is WhyNone.NO_PROGRESS


async def test_once_its_day_is_over_that_day_decides(pool: Pool) -> None:
    desk = await desk_over(pool, [target(1, LAST, FIRST)])
    figure = (await stations_of(desk, StationsAsked(region="330110"))).region.figures[0]
    assert (figure.status, figure.at_due_day, figure.needed_per_week) == (Status.MISSED, 0, None)
    assert figure.forecast_reason is WhyNone.OVER


async def test_who_may_ask_is_who_may_see_the_scoreboard(pool: Pool) -> None:
    desk = await desk_over(pool, [], union="u-330110")
    await stations_of(desk, StationsAsked(region="330110"))
    for region in ("330100", "330108"):
        with pytest.raises(Forbidden):
            await stations_of(desk, StationsAsked(region=region))
        with pytest.raises(Forbidden):
            await list_stations(desk, StationListAsked(region=region, count=Count.TOWNS))


async def test_what_makes_no_sense_is_refused(pool: Pool) -> None:
    desk = await desk_over(pool, [])
    with pytest.raises(Invalid) as refused:
        await list_stations(desk, StationListAsked(region="330110", count=Count.TOWNS, kind=StationKind.FIXED))
    assert (refused.value.code, refused.value.field) == ("kind_of_stations_only", "kind")
    with pytest.raises(Invalid) as refused:
        await stations_of(desk, StationsAsked(region="330110", as_of=TODAY + timedelta(days=1)))
    assert refused.value.code == "as_of_in_future"
