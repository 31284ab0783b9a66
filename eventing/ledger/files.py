"""A spreadsheet file as rows of cells, whatever it is: xlsx, or csv in UTF-8 or GB18030."""

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO, Protocol

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from eventing.ledger.kinds import Cell
from eventing.refusal import Invalid

_ZIP, _OLE, _UTF16 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")
_REFERENCE = re.compile(rb'<c [^>]{0,200}?r="([A-Z]{1,3})([0-9]{1,7})"')
_PIECE, _LONGEST = 1 << 20, 240
_COLUMNS = 256
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is read at all; more is refused. `expanded`: bytes of a workbook when it is unpacked."""

    rows: int
    expanded: int


AT_HOME = Bounds(rows=200_000, expanded=1 << 30)
"""On the machine of whoever has the file."""
OVER_HTTP = Bounds(rows=5_000, expanded=64 << 20)
"""In a service, which answers others meanwhile."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its rows from the first one on; `merged` are its merged ranges (first row, last row, in words)."""

    name: str
    rows: "RowSource"
    height: int | None = None
    merged: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets of a file, and the names of those that are hidden."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()


class RowSource(Protocol):
    """Rows that can be gone through again and again."""

    def __iter__(self) -> Iterator[Sequence[Cell]]: ...


def open_book(file: BinaryIO, bounds: Bounds) -> Book:
    """Raises `Invalid` for what can't be read, or is larger than the bounds."""
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if start.startswith(_OLE):
        raise Invalid("ledger_old_excel")
    if start == _ZIP:
        return _workbook(file, bounds)
    if start.startswith(_UTF16):
        raise Invalid("ledger_encoding")
    return Book((Sheet("csv", _CsvRows(file, _encoding(file))),))


def as_csv_text(text: str) -> str:
    """What a spreadsheet program would take for a formula gets an apostrophe before it; reading takes it off again."""
    return f"'{text}" if _FORMULA.match(text) else text


class _CsvRows(RowSource):
    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file, self._encoding = file, encoding

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        self._file.seek(0)
        text = TextIOWrapper(self._file, self._encoding, newline="")
        try:
            for row in csv.reader(text, strict=True):
                yield [cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell for cell in row]
        except csv.Error as wrong:
            raise Invalid("ledger_not_readable", why=str(wrong)) from wrong
        finally:
            text.detach()  # the file is the caller's


class _SheetRows(RowSource):
    def __init__(self, sheet: CalamineSheet) -> None:
        self._sheet = sheet

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        return iter(self._sheet.iter_rows())


def _encoding(file: BinaryIO) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        file.seek(0)
        text = TextIOWrapper(file, encoding, newline="")
        try:
            while text.read(_PIECE):
                pass
            return encoding
        except UnicodeDecodeError:
            continue
        finally:
            text.detach()
    raise Invalid("ledger_encoding")


def _workbook(file: BinaryIO, bounds: Bounds) -> Book:
    _must_be_within(file, bounds)
    try:
        file.seek(0)
        book = CalamineWorkbook.from_filelike(file)
        sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        seen = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
        return Book(
            tuple(_sheet(book.get_sheet_by_name(name)) for name in seen),
            tuple(one.name for one in sheets if one.name not in seen),
        )
    except CalamineError as wrong:
        raise Invalid("ledger_not_readable", why=str(wrong)[:200]) from wrong
    except BaseException as panic:  # calamine's own faults come as PyO3's PanicException, which is no Exception
        if type(panic).__name__ != "PanicException":
            raise
        raise Invalid("ledger_not_readable", why="calamine") from panic


def _sheet(sheet: CalamineSheet) -> Sheet:
    merged = tuple((to[0] + 1, f"{_at(*start)}:{_at(*to)}") for start, to in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, _SheetRows(sheet), sheet.total_height, merged)


def _at(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _must_be_within(file: BinaryIO, bounds: Bounds) -> None:
    # Before calamine sees it: that takes memory for the whole rectangle up to the last cell, and a file of a few
    # hundred bytes may name XFD1048576.
    try:
        with zipfile.ZipFile(file) as pack:
            if sum(entry.file_size for entry in pack.infolist()) > bounds.expanded:
                raise Invalid("ledger_too_large", limit=bounds.expanded)
            for entry in pack.infolist():
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    _must_be_small(pack, entry, bounds)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as wrong:
        raise Invalid("ledger_not_readable", why=str(wrong)[:200]) from wrong


def _must_be_small(pack: zipfile.ZipFile, entry: zipfile.ZipInfo, bounds: Bounds) -> None:
    with pack.open(entry) as sheet:
        kept = b""
        while piece := sheet.read(_PIECE):
            text = kept + piece
            for letters, number in _REFERENCE.findall(text):
                if int(number) > bounds.rows or _column(letters) > _COLUMNS:
                    raise Invalid("ledger_too_many_rows", rows=bounds.rows, columns=_COLUMNS)
            kept = text[-_LONGEST:]  # a reference may lie across two pieces


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
