"""The projection engine: a fold's rows and aggregates in tables, written in batches by after-minus-before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from contracts.event import Event
from eventing.columns import Shape
from eventing.database import PooledConnection
from eventing.fold import Cell, Fold, Measures, Row, add, rolled_up, settled

_LONG = 600.0
"""Seconds that an index on filled tables may take."""


class Table:
    """A fold's tables: `rows`, and `cells` where it counts something."""

    def __init__(self, fold: Fold, name: str) -> None:
        self.fold, self.rows, self.cells = fold, name, f"{name}_cells"
        self._row = Shape.of(fold.row)
        self._key = next(iter(self._row.columns))
        names = list(self._row.columns)
        # Locked, in one order: a view's row may be fed by two streams, and whoever comes second must see what the first
        # one wrote. (A row that isn't there can't be locked: one stream has to begin it.)
        self._load = (
            f"select {', '.join(names)} from {self.rows} where {self._key} = any($1) order by {self._key} for update"
        )
        self._save = (
            f"insert into {self.rows} ({', '.join(names)}) select {self._row.taken()}"
            f" from unnest({self._row.given()}) as given ({', '.join(names)})"
            f" on conflict ({self._key}) do update set {', '.join(f'{n} = excluded.{n}' for n in names)}"
        )
        self._drop = f"delete from {self.rows} where {self._key} = any($1)"
        if fold.cell is not None and fold.measures is not None:
            self._cell, self._measures = (Shape.of(shape) for shape in (fold.cell, fold.measures))
            dimensions, measures = list(self._cell.columns), list(self._measures.columns)
            self._count = (
                f"insert into {self.cells} as c ({', '.join([*dimensions, *measures])}) select * from unnest("
                f"{self._cell.given()}, {self._measures.given(len(dimensions) + 1)})"
                f" on conflict ({', '.join(dimensions)})"
                f" do update set {', '.join(f'{m} = c.{m} + excluded.{m}' for m in measures)}"
            )

    async def create(self, connection: PooledConnection, bare: bool = False) -> None:
        """Create the tables where they aren't there; bare ones, to be filled, get their keys and indexes later, by
        `complete`."""
        own = (f"{name} {column.sql}" for name, column in self._row.columns.items())
        computed = (f"{one.name} {one.type} generated always as ({one.sql}) stored" for one in self.fold.computed)
        columns = ", ".join([*own, *computed])
        await connection.execute(f"create table if not exists {self.rows} ({columns}) with (fillfactor = 80)")
        if self.fold.cell is not None:
            columns = ", ".join(
                f"{name} {column.sql}" for name, column in (self._cell.columns | self._measures.columns).items()
            )
            await connection.execute(f"create table if not exists {self.cells} ({columns}) with (fillfactor = 50)")
        if not bare:
            await self.complete(connection)

    async def complete(self, connection: PooledConnection) -> None:
        """Give the tables their keys and indexes, where they lack them."""
        for name, key in self.key_columns().items():
            if not await connection.fetchval(
                "select exists (select from pg_index where indrelid = $1::text::regclass and indisprimary)", name
            ):
                await connection.execute(f"alter table {name} add primary key ({', '.join(key)})", timeout=_LONG)
        for index in self.fold.indexes:
            name = f"{self.rows}_{'_'.join(index)}"
            await connection.execute(
                f"create index if not exists {name} on {self.rows} ({', '.join(index)})", timeout=_LONG
            )
        for column in self.fold.nearest:
            await connection.execute(
                f"create index if not exists {self.rows}_{column} on {self.rows} using gist ({column})", timeout=_LONG
            )

    def key_columns(self) -> dict[str, list[str]]:
        """Each table's primary key."""
        keys = {self.rows: [self._key]}
        if self.fold.cell is not None:
            keys[self.cells] = list(self._cell.columns)
        return keys

    def columns(self) -> dict[str, dict[str, str]]:
        """Each table's columns with their SQL types."""
        tables = {self.rows: self._row.columns}
        if self.fold.cell is not None:
            tables[self.cells] = self._cell.columns | self._measures.columns
        return {table: {name: column.sql for name, column in columns.items()} for table, columns in tables.items()}

    def asked_columns(self) -> dict[str, dict[str, str]]:
        """The same with what is computed: what a query may name."""
        tables = self.columns()
        tables[self.rows] |= {one.name: one.type for one in self.fold.computed}
        return tables

    def row_of(self, values: Sequence[Any]) -> Row:
        """The row of a record of all columns."""
        return self._row.read(values)

    def records(
        self, rows: Iterable[Row], cells: Mapping[Cell, Measures]
    ) -> Iterator[tuple[str, list[str], Iterator[tuple[Any, ...]]]]:
        """Each table with its columns and the records that these make in it."""
        yield self.rows, list(self._row.columns), map(self._row.values_of, rows)
        if self.fold.cell is not None:
            cell, measures = self._cell.values_of, self._measures.values_of
            columns = [*self._cell.columns, *self._measures.columns]
            yield self.cells, columns, (cell(at) + measures(counted) for at, counted in cells.items())

    async def matching(self, connection: PooledConnection, equal: Mapping[str, object]) -> list[Row]:
        """The rows whose columns have these values, in the order of their keys."""
        where = " and ".join(f"{name} = ${at}" for at, name in enumerate(equal, 1)) or "true"
        columns = ", ".join(self._row.columns)
        sql = f'select {columns} from {self.rows} where {where} order by {self._key} collate "C"'
        return [self._row.read(record) for record in await connection.fetch(sql, *equal.values())]

    async def fold_in(self, connection: PooledConnection, events: Sequence[Event]) -> None:
        """Fold a batch into the tables, in the transaction that is open on the connection."""
        work = [
            (key, event)
            for event in events
            if isinstance(event, self.fold.events) and (key := self.fold.key(event)) is not None
        ]
        if not work:
            return
        found = await connection.fetch(self._load, list({key for key, _ in work}))
        before: dict[str, Row] = {record[self._key]: self._row.read(record) for record in found}
        after: dict[str, Row | None] = dict(before)
        for key, event in work:
            after[key] = self.fold.apply(after.get(key), event)
        after = {key: settled(self.fold, row) for key, row in after.items()}
        changed = {key: row for key, row in after.items() if row != before.get(key)}
        # Sorted: two readers that write the same rows must take their locks in one order.
        if saved := [row for _, row in sorted(changed.items()) if row is not None]:
            await connection.execute(self._save, *self._row.values(saved))
        if dropped := sorted(key for key, row in changed.items() if row is None):
            await connection.execute(self._drop, dropped)
        await self._add_up(connection, [(before.get(key), row) for key, row in changed.items()])

    async def _add_up(self, connection: PooledConnection, changes: Sequence[tuple[Row | None, Row | None]]) -> None:
        if self.fold.contribute is None or self.fold.measures is None:
            return
        nothing = self.fold.measures(*(0 for _ in self._measures.columns))
        delta: dict[Cell, Measures] = {}
        for sign, rows in ((-1, [row for row, _ in changes]), (1, [row for _, row in changes])):
            for row in rows:
                for cell, measures in (self.fold.contribute(row) if row is not None else {}).items():
                    delta[cell] = add(delta.get(cell, nothing), measures, sign)
        delta = rolled_up(self.fold, {cell: measures for cell, measures in delta.items() if measures != nothing})
        cells = sorted((cell for cell, measures in delta.items() if measures != nothing), key=repr)
        if cells:
            await connection.execute(
                self._count, *self._cell.values(cells), *self._measures.values([delta[cell] for cell in cells])
            )
