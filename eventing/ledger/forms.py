"""What goes to officers and comes back: templates to fill in, and reports of what is wrong with a filled-in one."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import TextIOWrapper
from typing import BinaryIO

from eventing.ledger.books import Book, Page, as_csv, set_widths
from eventing.ledger.checking import Finding
from eventing.ledger.kinds import Cell, Choice, Day, Whole, YesNo
from eventing.ledger.ledger import Column, Ledger
from eventing.ledger.table import EXAMPLE, EXPLAINED, PROBLEMS, REMARK, Table, ours

_FILLED_IN = 10_000
"""Rows of a template that have drop-downs."""
_LIST = 255
"""Characters of a drop-down's list, at most, in Excel."""


def write_template(file: BinaryIO, ledger: Ledger) -> None:
    """A workbook to fill in: header, drop-downs, an example row; a second sheet explains each column."""
    book = Book(file)
    page = book.sheet(ledger.zh)
    set_widths(page, ledger.columns)
    page.sheet.freeze_panes(1, 0)
    heads = {at: "required" if ledger.required(column) else "header" for at, column in enumerate(ledger.columns)}
    page.row(0, [*(column.zh for column in ledger.columns), REMARK], {**heads, len(ledger.columns): "header"})
    days = {at: "example day" for at, column in enumerate(ledger.columns) if isinstance(column.kind, Day)}
    page.row(1, _example(ledger), {**dict.fromkeys(range(len(ledger.columns) + 1), "example"), **days})
    for at, column in enumerate(ledger.columns):
        _validate(page, at, column)
    _explain(book, ledger)
    book.close()


def write_csv_template(file: BinaryIO, ledger: Ledger) -> None:
    """Header and example row, UTF-8 with BOM."""
    text = TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow([*(column.zh for column in ledger.columns), REMARK])
    rows.writerow([as_csv(cell) for cell in _example(ledger)])
    text.detach()


def write_report(file: BinaryIO, ledger: Ledger, table: Table, found: Mapping[int, Sequence[Finding]]) -> None:
    """All rows as they came, each in its place; bad cells coloured, what is wrong in a column of its own.

    Mended, it is a file to import. What an earlier report said of the rows is left out.
    """
    book = Book(file)
    page = book.sheet(ledger.zh)
    said = {at for at, header in enumerate(table.headers) if ours(header) and header != REMARK}
    width = len(table.headers)
    set_widths(page, ledger.columns, table.places)
    page.sheet.set_column(width, width, 60)
    for number, row in table.all_rows():
        findings = found.get(number, ())
        cells = [None if at in said else cell for at, cell in enumerate(row[:width])]
        cells += [None] * (width - len(cells))
        if number == table.header:
            page.row(number - 1, [*cells, PROBLEMS], dict.fromkeys(range(width + 1), "header"))
        elif findings:
            page.row(number - 1, [*cells, _problems(findings)], _bad(cells, table, findings))
        else:
            page.row(number - 1, cells)
    _explain(book, ledger)
    book.close()


def _bad(cells: Sequence[Cell | None], table: Table, findings: Sequence[Finding]) -> dict[int, str]:
    bad = {at for one in findings if (at := table.places.get(one.field or "")) is not None}
    return {at: "bad day" if isinstance(cells[at], date) else "bad" for at in bad} | {len(cells): "wrapped"}


def _problems(findings: Sequence[Finding]) -> str:
    return "\n".join(one.line for one in findings)


def _example(ledger: Ledger) -> list[Cell | None]:
    shown = [None if one.example is None else one.kind.show(one.example) for one in ledger.columns]
    return [*shown, EXAMPLE]


def _validate(page: Page, at: int, column: Column) -> None:
    told = {"input_title": column.zh[:32], "input_message": (column.explained_zh or column.kind.zh)[:255]}
    match column.kind:
        case Choice() | YesNo() as choice:
            labels = list(choice.labels) if isinstance(choice, Choice) else ["是", "否"]
            how: dict[str, object] = {"validate": "list", "source": labels}
            if len(",".join(labels)) > _LIST:
                return
        case Whole():
            how = {"validate": "integer", "criteria": ">=", "value": 0}
        case Day():
            how = {"validate": "date", "criteria": ">=", "value": date(1949, 10, 1)}
        case _:
            how = {"validate": "any"}
    page.sheet.data_validation(1, at, _FILLED_IN, at, {**how, **told})


def _explain(book: Book, ledger: Ledger) -> None:
    page = book.sheet(EXPLAINED)
    page.sheet.set_column(0, 5, 30)
    page.row(
        0,
        ["列 Column", "English", "必填 Required", "写法 How", "说明", "Explanation"],
        dict.fromkeys(range(6), "header"),
    )
    for at, column in enumerate(ledger.columns, 1):
        needed = "必填 yes" if ledger.required(column) else "可空 no"
        how = f"{column.kind.zh}\n{column.kind.en}"
        cells = [column.zh, column.en, needed, how, column.explained_zh, column.explained_en]
        page.row(at, cells, dict.fromkeys(range(6), "wrapped"))
