"""On PostgreSQL: the lists of unions, members, accompaniments, check-ins and instructors, and what falls due there."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from contracts.enterprise import CheckInHeld, CheckInMissed, InstructorLeft, ShellSign, TermOverrun, UnionEstablished
from contracts.event import Event
from eventing.database import Pool
from eventing.fold import Fold
from eventing.identity import Actor, Role
from eventing.moment import CHINA, Moment
from eventing.read_models import Reading
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.queries import alongside, check_ins, instructors, members, unions
from services.enterprise.queries.alongside import AccompanimentsAsked
from services.enterprise.queries.check_ins import CheckInsAsked
from services.enterprise.queries.duties import Duties
from services.enterprise.queries.instructors import InstructorsAsked
from services.enterprise.queries.members import MembersAsked, MembersOfMonth
from services.enterprise.queries.unions import UnionsAsked
from services.enterprise.views import VIEWS
from services.enterprise.views.alongside import AccompanimentStatus
from services.enterprise.views.check_ins import CheckInOutcome
from tests.support.enterprises import (
    APPROVED,
    BAKERY,
    ENDS,
    LI,
    MACHINES,
    RETURN_DUE,
    TERM_ENDS,
    WANG,
    XINCHENG,
    a_listed_enterprise,
    an_attended_accompaniment,
    an_ended_accompaniment,
    an_own_union,
)
from tests.support.unions import flagged, reported, return_visit_missed, vacant, visited_again

ELSEWHERE = "u-610302"
SEVENTH = APPROVED + timedelta(days=7)


class DeskOverViews(Desk):
    """A desk in a county's union over views that were filled."""

    def __init__(self, pool: Pool, union: str = XINCHENG) -> None:
        self._pool = pool
        self.actor = Actor("s-1", frozenset({Role.OFFICER}), union)
        self.moment = Moment(datetime.combine(date(2025, 6, 30), time(12), CHINA))

    @asynccontextmanager
    async def read(self, fold: Fold) -> AsyncIterator[Reading]:
        async with self._pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
            table = view_table(fold)
            yield Reading(connection, table.rows, table.cells, ())


@pytest.fixture
async def desk(pool: Pool) -> DeskOverViews:
    async with pool.acquire() as connection:
        for fold in VIEWS:
            await view_table(fold).create(connection)
    return DeskOverViews(pool)


async def enter(desk: DeskOverViews, *history: Event) -> None:
    async with desk._pool.acquire() as connection:
        for fold in VIEWS:
            await view_table(fold).fold_in(connection, history)


async def due(desk: DeskOverViews, which: Sequence[Duties]) -> list[tuple[Any, ...]]:
    found = []
    for duties in which:
        async with desk.read(duties.view) as reading:
            rows = await reading.fetch(duties.select.format(rows=reading.rows))
        found += [(duties.kind, *(row[name] for name in _COLUMNS)) for row in rows]
    return sorted(found)


_COLUMNS = ("enterprise", "union_id", "due_on", "overdue", "returned")


async def test_the_ledger_of_unions_is_asked_for_what_is_open(desk: DeskOverViews) -> None:
    await enter(desk, *an_own_union(), visited_again(), flagged(ShellSign.NO_DUES), vacant(), *an_own_union(BAKERY))

    async def codes(**asked: Any) -> list[str]:
        return [row.enterprise for row in (await unions.list_unions(desk, UnionsAsked(**asked))).unions]

    both = sorted([MACHINES, BAKERY])
    assert await codes() == await codes(region="610100") == await codes(term_before=TERM_ENDS + timedelta(1)) == both
    assert await codes(region="610300") == await codes(term_before=TERM_ENDS) == []
    assert await codes(shell=True) == await codes(chair_vacant=True) == [MACHINES]
    assert await codes(shell=False) == await codes(chair_vacant=False) == [BAKERY]
    assert await codes(limit=1) == both[:1]
    assert await codes(after=both[0]) == both[1:]
    (row, _) = (await unions.list_unions(desk, UnionsAsked())).unions
    assert (row.name, row.county) == ("西安示例机械有限公司", "610102")


async def test_members_are_listed_and_summed_by_month_over_all_pages(desk: DeskOverViews) -> None:
    bakers = reported().model_copy(update={"enterprise": BAKERY, "members": 10, "women": 9})
    await enter(desk, *an_own_union(), *an_own_union(BAKERY), reported("2025-05"), reported(), bakers)
    page = await members.list_members(desk, MembersAsked(month="2025-06", limit=1))
    assert len(page.reports) == 1
    assert page.sums == (MembersOfMonth("2025-06", unions=2, members=100, women=39, migrant=40, new_forms=2),)
    rest = await members.list_members(desk, MembersAsked(month="2025-06", after=page.next))
    assert (len(rest.reports), rest.next, rest.sums) == (1, None, page.sums)
    ours = await members.list_members(desk, MembersAsked(enterprise=MACHINES))
    assert [row.month for row in ours.reports] == [month.month for month in ours.sums] == ["2025-05", "2025-06"]
    assert not (await members.list_members(desk, MembersAsked(region="610300"))).sums


async def test_accompaniments_and_check_ins_are_asked_for_how_they_stand(desk: DeskOverViews) -> None:
    missed = CheckInMissed(enterprise=MACHINES, day=7, due_on=SEVENTH)
    late = CheckInHeld(enterprise=BAKERY, day=7, due_on=SEVENTH, held_on=SEVENTH + timedelta(1))
    listed = (*a_listed_enterprise(), *a_listed_enterprise(BAKERY))
    await enter(desk, *listed, *an_attended_accompaniment(), *an_ended_accompaniment(BAKERY), missed, late)

    async def codes(**asked: Any) -> list[str]:
        page = await alongside.list_accompaniments(desk, AccompanimentsAsked(**asked))
        return [row.enterprise for row in page.accompaniments]

    assert await codes(region="610102") == sorted([MACHINES, BAKERY])
    assert await codes(status=AccompanimentStatus.RUNNING) == [MACHINES]
    assert await codes(status=AccompanimentStatus.TO_ASSESS) == [BAKERY]
    for outcome, code in ((CheckInOutcome.MISSED, MACHINES), (CheckInOutcome.LATE, BAKERY)):
        for asked in (CheckInsAsked(outcome=outcome), CheckInsAsked(enterprise=code)):
            page = await check_ins.list_check_ins(desk, asked)
            assert [row.enterprise for row in page.check_ins] == [code]


async def test_an_instructors_load_is_told_to_whom_it_concerns(desk: DeskOverViews) -> None:
    """With unions elsewhere among it, since the limit counts them too; and nothing else of them."""
    elsewhere = an_attended_accompaniment(BAKERY)
    moved = [event.model_copy(update={"union": ELSEWHERE}) for event in elsewhere[:1]]
    await enter(desk, *a_listed_enterprise(), *an_attended_accompaniment())
    await enter(desk, *a_listed_enterprise(BAKERY), *moved, *elsewhere[1:])
    page = await instructors.list_instructors(desk, InstructorsAsked())
    assert [(row.instructor, row.walks_with, row.yours) for row in page.instructors] == [(LI, 2, 1)]
    assert page.at_most == 10
    assert not (await instructors.list_instructors(desk, InstructorsAsked(after=WANG))).instructors


async def test_what_lies_outside_the_subtree_is_not_there(desk: DeskOverViews) -> None:
    await enter(desk, *an_own_union(), reported(), *an_attended_accompaniment())
    await enter(desk, CheckInMissed(enterprise=MACHINES, day=7, due_on=SEVENTH))
    other = DeskOverViews(desk._pool, ELSEWHERE)
    assert not (await unions.list_unions(other, UnionsAsked())).unions
    assert not (await members.list_members(other, MembersAsked())).reports
    assert not (await members.list_members(other, MembersAsked())).sums
    assert not (await alongside.list_accompaniments(other, AccompanimentsAsked())).accompaniments
    assert not (await check_ins.list_check_ins(other, CheckInsAsked())).check_ins
    assert not (await instructors.list_instructors(other, InstructorsAsked())).instructors


async def test_a_union_is_due_for_a_return_visit_and_an_election(desk: DeskOverViews) -> None:
    await enter(desk, *an_own_union())
    assert await due(desk, unions.DUTIES) == [
        ("return_visit", MACHINES, XINCHENG, RETURN_DUE, False, False),
        ("term", MACHINES, XINCHENG, TERM_ENDS, False, False),
    ]
    overrun = TermOverrun(enterprise=MACHINES, ended_on=TERM_ENDS, told=XINCHENG)
    await enter(desk, return_visit_missed(), overrun)
    assert [overdue for *_, overdue, _ in await due(desk, unions.DUTIES)] == [True, True]
    endless = UnionEstablished(enterprise=BAKERY, union=XINCHENG, approved_on=APPROVED, term_ends_on=None)
    await enter(desk, endless)
    assert [kind for kind, code, *_ in await due(desk, unions.DUTIES) if code == BAKERY] == ["return_visit"]


async def test_alongside_a_check_in_an_assessment_and_a_successor_are_due(desk: DeskOverViews) -> None:
    assess_by, fifteenth = date(2025, 7, 21), APPROVED + timedelta(15)
    await enter(desk, *a_listed_enterprise(), *an_attended_accompaniment())
    assert await due(desk, alongside.DUTIES) == [
        ("assessment", MACHINES, XINCHENG, assess_by, False, False),
        ("check_in", MACHINES, XINCHENG, SEVENTH, False, False),
    ]
    left = InstructorLeft(enterprise=MACHINES, instructor=LI, left_on=SEVENTH, replace_by=fifteenth)
    await enter(desk, CheckInMissed(enterprise=MACHINES, day=7, due_on=SEVENTH), left)
    assert await due(desk, alongside.DUTIES) == [
        ("assessment", MACHINES, XINCHENG, assess_by, False, False),
        ("check_in", MACHINES, XINCHENG, SEVENTH, True, False),
        ("check_in", MACHINES, XINCHENG, fifteenth, False, False),
        ("successor", MACHINES, XINCHENG, fifteenth, False, False),
    ]
    await enter(desk, an_ended_accompaniment()[-2])
    assert [kind for kind, *_ in await due(desk, alongside.DUTIES)] == ["assessment"]
    assert date(2025, 7, 19) == ENDS
