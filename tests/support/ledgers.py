"""Files as officers send them, and a ledger with one column of each kind to read them by."""

import csv
from collections.abc import Sequence
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from pydantic import BaseModel

from contracts.vocabulary import Day as DayField
from contracts.vocabulary import Headcount
from contracts.vocabulary import Month as MonthField
from eventing.decision import Command
from eventing.ledger.checking import Checked, Checker
from eventing.ledger.kinds import Choice, Code, Day, Month, Text, Whole, YesNo
from eventing.ledger.ledger import Becomes, Column, Export, Ledger, Page
from eventing.ledger.sheets import AT_HOME, Bounds
from eventing.ledger.table import Table, find_table
from eventing.service import Service
from eventing.shell.texts import Language, Texts
from services.enterprise.app import enterprise

SERVICE: Service = enterprise()
TEXTS = Texts(SERVICE.home)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Plant(Command):
    """A toy's command."""

    tree: str
    name: str | None = None
    height: Headcount
    planted_on: DayField
    month: MonthField | None = None
    colour: Colour | None = None
    watered: bool = False


class Water(Command):
    """Another one of the same row."""

    tree: str
    litres: Headcount


async def _no_page(_: Any, __: Any) -> Page:
    return Page((), None, ())


TREES = Ledger(
    name="trees",
    zh="树木台账",
    en="Trees",
    columns=(
        Column("tree", "树号", "Tree", Code(upper=True), "T1"),
        Column("name", "名称", "Name", Text(), "银杏"),
        Column("height", "高度", "Height", Whole(), 3),
        Column("planted_on", "种植日期", "Planted on", Day(), None),
        Column("month", "月份", "Month", Month()),
        Column("colour", "颜色", "Colour", Choice({Colour.RED: "红", Colour.BLUE: "蓝"})),
        Column("watered", "已浇水", "Watered", YesNo()),
    ),
    becomes=(Becomes(Plant, "plant"),),
    export=Export(BaseModel, _no_page),
)


def xlsx(rows: Sequence[Sequence[Any]], sheet: str = "表", merged: str | None = None, **hidden: bool) -> BytesIO:
    """A workbook with these rows in its first sheet. `merged`: a range; `hidden`: further sheets, hidden or not."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    dates = book.add_format({"num_format": "yyyy/m/d"})
    page = book.add_worksheet(sheet)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(at, column, cell)
            elif hasattr(cell, "year"):
                page.write_datetime(at, column, cell, dates)
            elif cell is not None:
                page.write(at, column, cell)
    if merged:
        page.merge_range(merged, "合并")
    for name, is_hidden in hidden.items():
        other = book.add_worksheet(name)
        if is_hidden:
            other.hide()
    book.close()
    return file


def comma_separated(rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig") -> BytesIO:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return BytesIO(text.getvalue().encode(encoding))


class Sent:
    """A file that was read: its table, and its rows checked."""

    def __init__(
        self, file: BytesIO, ledger: Ledger = TREES, language: Language = "zh", bounds: Bounds = AT_HOME
    ) -> None:
        self.table: Table = find_table(file, ledger, bounds)
        self.checker = Checker(ledger, self.table, TEXTS, language)
        self.rows: list[Checked] = list(self.checker.rows())

    @property
    def found(self) -> list[tuple[int, str | None, str]]:
        """Row, column and code of all that is wrong."""
        return [(one.row, one.column, one.code) for row in self.rows for one in row.findings]

    @property
    def commands(self) -> list[Command]:
        return [command for row in self.rows for _, command in row.commands]

    @property
    def notices(self) -> list[str]:
        return [one.code for one in (*self.table.notices, *self.checker.tally.notices())]
