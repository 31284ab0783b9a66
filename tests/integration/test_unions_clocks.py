"""On PostgreSQL and with the clocks that run: a union that nobody looks after, and one that is."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest

from contracts import calendar
from contracts.cloudevent import decode
from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentExtended,
    CheckInHeld,
    CheckInMissed,
    ReturnVisitMissed,
    TermOverrun,
    UnionEnded,
)
from contracts.event import Event
from eventing.database import Pool
from eventing.deadline_table import DeadlineTable
from eventing.execution import Execution
from eventing.moment import CHINA
from eventing.reactions import DeadlineRunner
from eventing.store.postgres import PostgresStore
from eventing.views import view_table
from services.enterprise.decider import DECISIONS
from services.enterprise.policies import DEADLINES
from services.enterprise.views import VIEWS
from tests.support.enterprises import (
    APPROVED,
    ENDS,
    MACHINES,
    RETURN_DUE,
    TERM_ENDS,
    XIAN,
    XINCHENG,
    a_begun_accompaniment,
    an_own_union,
)
from tests.support.toy import SOURCE, StandingClock, new_event
from tests.support.unions import visited_again

LONGER = ENDS + timedelta(days=30)


class Life:
    """The service's log, views and clocks in one database."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.clock = pool, StandingClock()
        self.table = DeadlineTable(DEADLINES, calendar.load())
        self.store = PostgresStore(pool, [view_table(fold) for fold in VIEWS], self.table)

    async def enter(self, *history: Event) -> None:
        for event in history:
            async with self.store.unit() as unit:
                version = len((await unit.load([event.stream]))[event.stream])
                await unit.append([new_event(event, version + 1)])

    async def pass_until(self, day: date) -> Sequence[Event]:
        """What the clocks that have run out by noon of that day brought, in order."""
        last = await self.pool.fetchval("select max(pos) from event")
        self.clock.at = datetime.combine(day, time(12), CHINA)
        execution = Execution(self.store, DECISIONS, SOURCE, self.clock, "http://localhost/schemas")
        await DeadlineRunner(self.pool, self.table, self.store, execution, self.clock, lambda: None).fire_due()
        rows = await self.pool.fetch("select tail from event where pos > $1 order by pos", last)
        return [decode(f"{{{row['tail']}".encode()).event for row in rows]


@pytest.fixture
async def life(pool: Pool) -> Life:
    async with pool.acquire() as connection:
        for fold in VIEWS:
            await view_table(fold).create(connection)
    return Life(pool)


def missed(day: int) -> CheckInMissed:
    return CheckInMissed(enterprise=MACHINES, day=day, due_on=APPROVED + timedelta(days=day))


def over(on: date) -> AccompanimentEnded:
    return AccompanimentEnded(enterprise=MACHINES, instructor=None, ended_on=on)


async def test_a_union_that_nobody_looks_after(life: Life) -> None:
    """The last check-in falls on the last of the 60 days: both clocks run out at once, and neither stops the other."""
    await life.enter(*an_own_union(), *a_begun_accompaniment())
    assert await life.pass_until(ENDS) == [missed(day) for day in (7, 15, 30, 45)]
    assert await life.pass_until(ENDS + timedelta(days=1)) == [over(ENDS), missed(60)]
    told = ReturnVisitMissed(enterprise=MACHINES, due_on=RETURN_DUE, told=XIAN)
    assert await life.pass_until(TERM_ENDS) == [told]
    overrun = TermOverrun(enterprise=MACHINES, ended_on=TERM_ENDS, told=XINCHENG)
    assert await life.pass_until(TERM_ENDS + timedelta(days=400)) == [overrun]


async def test_what_is_looked_after_in_time_is_not_missed(life: Life) -> None:
    await life.enter(*an_own_union(), *a_begun_accompaniment())
    for day in (7, 15, 30, 45, 60):
        due_on = APPROVED + timedelta(days=day)
        await life.enter(CheckInHeld(enterprise=MACHINES, day=day, due_on=due_on, held_on=due_on))
    await life.enter(visited_again(RETURN_DUE, RETURN_DUE + timedelta(days=90)))
    assert await life.pass_until(RETURN_DUE + timedelta(days=90)) == [over(ENDS)]


async def test_an_extended_time_ends_on_its_new_last_day(life: Life) -> None:
    await life.enter(*an_own_union(), *a_begun_accompaniment())
    await life.enter(AccompanimentExtended(enterprise=MACHINES, ends_on=LONGER))
    assert over(ENDS) not in await life.pass_until(LONGER)
    assert over(LONGER) in await life.pass_until(LONGER + timedelta(days=1))


async def test_after_its_end_nothing_is_due_any_more(life: Life) -> None:
    await life.enter(*an_own_union(), *a_begun_accompaniment())
    await life.enter(over(APPROVED), UnionEnded(enterprise=MACHINES, ended_on=APPROVED))
    assert await life.pass_until(TERM_ENDS + timedelta(days=400)) == []
