"""On PostgreSQL: the list of faults, one by its number, and a station's sheet with a rating from its evidence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any

import pytest

from contracts.event import Event
from contracts.stations import StationInspected, Symptom, Title, TitleGranted, VisitsCounted
from eventing.database import Pool
from eventing.fold import Fold
from eventing.identity import NOBODY, Actor, Role
from eventing.read_models import Reading
from eventing.refusal import Forbidden, NotFound, Refused
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.stations import rules
from services.stations.queries.faults import FaultsAsked, find_fault, list_faults
from services.stations.queries.sheets import Sheet, SheetAsked, show_sheet
from services.stations.rating import Part
from services.stations.views import VIEWS
from services.stations.views.equipment import EquipmentState
from services.stations.views.faults import FaultState
from tests.support.faults import (
    A_DAY,
    CONFIRMED,
    DUE,
    FAULT,
    OTHER_FAULT,
    a_confirmed_fault,
    a_repaired_fault,
    dropped,
    overdue,
    repaired,
    reported,
    works,
)
from tests.support.given import noon
from tests.support.stations import HANGZHOU, ROOM, TODAY, YUHANG

LATE = DUE + A_DAY


class DeskOverViews(Desk):
    """A desk over views that were filled."""

    def __init__(self, pool: Pool, actor: Actor) -> None:
        self._pool, self.actor, self.moment = pool, actor, noon(TODAY)

    @asynccontextmanager
    async def read(self, fold: Fold) -> AsyncIterator[Reading]:
        async with self._pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
            table = view_table(fold)
            yield Reading(connection, table.rows, table.cells, ())


@pytest.fixture
async def filled(pool: Pool) -> Pool:
    async with pool.acquire() as connection:
        for fold in VIEWS:
            await view_table(fold).create(connection)
    return pool


def at(pool: Pool, union: str = YUHANG) -> DeskOverViews:
    return DeskOverViews(pool, Actor("s-1", frozenset({Role.VIEWER}), union))


async def enter(pool: Pool, *history: Event) -> None:
    async with pool.acquire() as connection:
        for fold in VIEWS:
            await view_table(fold).fold_in(connection, [event for event in history if isinstance(event, fold.events)])


async def sheet(pool: Pool, on: date | None = None) -> Sheet:
    return await show_sheet(at(pool), ROOM, SheetAsked(as_of=on))


async def test_faults_are_listed_by_what_is_open_and_overdue(filled: Pool) -> None:
    await enter(filled, *a_confirmed_fault(), overdue(), reported(OTHER_FAULT, Symptom.UNSAFE))

    async def numbers(union: str = YUHANG, **asked: Any) -> list[str]:
        return [row.fault for row in (await list_faults(at(filled, union), FaultsAsked(**asked))).faults]

    both = [OTHER_FAULT, FAULT]
    assert await numbers() == await numbers(HANGZHOU) == await numbers(open=True) == both
    assert await numbers(region="330110") == await numbers(station=ROOM) == both
    assert await numbers(overdue=True) == await numbers(state=FaultState.CONFIRMED) == [FAULT]
    assert await numbers(limit=1) == await numbers(overdue=False) == [OTHER_FAULT]
    assert await numbers(after=OTHER_FAULT) == [FAULT]
    assert await numbers("u-610302") == await numbers(open=False) == await numbers(region="330106") == []
    await enter(filled, repaired(LATE), works())
    assert await numbers(overdue=True) == []
    assert await numbers(open=False) == [FAULT]


async def test_whoever_has_the_number_sees_what_has_become_of_it(filled: Pool) -> None:
    await enter(filled, *a_confirmed_fault())
    anybody = DeskOverViews(filled, NOBODY)
    found = await find_fault(anybody, FAULT)
    assert (found.state, found.due_on, found.name) == (FaultState.CONFIRMED, DUE, "示例街道工会驿站")
    with pytest.raises(NotFound):
        await find_fault(anybody, OTHER_FAULT)


async def test_a_sheet_shows_equipment_titles_and_the_rating_with_its_evidence(filled: Pool) -> None:
    title = TitleGranted(station=ROOM, title=Title.MODEL, granted_by="浙江省总工会", granted_on=DUE)
    found = [
        StationInspected(station=ROOM, inspected_on=CONFIRMED, found_open=True, points=90),
        StationInspected(station=ROOM, inspected_on=DUE, found_open=False, points=70),
    ]
    counted = [VisitsCounted(station=ROOM, month="2025-05", day=day, visits=30) for day in (CONFIRMED, DUE)]
    await enter(filled, *a_repaired_fault(), title, *found, *counted)
    shown = await sheet(filled)
    assert [(piece.equipment, piece.state) for piece in shown.equipment] == [("drinking_water", EquipmentState.WORKS)]
    assert [(held.title, held.granted_by) for held in shown.titles] == [(Title.MODEL, "浙江省总工会")]
    evidence = shown.rating.evidence
    assert (evidence.inspections, evidence.points, evidence.found_open) == (2, 160, 1)
    assert (evidence.faults, evidence.repaired_in_time, evidence.days_counted, evidence.visits) == (1, 1, 2, 60)
    assert evidence.since == TODAY - timedelta(days=rules.on(TODAY).rating_days - 1)
    assert shown.rating.parts == (
        Part("inspections", 40, 80),
        Part("hours", 20, 50),
        Part("faults", 25, 100),
        Part("visits", 15, 50),
    )
    assert shown.rating.score == (40 * 80 + 20 * 50 + 25 * 100 + 15 * 50) // 100 == 74


async def test_a_rating_goes_by_the_days_up_to_the_one_asked_for(filled: Pool) -> None:
    """Mechanism: the windows' ends in the query; what came later, or lies too far back, isn't evidence of that day."""
    first = StationInspected(station=ROOM, inspected_on=CONFIRMED, found_open=True, points=90)
    await enter(filled, *a_confirmed_fault(), repaired(LATE), works(on=LATE), first)
    before = (await sheet(filled, CONFIRMED - A_DAY)).rating
    assert (before.score, before.parts) == (None, ())
    on_its_day = (await sheet(filled, DUE)).rating.evidence
    assert (on_its_day.inspections, on_its_day.faults) == (1, 0)
    after = (await sheet(filled, LATE)).rating.evidence
    assert (after.faults, after.repaired_in_time) == (1, 0)
    last = CONFIRMED + timedelta(days=rules.on(TODAY).rating_days - 1)
    desk = at(filled)
    desk.moment = noon(last + A_DAY)
    assert (await show_sheet(desk, ROOM, SheetAsked(as_of=last))).rating.evidence.inspections == 1
    assert (await show_sheet(desk, ROOM, SheetAsked())).rating.evidence.inspections == 0


@pytest.mark.parametrize(("told", "counts"), [((), 0), ((overdue(),), 1)])
async def test_what_was_dropped_counts_only_if_it_was_overdue_by_then(
    filled: Pool, told: tuple[Event, ...], counts: int
) -> None:
    gone = dropped() if told else dropped().model_copy(update={"dropped_on": DUE})
    await enter(filled, *a_confirmed_fault(), *told, gone)
    assert (await sheet(filled)).rating.evidence.faults == counts


async def test_a_sheet_is_its_unions_and_of_no_day_to_come(filled: Pool) -> None:
    await enter(filled, *a_confirmed_fault())
    with pytest.raises(Forbidden):
        await show_sheet(at(filled, "u-610302"), ROOM, SheetAsked())
    with pytest.raises(NotFound):
        await show_sheet(at(filled), "s-330110-999", SheetAsked())
    with pytest.raises(Refused, match="in_the_future"):
        await sheet(filled, TODAY + A_DAY)
