"""The clocks that run in one service: started and stopped by its events, in their transaction; fired once when due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.calendar import Due, WorkingCalendar
from contracts.cloudevent import Recorded, decode
from contracts.event import Event
from eventing.database import Pool, PooledConnection
from eventing.deadlines import Deadline, Start
from eventing.moment import midnight_after

_OPEN = """
insert into deadline (name, subject, started_on, due_on, due_at, provisional, correlation)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (name, subject) do update set started_on = excluded.started_on, due_on = excluded.due_on,
    due_at = excluded.due_at, provisional = excluded.provisional, correlation = excluded.correlation
"""
_MOVE = """
update deadline set due_on = $3, due_at = $4, provisional = $5 where name = $1 and subject = $2 and started_on = $6
"""
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs: due when the day `due_on` has ended in China, which is the instant `due_at`."""

    deadline: Deadline
    subject: str
    started_on: date
    due_on: date
    due_at: datetime
    correlation: str


class DeadlineTable:
    """A service's table of deadlines beside the rows of the clocks that run."""

    def __init__(self, deadlines: Sequence[Deadline], days: WorkingCalendar) -> None:
        self._deadlines = {deadline.name: deadline for deadline in deadlines}
        if len(self._deadlines) < len(deadlines):
            raise ValueError("two deadlines of one name")
        self._own = list(self._deadlines)
        self._telling = {each.name: told for each in deadlines if (told := _telling(each)) is not None}
        self._deadlines |= {told.name: told for told in self._telling.values()}
        self._days = days

    async def fold_in(self, connection: PooledConnection, recorded: Sequence[Recorded]) -> None:
        """Start and stop clocks as these events say, in order."""
        for fact in recorded:
            for deadline in self._deadlines.values():
                await self._fold(connection, deadline, fact.event, fact.envelope.correlation)

    async def _fold(self, connection: PooledConnection, deadline: Deadline, event: Event, correlation: str) -> None:
        if (subject := deadline.closes(event)) is not None:
            await connection.execute("delete from deadline where name = $1 and subject = $2", deadline.name, subject)
        if (start := deadline.opens(event)) is not None:
            due = deadline.rule.due(start.on, self._days)
            await self._open(connection, deadline, start, due, midnight_after(due.on), correlation)

    async def _open(
        self,
        connection: PooledConnection,
        deadline: Deadline,
        start: Start,
        due: Due,
        due_at: datetime,
        correlation: str,
    ) -> None:
        await connection.execute(
            _OPEN, deadline.name, start.subject, start.on, due.on, due_at, due.provisional, correlation
        )

    async def fold_all(self, connection: PooledConnection) -> None:
        """Fold the clocks anew from all events, in the open transaction.

        One that has fired and that no event stopped runs again; it does nothing when it fires: its reaction is kept.
        """
        await connection.execute("delete from deadline")
        pos = 0
        while rows := await connection.fetch(
            "select pos, tail from event where pos > $1 order by pos limit $2", pos, _PAGE
        ):
            await self.fold_in(connection, [decode(f"{{{row['tail']}".encode()) for row in rows])
            pos = rows[-1]["pos"]

    async def due(self, pool: Pool, now: datetime, limit: int = 200) -> list[Running]:
        """The clocks that have run out by `now`, earliest first."""
        rows = await pool.fetch(
            "select * from deadline where due_at <= $1 order by due_at, name, subject limit $2", now, limit
        )
        return [
            Running(
                self._deadlines[row["name"]],
                row["subject"],
                row["started_on"],
                row["due_on"],
                row["due_at"],
                row["correlation"],
            )
            for row in rows
        ]

    async def next_due_at(self, pool: Pool) -> datetime | None:
        """When the next clock runs out; None when none runs."""
        found: datetime | None = await pool.fetchval("select min(due_at) from deadline")
        return found

    async def claim(self, connection: PooledConnection, running: Running) -> bool:
        """Take the clock off the table, in the transaction of its command; False when another has taken it."""
        taken = await connection.fetchval(
            "delete from deadline where name = $1 and subject = $2 and due_at = $3 returning true",
            running.deadline.name,
            running.subject,
            running.due_at,
        )
        return bool(taken)

    async def derive_again(self, pool: Pool) -> int:
        """Derive every due day anew: an official arrangement may have come out since. How many moved.

        Those concerned are told by a clock that has run out at once: whatever dies in between, they will be.
        """
        moved = 0
        for row in await pool.fetch("select * from deadline where name = any($1)", self._own):
            due = self._deadlines[row["name"]].rule.due(row["started_on"], self._days)
            if (due.on, due.provisional) != (row["due_on"], row["provisional"]):
                await self._move(pool, row, due)
                moved += 1
        return moved

    async def _move(self, pool: Pool, row: Any, due: Due) -> None:
        name, start = row["name"], Start(row["subject"], row["started_on"])
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(
                _MOVE, name, start.subject, due.on, midnight_after(due.on), due.provisional, start.on
            )
            if (telling := self._telling.get(name)) is not None:
                past = midnight_after(start.on)  # before the clock itself can run out
                await self._open(connection, telling, start, due, past, row["correlation"])


def _telling(of: Deadline) -> Deadline | None:
    """A clock that tells that another one's due day has moved; no event starts it."""
    if of.moved is None:
        return None
    return Deadline(f"{of.name} moved", of.rule, opens=lambda _: None, closes=of.closes, then=of.moved)
