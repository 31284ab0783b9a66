"""What the desk asks of the ledgers: which visits and letters are to be done, and since when."""

from collections.abc import Sequence

import pytest

from contracts.event import Event
from eventing.database import Pool
from eventing.engine import Table
from services.enterprise.queries import supervision, visits
from services.enterprise.queries.duties import Duties
from tests.support.enterprises import (
    DUE,
    DUE_AFTER_PAUSE,
    MACHINES,
    TODAY,
    XINCHENG,
    a_unionized_enterprise,
    a_willing_enterprise,
    overdue,
    paused,
    resumed,
    unwilling,
    visited,
)
from tests.support.supervised import (
    CONFIRMED,
    a_confirmed_refuser,
    a_contacted_refuser,
    a_supervised_refuser,
    ended,
)

(VISIT,), (LETTER,) = visits.DUTIES, supervision.DUTIES


async def open_duties(pool: Pool, duties: Duties, history: Sequence[Event]) -> list[tuple[object, ...]]:
    table = Table(duties.view, "rows_asked")
    async with pool.acquire() as connection, connection.transaction():
        await table.create(connection)
        await table.fold_in(connection, history)
    found = await pool.fetch(
        f"select enterprise, union_id, due_on, overdue, returned from ({duties.select.format(rows=table.rows)}) as duty"
    )
    return [tuple(record) for record in found]


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (a_willing_enterprise(), [(MACHINES, XINCHENG, DUE, False, False)]),
        ((*a_willing_enterprise(), overdue()), [(MACHINES, XINCHENG, DUE, True, False)]),
        ((*a_willing_enterprise(), paused()), []),
        ((*a_willing_enterprise(), paused(), resumed()), [(MACHINES, XINCHENG, DUE_AFTER_PAUSE, False, False)]),
        ((*a_willing_enterprise(), visited()), []),
        ((*a_willing_enterprise(), unwilling(on=TODAY)), []),
        (a_unionized_enterprise(), []),
    ],
)
async def test_a_visit_is_to_be_held_while_somebody_waits_for_it(
    pool: Pool, history: Sequence[Event], expected: list[tuple[object, ...]]
) -> None:
    assert await open_duties(pool, VISIT, history) == expected


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (a_contacted_refuser(), []),
        (a_confirmed_refuser(), [(MACHINES, XINCHENG, CONFIRMED, False, False)]),
        (a_supervised_refuser(), []),
        ((*a_confirmed_refuser(), ended()), []),
    ],
)
async def test_a_confirmed_refusal_waits_for_a_letter(
    pool: Pool, history: Sequence[Event], expected: list[tuple[object, ...]]
) -> None:
    assert await open_duties(pool, LETTER, history) == expected
