"""A scoreboard of any size, folded by its own functions and copied: ten events an enterprise, over two years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from contracts import regions
from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    AccompanimentStarted,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    MembersReported,
    Ownership,
    PlanOpened,
    PlanStruckOff,
    SizeClass,
    UnionForm,
    VisitOverdue,
    Will,
    WillStated,
)
from contracts.event import Event
from eventing.builds import fingerprint
from eventing.database import Pool
from eventing.engine import Table
from eventing.fold import Cell, Measures, count, rolled_up, settled
from eventing.topics import source_of
from services.projection.scoreboard import SCOREBOARD, EnterpriseRow
from services.projection.targets import TARGETS

PROVINCE = "610000"
EVENTS_EACH = 10
_FIRST, _DAYS = date(2025, 1, 1), 600
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Made:
    """How much there is."""

    events: int
    cells: int


async def make(pool: Pool, enterprises: int) -> Made:
    """Fill a live build of the scoreboard, and an empty one of the targets, in a database with the spine's tables."""
    table, chance, cells, events = Table(SCOREBOARD, "scoreboard_1"), Random(PROVINCE), dict[Cell, Measures](), 0
    counties = [county for city in regions.children(PROVINCE) for county in regions.children(city)]
    async with pool.acquire() as connection, connection.transaction():
        for name in ("statement_timeout", "transaction_timeout", "idle_in_transaction_session_timeout"):
            await connection.execute(f"set local {name} = 0")
        await table.create(connection, bare=True)
        for start in range(0, enterprises, _AT_ONCE):
            rows = []
            for number in range(start, min(start + _AT_ONCE, enterprises)):
                life = list(_life(_code(number), chance.choice(counties), chance))
                events += len(life)
                rows.append(_row(life))
            count(SCOREBOARD, rows, cells)
            name, columns, records = next(table.records(rows, {}))
            await connection.copy_records_to_table(name, records=records, columns=columns)
        cells = rolled_up(SCOREBOARD, cells)
        *_, (name, columns, records) = table.records([], cells)
        await connection.copy_records_to_table(name, records=records, columns=columns)
        await table.complete(connection)
        await Table(TARGETS, "held_targets_1").create(connection)
        for fold in (SCOREBOARD, TARGETS):
            await connection.execute(
                "insert into build (fold, id, fingerprint, state) values ($1, 1, $2, 'live')",
                fold.name,
                fingerprint(fold),
            )
            await connection.execute(
                "insert into position (reader, source, sequence, hash) values ($1, $2, $3, '')",
                f"{fold.name}/1",
                source_of(PROVINCE, "enterprise"),
                events,
            )
    await pool.execute(f"vacuum analyze {table.rows}, {table.cells}", timeout=600)
    return Made(events, len(cells))


class Entries:
    """Goes on with the build as its reader would: an event folded in, the position moved, in one transaction."""

    def __init__(self, pool: Pool, enterprises: int) -> None:
        self._pool, self._enterprises, self._chance = pool, enterprises, Random(PROVINCE)
        self._table = Table(SCOREBOARD, "scoreboard_1")

    async def enter(self) -> None:
        """Another headcount of some enterprise, on some day."""
        event = EnterpriseSurveyed(
            enterprise=_code(self._chance.randrange(self._enterprises)),
            labour_contracts=self._chance.choice([12, 60, 120]),
            dispatched=0,
            size_class=None,
            surveyed_on=_FIRST + timedelta(days=self._chance.randrange(_DAYS)),
        )
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "update position set sequence = sequence + 1 where reader = $1", f"{SCOREBOARD.name}/1"
            )
            await self._table.fold_in(connection, [event])


def _code(number: int) -> str:
    return make_credit_code("91", "610102", number)


def _row(life: list[Event]) -> EnterpriseRow:
    row = None
    for event in life:
        row = SCOREBOARD.apply(row, event)
    made = settled(SCOREBOARD, row)
    assert isinstance(made, EnterpriseRow)
    return made


def _life(code: str, county: str, chance: Random) -> Iterator[Event]:
    """`EVENTS_EACH` of them, on ten days of two years."""
    union = f"u-{county}"
    days = sorted(_FIRST + timedelta(days=chance.randrange(_DAYS)) for _ in range(EVENTS_EACH))
    workers = chance.choice([12, 30, 60, 90, 120, 400])
    yield EnterpriseRegistered(
        enterprise=code,
        name="西安示例机械有限公司",
        ownership=Ownership.PRIVATE,
        county=county,
        union=union,
        registered_on=days[0],
    )
    for day in (days[1], days[4], days[7]):
        yield EnterpriseSurveyed(
            enterprise=code,
            labour_contracts=workers + chance.randrange(20),
            dispatched=0,
            size_class=chance.choice([None, SizeClass.SMALL, SizeClass.MEDIUM]),
            surveyed_on=day,
        )
    yield WillStated(enterprise=code, will=Will.WILLING, stated_on=days[2], visit_due_on=days[3], provisional=False)
    yield VisitOverdue(enterprise=code, due_on=days[3], told=union)
    if chance.random() < 0.6:
        yield EnterpriseUnionized(
            enterprise=code,
            form=UnionForm.OWN,
            members=chance.randrange(1, 80),
            own_committee=True,
            approved_on=days[5],
            approved_by=union,
            document="新工发〔2025〕12号",
        )
        yield AccompanimentStarted(
            enterprise=code, union=union, approved_on=days[5], ends_on=days[5] + timedelta(days=60)
        )
        for day in (days[6], days[8]):
            members = chance.randrange(1, 90)
            yield MembersReported(
                enterprise=code, month=f"{day:%Y-%m}", members=members, women=0, migrant=0, new_forms=0
            )
    else:
        for opened, left in ((days[4], days[5]), (days[6], days[8])):
            yield PlanOpened(enterprise=code, county=county, union=union, labour_contracts=workers, opened_on=opened)
            yield PlanStruckOff(enterprise=code, approved_on=left, checked_by=union, checked_on=left)
