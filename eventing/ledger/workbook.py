"""A workbook read row by row: neither its rows nor its texts lie in memory (openpyxl's read-only mode)."""

import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO
from weakref import finalize

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from eventing.ledger.kinds import Cell
from eventing.ledger.sheets import Book, RowSource, Sheet
from eventing.ledger.workbook_scan import Scan
from eventing.refusal import Invalid

_TEXT = f"{{{SHEET_MAIN_NS}}}si"


def open_workbook(file: BinaryIO, scans: Mapping[str, Scan]) -> Book:
    """Raises `Invalid` for what can't be read. `scans`: what `scanned` saw of it."""
    file.seek(0)
    with _readable():
        reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
        reader.read()
        dates = _Dates(reader.wb.epoch, frozenset(reader.wb._date_formats), frozenset(reader.wb._timedelta_formats))
        # Else openpyxl makes an error of a number that is no date: 20250521, typed into a column of dates.
        reader.wb._date_formats = set()
        sheets = [one for one in reader.wb.worksheets if isinstance(one, ReadOnlyWorksheet)]
        seen = [one for one in sheets if one.sheet_state == "visible"]
        return Book(
            tuple(_sheet(one, scans, dates) for one in seen), tuple(one.title for one in sheets if one not in seen)
        )


class SharedStrings:
    """A workbook's texts by their number, in a file of their own: in memory they would take what the rows don't."""

    def __init__(self, part: IO[bytes]) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 -- closed with us
        finalize(self, self._file.close)
        self._starts = array("Q", [0])
        for text in _texts(part):
            self._starts.append(self._starts[-1] + self._file.write(text.encode()))
        self._file.flush()

    def __getitem__(self, at: int) -> str:
        start = self._starts[at]
        return os.pread(self._file.fileno(), self._starts[at + 1] - start, start).decode()


class _Reader(ExcelReader):  # type: ignore[misc]
    def read_strings(self) -> None:
        found = self.package.find(SHARED_STRINGS)
        if found is not None:
            with self.archive.open(found.PartName[1:]) as part:
                self.shared_strings = SharedStrings(part)


class _SheetRows(RowSource):
    def __init__(self, sheet: ReadOnlyWorksheet, dates: "_Dates") -> None:
        self._sheet, self._dates = sheet, dates

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        with _readable():
            for row in self._sheet.iter_rows():
                yield ["" if one.value is None else self._cell(one) for one in row]

    def _cell(self, cell: ReadOnlyCell) -> Cell:
        match cell.value:
            case _ if cell.data_type == "e":
                return ""
            case str() as text:
                return unescape(text) if "_x" in text else text
            case bool() as said:
                return said
            case int() | float() as number:
                return self._dates.shown(number, cell._style_id)
            case other:
                return _day(other)


@dataclass(frozen=True, slots=True)
class _Dates:
    """By which styles a number is a day or an hour, and from when days are counted."""

    epoch: datetime
    styles: frozenset[int]
    spans: frozenset[int]

    def shown(self, number: int | float, style: int) -> Cell:
        if style not in self.styles:
            return number
        try:
            return _day(from_excel(number, self.epoch, timedelta=style in self.spans))
        except (OverflowError, ValueError):
            return number


def _day(value: Any) -> Cell:
    """Excel knows instants alone: at midnight it is the day that is meant."""
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    return value  # type: ignore[no-any-return]


def _sheet(sheet: ReadOnlyWorksheet, scans: Mapping[str, Scan], dates: _Dates) -> Sheet:
    sheet.reset_dimensions()  # what a file says of its size need not be so, and rows beyond it would be left out
    scan = scans.get(sheet._worksheet_path, Scan())
    return Sheet(
        sheet.title, _SheetRows(sheet, dates), scan.height, tuple((last, words) for words, last in scan.merged.items())
    )


def _texts(part: IO[bytes]) -> Iterator[str]:
    steps = iterparse(part, ("start", "end"))
    _, root = next(steps)
    for step, node in steps:
        if step == "end" and node.tag == _TEXT:
            yield Text.from_tree(node).content
            root.clear()  # else what was read stays hanging there


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except Exception as wrong:  # of many kinds, as the file's parts don't fit together
        raise Invalid("ledger_not_readable", why=str(wrong)[:200]) from wrong
