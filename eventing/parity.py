"""Parity: a read model or view beside an independent fold of the same events, every row and every cell."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import asyncpg

from contracts.cloudevent import UnknownType, decode
from contracts.event import Event
from eventing.builds import Build, fingerprint, live_build, positions
from eventing.database import TIMEOUTS, PooledConnection
from eventing.engine import Table
from eventing.fold import Fold, Row, count, fold_in_memory, rolled_up
from eventing.reader.parked import parked_streams
from eventing.reader.position import Position
from eventing.reader.whole import Origin
from eventing.rebuild import Progress, Stuck
from eventing.views import view_table

Record = tuple[Any, ...]
Kind = Literal["rows", "cells"]
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """One column that isn't as it should be; `column` is None where the whole row is missing, or is too many."""

    table: Kind
    key: tuple[str, ...]
    column: str | None
    there: str | None
    should_be: str | None


@dataclass(frozen=True, slots=True)
class Parity:
    """What was compared at which positions, and what differs: the first of `total` differences."""

    name: str
    positions: Mapping[str, int]
    events: int
    rows: int
    cells: int
    total: int
    differences: Sequence[Difference]
    parked: Sequence[str] = field(default=())
    """Streams that are parked: their rows weren't compared."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One instant of the tables: records by key, with the position of each source."""

    rows: dict[Record, Record]
    cells: dict[Record, Record]
    positions: Mapping[str, Position]
    parked: frozenset[str]


async def model_parity(
    dsn: str, fold: Fold, origins: Sequence[Origin], progress: Progress, at_most: int = 20
) -> Parity:
    """The live build beside a fold of its sources, read from the feed up to exactly its positions.

    Raises `Stuck` where it can't be compared: there is no live build, or it was made by another version of the fold.
    """
    async with _looking(dsn) as connection:
        build = await live_build(connection, fold)
        if build is None or build.mark != fingerprint(fold):
            raise Stuck(f"{fold.name} is being rebuilt" if build else f"{fold.name} has not been built yet")
        seen = await _see(connection, build)
    progress.total = sum(at.sequence for at in seen.positions.values())

    async def texts() -> AsyncIterator[bytes]:
        for origin in origins:
            async for text in _up_to(origin, seen.positions[origin.source]):
                yield text

    return await _compare(build.table, seen, texts(), progress, at_most)


async def view_parity(dsn: str, fold: Fold, progress: Progress, at_most: int = 20) -> Parity:
    """A service's view beside a fold of its events, all in one transaction; it holds dead rows back meanwhile."""
    table = view_table(fold)
    async with _looking(dsn) as connection:
        head = await connection.fetchrow("select source, sequence, hash from head")
        at = {head["source"]: Position(head["sequence"], head["hash"])} if head else {}
        rows, cells = [await _contents(connection, table, name) for name in (table.rows, table.cells)]
        seen = Seen(rows, cells, at, frozenset())
        progress.total = await connection.fetchval("select count(*) from event")

        async def texts() -> AsyncIterator[bytes]:
            pos = 0
            while rows := await connection.fetch(
                "select pos, tail from event where pos > $1 order by pos limit $2", pos, _PAGE
            ):
                for row in rows:
                    yield f"{{{row['tail']}".encode()
                pos = rows[-1]["pos"]

        return await _compare(table, seen, texts(), progress, at_most)


@asynccontextmanager
async def _looking(dsn: str) -> AsyncIterator[PooledConnection]:
    """A transaction that sees one instant, for as long as it takes."""
    connection = await asyncpg.connect(
        dsn, timeout=5, server_settings={"application_name": "parity", "lock_timeout": TIMEOUTS["lock_timeout"]}
    )
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield connection
    finally:
        await connection.close()


async def _see(connection: PooledConnection, build: Build) -> Seen:
    at = await positions(connection, build)
    parked = [await parked_streams(connection, build.reader, source) for source in at]
    rows, cells = [await _contents(connection, build.table, name) for name in (build.table.rows, build.table.cells)]
    return Seen(rows, cells, at, frozenset().union(*parked))


async def _contents(connection: PooledConnection, table: Table, name: str) -> dict[Record, Record]:
    if name not in table.key_columns():
        return {}
    columns, keys = list(table.columns()[name]), len(table.key_columns()[name])
    found = {}
    async for record in connection.cursor(f"select {', '.join(columns)} from {name}", prefetch=_PAGE):
        values = tuple(tuple(value) if isinstance(value, list) else value for value in record)
        found[values[:keys]] = values[keys:]
    return found


async def _up_to(origin: Origin, position: Position) -> AsyncIterator[bytes]:
    """The events of the log up to exactly there. Raises `Stuck` where the log doesn't have that event any more."""
    at, last = 0, None
    while at < position.sequence:
        page = [sealed for sealed in await origin.feed.after(at) if sealed.sequence <= position.sequence]
        if not page:
            raise Stuck(f"{origin.source} ends at {at}, before {position.sequence}")
        for sealed in page:
            yield sealed.text
        at, last = page[-1].sequence, page[-1]
    if last is not None and last.hash != position.hash:
        raise Stuck(f"{origin.source}@{at} is another event than the one that was applied")


async def _compare(table: Table, seen: Seen, texts: AsyncIterator[bytes], progress: Progress, at_most: int) -> Parity:
    fold, loop, left_out = table.fold, asyncio.get_running_loop(), set[str]()

    async def next_events() -> list[Event]:
        """A page's events; none: there are no more."""
        events: list[Event] = []
        async for text in texts:
            progress.done += 1
            try:
                event = decode(text).event
            except UnknownType:
                continue
            if event.stream not in seen.parked:
                events.append(event)
            elif isinstance(event, fold.events) and (key := fold.key(event)) is not None:
                left_out.add(key)
            if len(events) == _PAGE:
                break
        progress.tell(progress.done, progress.total)
        return events

    def events() -> Iterator[Event]:
        while page := asyncio.run_coroutine_threadsafe(next_events(), loop).result():
            yield from page

    # The plainest fold there is takes events one by one: in a thread, while the loop fetches them.
    rows, _ = await asyncio.to_thread(fold_in_memory, fold, events())
    differences = list(_all_differences(table, seen, rows, left_out))
    return Parity(
        fold.name,
        {source: at.sequence for source, at in seen.positions.items()},
        progress.done,
        len(seen.rows),
        len(seen.cells),
        len(differences),
        differences[:at_most],
        sorted(seen.parked),
    )


def _all_differences(
    table: Table, seen: Seen, rows: Mapping[str, Row], left_out: Collection[str]
) -> Iterator[Difference]:
    compared = [row for key, row in rows.items() if key not in left_out]
    # What isn't compared counts as it stands.
    uncompared = [table.row_of(key + rest) for key, rest in seen.rows.items() if key[0] in left_out]
    cells = rolled_up(table.fold, count(table.fold, [*compared, *uncompared]))
    there = {
        table.rows: {key: rest for key, rest in seen.rows.items() if key[0] not in left_out},
        # A cell in which nothing is counted is as good as none.
        table.cells: {key: rest for key, rest in seen.cells.items() if any(rest)},
    }
    for name, columns, records in table.records(compared, cells):
        keys = len(table.key_columns()[name])
        wanted = {record[:keys]: record[keys:] for record in records}
        if name == table.cells:
            wanted = {key: rest for key, rest in wanted.items() if any(rest)}
        kind: Kind = "rows" if name == table.rows else "cells"
        yield from _differences(kind, columns[keys:], there[name], wanted)


def _differences(
    kind: Kind, columns: Sequence[str], there: Mapping[Record, Record], wanted: Mapping[Record, Record]
) -> Iterator[Difference]:
    for key in sorted(there.keys() | wanted.keys(), key=repr):
        told = tuple(map(str, key))
        if key not in there or key not in wanted:
            yield Difference(kind, told, None, _told(there.get(key)), _told(wanted.get(key)))
            continue
        for column, is_there, should_be in zip(columns, there[key], wanted[key], strict=True):
            if is_there != should_be:
                yield Difference(kind, told, column, _told(is_there), _told(should_be))


def _told(value: object) -> str | None:
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return None if value is None else str(value)
