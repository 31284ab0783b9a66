"""What a spreadsheet file is to whoever reads it: sheets of rows, within bounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from eventing.ledger.kinds import Cell


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is read at all; more is refused. `rows`: of the sheet, the header among them; `columns`; `expanded`: bytes
    of a workbook when it is unpacked."""

    rows: int
    expanded: int
    columns: int = 256


AT_HOME = Bounds(rows=200_000, expanded=1 << 30)
"""On the machine of whoever has the file."""
OVER_HTTP = Bounds(rows=5_000, expanded=64 << 20)
"""In a service, which answers others meanwhile."""


class RowSource(Protocol):
    """Rows that can be gone through again and again."""

    def __iter__(self) -> Iterator[Sequence[Cell]]: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its rows from the first one on; `merged` are its merged ranges (last row, in words)."""

    name: str
    rows: RowSource
    height: int | None = None
    merged: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets of a file, and the names of those that are hidden."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
