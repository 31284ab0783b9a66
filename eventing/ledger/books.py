"""Workbooks and csv files that we write: templates, reports and exports. Text stays text, whatever it begins with."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import TextIOWrapper
from typing import BinaryIO, Protocol

import xlsxwriter

from eventing.ledger.files import as_csv_text
from eventing.ledger.kinds import Cell, Code, Day, Text, Whole
from eventing.ledger.ledger import Column, Ledger

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_LONGEST = 32_767
"""Characters of a cell, at most, in Excel."""
_FORMATS: Mapping[str, Mapping[str, object]] = {
    "text": {"num_format": "@"},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
    "whole": {"num_format": "0"},
    "header": {"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "top"},
    "required": {"bold": True, "bg_color": "#FCE4D6", "border": 1, "text_wrap": True, "valign": "top"},
    "example": {"italic": True, "font_color": "#7F7F7F", "num_format": "@"},
    "example day": {"italic": True, "font_color": "#7F7F7F", "num_format": "yyyy-mm-dd"},
    "bad": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "bad day": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "num_format": "yyyy-mm-dd"},
    "wrapped": {"text_wrap": True, "valign": "top"},
}


class Book:
    """A workbook that holds one row of each sheet in memory; `close` writes it to `file`."""

    def __init__(self, file: BinaryIO) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(file, {"constant_memory": True, **options})
        self.formats = {name: self._book.add_format(dict(how)) for name, how in _FORMATS.items()}

    def sheet(self, name: str) -> "Page":
        return Page(self._book.add_worksheet(name), self.formats)

    def close(self) -> None:
        self._book.close()


class Page:
    """A sheet; rows are written from top to bottom."""

    def __init__(self, sheet: "xlsxwriter.worksheet.Worksheet", formats: Mapping[str, object]) -> None:
        self.sheet, self.formats = sheet, formats
        self._text, self._day, self._moment = formats["text"], formats["day"], formats["moment"]

    def row(self, at: int, cells: Iterable[Cell | None], formats: Mapping[int, str] | None = None) -> None:
        """Write a row (from 0). `formats`: the format of a column, where it isn't that of its value."""
        if formats is None:
            for column, cell in enumerate(cells):
                if cell is not None:
                    self._cell(at, column, cell, None)
            return
        for column, cell in enumerate(cells):
            named = formats.get(column)
            self._cell(at, column, cell, self.formats[named] if named else None)

    def _cell(self, at: int, column: int, cell: Cell | None, how: object) -> None:
        sheet = self.sheet
        match cell:
            case None | "":
                if how is not None:
                    sheet.write_blank(at, column, None, how)
            case str():
                sheet.write_string(at, column, cell[:_LONGEST], how or self._text)
            case bool():
                sheet.write_boolean(at, column, cell, how)
            case int() | float():
                sheet.write_number(at, column, cell, how)
            case datetime():
                sheet.write_datetime(at, column, cell.replace(tzinfo=None), how or self._moment)
            case date():
                sheet.write_datetime(at, column, cell, how or self._day)
            case time() | timedelta():
                sheet.write_string(at, column, str(cell), how or self._text)


class Rows(Protocol):
    """What an export is written into."""

    def add(self, rows: Iterable[Sequence[Cell | None]]) -> None: ...
    def close(self, about: Sequence[tuple[str, str]]) -> None: ...


class XlsxRows:
    """Rows below a header; `close` says on the first sheet what they are."""

    def __init__(self, file: BinaryIO, ledger: Ledger, about: str) -> None:
        self._book = Book(file)
        self._about, self._page = self._book.sheet(about), self._book.sheet(ledger.zh)
        self._at = 1
        columns = (*ledger.columns, *ledger.also)
        set_widths(self._page, columns)
        self._page.row(0, [column.zh for column in columns], dict.fromkeys(range(len(columns)), "header"))

    def add(self, rows: Iterable[Sequence[Cell | None]]) -> None:
        for row in rows:
            self._page.row(self._at, row)
            self._at += 1

    def close(self, about: Sequence[tuple[str, str]]) -> None:
        self._about.sheet.set_column(0, 1, 40)
        for at, line in enumerate(about):
            self._about.row(at, line)
        self._book.close()


class CsvRows:
    """Rows below a header, UTF-8 with BOM. There is no sheet in front to say what they are."""

    def __init__(self, file: BinaryIO, ledger: Ledger) -> None:
        self._text = TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
        self._csv = csv.writer(self._text)
        self.add([[column.zh for column in (*ledger.columns, *ledger.also)]])

    def add(self, rows: Iterable[Sequence[Cell | None]]) -> None:
        self._csv.writerows([as_csv(cell) for cell in row] for row in rows)

    def close(self, about: Sequence[tuple[str, str]] = ()) -> None:
        self._text.detach()  # flushed; the file is the caller's


def as_csv(cell: Cell | None) -> str:
    match cell:
        case None:
            return ""
        case str():
            return as_csv_text(cell)
        case _:
            return str(cell)


def set_widths(page: Page, columns: Sequence[Column], places: Mapping[str, int] | None = None) -> None:
    for at, column in enumerate(columns):
        place = at if places is None else places.get(column.name)
        if place is None:
            continue
        width = 34 if isinstance(column.kind, Text) else 22 if isinstance(column.kind, Code) else 16
        page.sheet.set_column(place, place, width, page.formats[_column_format(column)])


def _column_format(column: Column) -> str:
    """What Excel makes of what is typed: a code stays text, eighteen digits and all."""
    match column.kind:
        case Day():
            return "day"
        case Whole():
            return "whole"
        case _:
            return "text"
