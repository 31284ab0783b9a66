"""A read model as a fold of three pure functions; the engine does batches, positions, aggregates and rebuilds."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import astuple
from msgspec.structs import replace as struct_with

from contracts.event import Event

Row = Any
"""A frozen dataclass of columns (str, StrEnum, int, float, bool, date, datetime, each also `| None`; tuples of scalars;
tuples of frozen dataclasses of str, StrEnum, int, float, bool and date); the first is the key.

A row that nobody is shown as it is, and its parts, may be frozen Structs of msgspec in their place (the parts with
`array_like=True`): they are made, read and copied in a fraction of the time, but pydantic doesn't know them."""
Cell = Any
"""A frozen Struct of dimensions (str, int, bool, date): one row of the aggregate table."""
Measures = Any
"""A frozen Struct of integers that are summed in a cell."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A column, its type, and the expression for it, of the row's columns."""

    name: str
    type: str
    sql: str


@dataclass(frozen=True, slots=True)
class Fold:
    """`key(event)` names the row that an event changes (None: no row), `apply(row, event)` gives the row after it,
    `contribute(row)` what the row counts for. No fold writes an increment: the engine adds after minus before."""

    name: str
    row: type[Row]
    events: tuple[type[Event], ...]
    key: Callable[[Any], str | None]
    apply: Callable[[Row | None, Any], Row | None]
    contribute: Callable[[Row], Mapping[Cell, Measures]] | None = None
    roll_up: Callable[[Cell], Iterable[Cell]] | None = None
    """The cells to which a cell's measures are added as well: a day's month, a county's city. None of them is one that
    `contribute` names. Asked once for all that the rows of a batch count for in a cell."""
    settle: Callable[[Row], Row] | None = None
    """What follows from a row's own columns, worked out once for all the events of a batch; the same again for its own
    answer."""
    cell: type[Cell] | None = None
    measures: type[Measures] | None = None
    computed: tuple[Computed, ...] = ()
    """Columns beside the row's own that the database works out from them when it writes one: for conditions and indexes
    only, no fold sees them."""
    indexes: tuple[tuple[str, ...], ...] = ()
    nearest: tuple[str, ...] = ()
    """Computed columns, points or boxes, by which the rows nearest to a point are found without a walk over all (GiST):
    `order by place <-> point(…) limit …`."""
    version: int = 1
    """Raised with every change of what the functions do: rows folded by the old ones don't serve any more."""
    goes_by: object = None
    """What else they go by, such as a rules file's numbers or the edition of a calendar: rows folded by others don't
    serve. Compared by its `repr`."""


Shape = TypeVar("Shape")


def settled(fold: Fold, row: Row | None) -> Row | None:
    """The row as it is written."""
    return row if row is None or fold.settle is None else fold.settle(row)


def replace(row: Shape, **changes: Any) -> Shape:
    """The row with these columns changed; a part of one likewise."""
    change: Any = struct_with if isinstance(row, Struct) else dataclasses.replace
    changed: Shape = change(row, **changes)
    return changed


def fold_in_memory(fold: Fold, events: Iterable[Event]) -> tuple[dict[str, Row], dict[Cell, Measures]]:
    """Rows and aggregates by the plainest way: fold every event, then count every row once."""
    rows: dict[str, Row] = {}
    for event in events:
        if not isinstance(event, fold.events) or (key := fold.key(event)) is None:
            continue
        after = fold.apply(rows.get(key), event)
        if after is None:
            rows.pop(key, None)
        else:
            rows[key] = after
    rows = {key: settled(fold, row) for key, row in rows.items()}
    return rows, rolled_up(fold, count(fold, rows.values()))


def count(fold: Fold, rows: Iterable[Row], onto: dict[Cell, Measures] | None = None) -> dict[Cell, Measures]:
    """What the rows count for, added onto what was counted before; nothing is rolled up yet."""
    cells = {} if onto is None else onto
    if fold.contribute is None or fold.measures is None:
        return cells
    rest = iter(rows)
    while some := list(islice(rest, 1000)):
        counted: dict[Cell, list[Measures]] = {}
        for row in some:
            for cell, measures in fold.contribute(row).items():
                counted.setdefault(cell, []).append(measures)
        for cell, many in counted.items():
            cells[cell] = _total(many if cell not in cells else [cells[cell], *many])
    return cells


def rolled_up(fold: Fold, cells: Mapping[Cell, Measures]) -> dict[Cell, Measures]:
    """What was counted, with the sums of it in the cells above."""
    if fold.roll_up is None:
        return dict(cells)
    above: dict[Cell, list[Measures]] = {}
    for cell, measures in cells.items():
        for one in fold.roll_up(cell):
            above.setdefault(one, []).append(measures)
    return {**cells, **{cell: _total(many) for cell, many in above.items()}}


def _total(many: Sequence[Measures]) -> Measures:
    return many[0] if len(many) == 1 else type(many[0])(*map(sum, zip(*map(astuple, many), strict=True)))


def add(left: Measures, right: Measures, sign: int = 1) -> Measures:
    """Measures added (or, with sign -1, taken away) field by field."""
    return type(left)(*(one + sign * other for one, other in zip(astuple(left), astuple(right), strict=True)))
