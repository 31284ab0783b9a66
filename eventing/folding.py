"""Folding a whole log in memory: rows by key, counted once at the end, written once."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import asyncpg

from eventing.database import PooledConnection
from eventing.engine import Table
from eventing.fold import Cell, Measures, Row, count, rolled_up, settled
from eventing.known import Known

ROOM = 1_000_000
"""Rows that a folding keeps in memory at most; then it says that it is full."""


_UNFIT = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, TypeError, ValueError, OverflowError)
"""A row that its table doesn't take, by the server's word or by asyncpg's, which encodes it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a folding may keep the event loop to itself: `slice` events or rows at a time. With `resting` it leaves
    the loop to the others for as long again, because requests are answered by the same one. Without it, the next page
    comes in piece by piece meanwhile: with slices of a whole page, a rebuild from the feed takes a fifth longer."""

    slice: int = 100
    resting: bool = False

    async def rest(self, since: float) -> None:
        """Let others run; `since` is when we began, by `time.perf_counter`."""
        await asyncio.sleep(time.perf_counter() - since if self.resting else 0)


class CannotFold(Exception):
    """The fold's own failure at an event, or what it made doesn't go into its tables."""


class Folding:
    """One fold's rows so far."""

    def __init__(self, table: Table, pace: Pace, room: int = ROOM) -> None:
        self._table, self._pace, self._room = table, pace, room
        self._known = Known(table.fold.events)
        self.rows: dict[str, Row] = {}
        self.cells: dict[Cell, Measures] = {}

    @property
    def full(self) -> bool:
        """What comes further belongs into the tables, batch by batch."""
        return len(self.rows) >= self._room

    def take(self, texts: Sequence[bytes]) -> int:
        """Fold these sealed texts; how many, all of them unless the fold fails at the next one."""
        rows, read = self.rows, self._known.read
        key_of, apply = self._table.fold.key, self._table.fold.apply
        for number, text in enumerate(texts):
            try:
                event = read(text)
                if event is None or (key := key_of(event)) is None:
                    continue
                after = apply(rows.get(key), event)
            except Exception:
                return number  # whoever takes it next has rules for that
            if after is None:
                rows.pop(key, None)
            else:
                rows[key] = after
        return len(texts)

    async def write(self, connection: PooledConnection) -> None:
        """Create the tables and fill them, in the open transaction; raises `CannotFold`."""
        await self._table.create(connection, bare=True)
        try:
            await self._count()
            cells = rolled_up(self._table.fold, self.cells)
            for name, columns, records in self._table.records(self.rows.values(), cells):
                while some := list(islice(records, self._pace.slice * 10)):
                    began = time.perf_counter()
                    await connection.copy_records_to_table(name, records=some, columns=columns, timeout=600)
                    await self._pace.rest(began)
            await self._table.complete(connection)
        except _UNFIT as wrong:
            raise CannotFold(type(wrong).__name__) from wrong

    async def _count(self) -> None:
        fold, rest = self._table.fold, iter(list(self.rows))
        while some := list(islice(rest, self._pace.slice)):
            began = time.perf_counter()
            try:
                for key in some:
                    self.rows[key] = settled(fold, self.rows[key])
                count(fold, [self.rows[key] for key in some], self.cells)
            except Exception as wrong:
                raise CannotFold(type(wrong).__name__) from wrong
            await self._pace.rest(began)
