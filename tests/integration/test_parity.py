"""Parity finds every row and cell that isn't what an independent fold makes of the same events, and nothing else."""

import pytest

from eventing.database import Pool
from eventing.embedded import MockBroker
from eventing.parity import Parity, model_parity, view_parity
from eventing.rebuild import Progress, Stuck
from eventing.store.postgres import PostgresStore
from eventing.views import open_view, view_table
from tests.support.building import Builder, append
from tests.support.logs import LogUnderTest
from tests.support.reading import seal_all
from tests.support.toy import enterprise, will_stated
from tests.support.toy_fold import TOY, registered, surveyed

HISTORY = [
    event
    for code in map(enterprise, range(1, 7))
    for event in (registered(code), surveyed(code, 40), will_stated(code))
]


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LogUnderTest:
    return await LogUnderTest.made(pool, dsn, broker)


@pytest.fixture
async def builder(log: LogUnderTest, own: Pool, own_dsn: str) -> Builder:
    """A read model of a history of six enterprises."""
    builder = Builder(log, own, own_dsn)
    await append(log, HISTORY)
    await seal_all(log)
    await builder.run()
    return builder


async def compared(builder: Builder, at_most: int = 20) -> Parity:
    return await model_parity(builder.dsn, TOY, [builder.origin()], Progress(), at_most)


async def test_an_intact_read_model_is_the_same_at_its_own_position_whatever_the_log_has_since(
    builder: Builder, log: LogUnderTest
) -> None:
    """Mechanism: the log is read up to exactly the position that was seen with the rows. More is written already."""
    await append(log, [surveyed(enterprise(1), 500), registered(enterprise(50))])
    await seal_all(log)
    parity = await compared(builder)
    assert (parity.total, parity.rows, parity.events) == (0, 6, 18)
    assert parity.positions == {log.source: 18}


def what(parity: Parity) -> set[tuple[str, ...]]:
    """Table and what is wrong: a column with its value and what it should be, or a row too few or too many."""
    return {
        (one.table, one.column, str(one.there), str(one.should_be))
        if one.column
        else (one.table, "missing" if one.there is None else "extra")
        for one in parity.differences
    }


ONE = f"where enterprise = '{enterprise(3)}'"


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (f"update toy_1 set headcount = 41 {ONE}", {("rows", "headcount", "41", "40")}),
        (f"update toy_1 set willing = null {ONE}", {("rows", "willing", "None", "True")}),
        (f"update toy_1 set ownership = 'strange' {ONE}", {("rows", "ownership", "strange", "private")}),
        (
            f"update toy_1 set registered_on = '2024-01-01' {ONE}",
            {("rows", "registered_on", "2024-01-01", "2025-01-01")},
        ),
        (f"delete from toy_1 {ONE}", {("rows", "missing")}),
        (f"update toy_1 set enterprise = 'other' {ONE}", {("rows", "missing"), ("rows", "extra")}),
        ("update toy_1_cells set workers = workers + 1", {("cells", "workers", "241", "240")}),
        ("delete from toy_1_cells", {("cells", "missing")}),
        ("insert into toy_1_cells values ('1', 'private', '2025-01-01', true, 1, 0)", {("cells", "extra")}),
        ("insert into toy_1_cells values ('1', 'private', '2025-01-01', true, 0, 0)", set()),
    ],
)
async def test_what_was_altered_by_hand_is_found_and_nothing_else(
    builder: Builder, done: str, found: set[tuple[str, ...]]
) -> None:
    """Mechanism: every column of every row and cell is compared, in both directions."""
    assert what(await compared(builder)) == set()
    await builder.pool.execute(done)
    assert what(await compared(builder)) == found


async def test_a_swapped_event_under_the_rows_is_told(builder: Builder, log: LogUnderTest) -> None:
    """Mechanism: the position's hash. A fold of another history proves nothing about this one."""
    await log.pool.execute("update event set tail = replace(tail, '\"willing\"', '\"refusing\"') where pos = 18")
    with pytest.raises(Stuck, match="another event"):
        await compared(builder)


async def test_no_more_is_listed_than_was_asked_and_all_of_it_counted(builder: Builder) -> None:
    await builder.pool.execute("update toy_1 set headcount = 1, asked = 9")
    parity = await compared(builder, at_most=5)
    assert (parity.total, len(parity.differences)) == (12, 5)


async def test_what_another_version_made_is_not_compared(builder: Builder) -> None:
    """Mechanism: the build's fingerprint. All of it would differ, and nothing would be wrong."""
    await builder.pool.execute("update build set fingerprint = 'another'")
    with pytest.raises(Stuck, match="being rebuilt"):
        await compared(builder)


async def test_a_view_is_compared_with_all_of_its_service_s_events(log: LogUnderTest) -> None:
    """Mechanism: the view's rows and the events are of one instant, sealed or not."""
    table = await open_view(log.pool, TOY)
    log.store = PostgresStore(log.pool, [table])
    await append(log, HISTORY)
    parity = await view_parity(log.dsn, TOY, Progress())
    assert (parity.total, parity.rows, parity.events) == (0, 6, 18)
    await log.pool.execute(f"update {view_table(TOY).rows} set headcount = 7 where enterprise = $1", enterprise(2))
    assert what(await view_parity(log.dsn, TOY, Progress())) == {("rows", "headcount", "7", "40")}
