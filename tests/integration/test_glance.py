"""A view that is asked by one statement, without a transaction."""

import pytest

from eventing.database import Pool
from eventing.embedded import MockBroker
from eventing.store.postgres import PostgresStore
from eventing.views import View, open_view, view_table
from tests.support.building import append
from tests.support.logs import LogUnderTest
from tests.support.toy import enterprise
from tests.support.toy_fold import TOY, registered, surveyed

_BY_HEADCOUNT = "select enterprise, headcount from {rows} where headcount > $1 order by headcount desc limit 2"


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LogUnderTest:
    """With the view folded in every append, and three enterprises."""
    log = await LogUnderTest.made(pool, dsn, broker)
    log.store = PostgresStore(pool, [await open_view(pool, TOY)])
    for number in (1, 2, 3):
        await append(log, [registered(enterprise(number)), surveyed(enterprise(number), 10 * number)])
    return log


async def test_its_records_come_in_the_statements_order(log: LogUnderTest) -> None:
    glance = View(log.pool, view_table(TOY), log.source).glance()
    found = await glance.fetch(_BY_HEADCOUNT.format(rows=glance.rows), 5)
    assert [record["headcount"] for record in found] == [30, 20]


async def test_an_answer_of_nothing_says_how_fresh_it_is_too(log: LogUnderTest) -> None:
    """Mechanism: the head is joined to the left of what is asked."""
    view = View(log.pool, view_table(TOY), log.source)
    await log.pool.execute("update head set sequence = 41")
    glance = view.glance()
    assert await glance.fetch(_BY_HEADCOUNT.format(rows=glance.rows), 1000) == []
    async with view.read() as reading:
        assert glance.freshness == reading.freshness
    assert glance.freshness[0].sequence == 41
