"""Where in a file the ledger lies: its sheet, its header, and which column is what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from eventing.ledger.files import open_book
from eventing.ledger.kinds import Cell, blank, half_width
from eventing.ledger.ledger import Column, Ledger
from eventing.ledger.sheets import Bounds, Sheet
from eventing.refusal import Invalid, Refused

EXPLAINED, ABOUT = "填写说明", "导出说明"
"""Names of the sheets that we write beside the rows."""
REMARK, PROBLEMS = "备注", "问题"
"""Columns that no command has: the example's mark, and what a report says of a row."""
EXAMPLE = "示例 example"
_OURS = frozenset({half_width(name) for name in (REMARK, PROBLEMS)})
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Table:
    """`header` is the header's sheet row, from 1; `places` tells the index of each column that is there."""

    sheet: Sheet
    header: int
    headers: tuple[str, ...]
    places: Mapping[str, int]
    bounds: Bounds
    notices: tuple[Refused, ...] = field(default=())
    """What was left aside, to be told and never raised."""

    def all_rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Every row with its sheet row number, the header and what lies above it too. Raises `Invalid`."""
        for number, row in enumerate(self.sheet.rows, 1):
            if number > self.bounds.rows or len(row) > self.bounds.columns:
                raise Invalid("ledger_too_many_rows", rows=self.bounds.rows, columns=self.bounds.columns)
            yield number, row

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows below the header that aren't empty."""
        for number, row in self.all_rows():
            if number > self.header and not all(map(blank, row)):
                yield number, row

    @property
    def height(self) -> int | None:
        """Rows below the header, where the file tells before it is read."""
        return None if self.sheet.height is None else max(0, self.sheet.height - self.header)

    @property
    def remark(self) -> int | None:
        """Index of the column that marks an example."""
        return next((at for at, header in enumerate(self.headers) if half_width(header) == REMARK), None)


def find_table(file: BinaryIO, ledger: Ledger, bounds: Bounds) -> Table:
    """Raises `Invalid`: it can't be read, lacks a column that is required, has one twice, has merged cells."""
    book = open_book(file, bounds)
    in_turn = sorted(book.sheets, key=lambda sheet: sheet.name != ledger.zh)
    for sheet in in_turn:
        if (found := _header(sheet, ledger)) is not None:
            break
    else:
        raise Invalid("ledger_header_missing", columns=_needed(ledger))
    at, headers = found
    places = _places(headers, ledger)
    lacking = [column.zh for column in ledger.columns if ledger.required(column) and column.name not in places]
    if lacking:
        raise Invalid("ledger_columns_missing", columns=lacking, row=at)
    if merged := [words for last, words in sheet.merged if last >= at]:
        raise Invalid("ledger_merged_cells", ranges=merged[:10])
    others = [one.name for one in book.sheets if one is not sheet and one.name not in (EXPLAINED, ABOUT)]
    return Table(sheet, at, headers, places, bounds, tuple(_notices(headers, places, [*others, *book.hidden])))


def _notices(headers: Sequence[str], places: Mapping[str, int], sheets: Sequence[str]) -> Iterator[Refused]:
    taken = set(places.values())
    if ignored := [header for at, header in enumerate(headers) if header and at not in taken and header != REMARK]:
        yield Refused("ledger_columns_ignored", columns=[header[:40] for header in ignored])
    if sheets:
        yield Refused("ledger_sheets_ignored", sheets=[name[:40] for name in sheets])


def _header(sheet: Sheet, ledger: Ledger) -> tuple[int, tuple[str, ...]] | None:
    """The first row that names all that is required, else the one that names most: where it lies, and what it says."""
    best: tuple[int, int, tuple[str, ...]] | None = None
    needed = {column.name for column in ledger.columns if ledger.required(column)}
    for number, row in enumerate(islice(sheet.rows, _LOOKED_AT), 1):
        headers = tuple(cell.strip() if isinstance(cell, str) else str(cell) for cell in row)
        named = {column.name for header in headers if (column := _named(header, ledger)) is not None}
        if named and needed <= named:
            return number, headers
        if named and (best is None or len(named) > best[0]):
            best = len(named), number, headers
    return None if best is None else best[1:]


def _places(headers: Sequence[str], ledger: Ledger) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, header in enumerate(headers):
        column = _named(header, ledger)
        if column is None:
            continue
        if column.name in places:
            raise Invalid("ledger_column_twice", column=column.zh)
        places[column.name] = at
    return places


def _named(header: str, ledger: Ledger) -> Column | None:
    written = half_width(header).removesuffix("*").lower()
    for column in ledger.columns:
        if written in (half_width(column.zh).lower(), half_width(column.en).lower(), column.name):
            return column
    return None


def _needed(ledger: Ledger) -> list[str]:
    return [column.zh for column in ledger.columns if ledger.required(column)]


def ours(header: str) -> bool:
    """Whether a template or report put this column there."""
    return half_width(header) in _OURS
