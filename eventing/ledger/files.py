"""A spreadsheet file as rows of cells, whatever it is: xlsx, or csv in UTF-8 or GB18030."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from typing import BinaryIO

from eventing.ledger.kinds import Cell
from eventing.ledger.sheets import Book, Bounds, RowSource, Sheet
from eventing.ledger.workbook import open_workbook
from eventing.ledger.workbook_scan import scanned
from eventing.refusal import Invalid

_ZIP, _OLE, _UTF16 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")
_PIECE = 1 << 20
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def open_book(file: BinaryIO, bounds: Bounds) -> Book:
    """Raises `Invalid` for what can't be read, or is larger than the bounds."""
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if start.startswith(_OLE):
        raise Invalid("ledger_old_excel")
    if start == _ZIP:
        return open_workbook(file, scanned(file, bounds))
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
