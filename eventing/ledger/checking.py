"""Each row of a ledger: the commands that it becomes, or what is wrong with which of its cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from eventing.decision import Command
from eventing.ledger.kinds import Cell, blank, half_width
from eventing.ledger.ledger import Becomes, Column, Ledger
from eventing.ledger.table import EXAMPLE, Table
from eventing.refusal import Invalid, Refused
from eventing.shell.examples import examples_in
from eventing.shell.texts import Language, Texts
from eventing.shell.validation import findings


class Finding(BaseModel):
    """What is wrong with a row: the sheet row's number, from 1, the column's header where it is one cell's, and the
    refusal."""

    row: int
    column: str | None = None
    field: str | None = None
    code: str
    title: str
    detail: str

    @property
    def line(self) -> str:
        """For a person, in one line."""
        return " · ".join(filter(None, (self.column, self.title, self.detail)))


@dataclass(frozen=True, slots=True)
class Checked:
    """A row as it came. `commands` is empty where `findings` isn't."""

    number: int
    subject: str
    commands: tuple[tuple[Becomes, Command], ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Tally:
    """What was mended while reading: how often by column and code, and the first row of each."""

    notes: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    examples: int = 0

    def add(self, column: Column, code: str, row: int) -> None:
        count, first = self.notes.get((column.zh, code), (0, row))
        self.notes[column.zh, code] = count + 1, first

    def notices(self) -> Iterator[Refused]:
        """To be told, never raised."""
        if self.examples:
            yield Refused("ledger_examples_skipped", count=self.examples)
        for (column, code), (count, first) in self.notes.items():
            yield Refused(code, column=column, count=count, row=first)


class Checker:
    """Reads the rows of one file; `tally` fills while it does."""

    def __init__(self, ledger: Ledger, table: Table, texts: Texts, language: Language) -> None:
        self._ledger, self._table, self._texts, self._language = ledger, table, texts, language
        self._columns = {column.name: column for column in ledger.columns}
        self._read = [(column, at) for column in ledger.columns if (at := table.places.get(column.name)) is not None]
        self._example = {column.name: column.example for column in ledger.columns if column.example is not None}
        self._marked = table.remark
        self._examples = examples_in([becomes.command.model_json_schema() for becomes in ledger.becomes])
        self.tally = Tally()

    def rows(self) -> Iterator[Checked]:
        """Every row but the example's. Raises `Invalid` where the file breaks off."""
        for number, row in self._table.rows():
            values, wrong, mended = self._values(row)
            is_example = not wrong and values == self._example
            if is_example:
                self.tally.examples += 1
                continue
            for column, code in mended:
                self.tally.add(column, code, number)
            if self._marked is not None and self._marked < len(row) and _marks(row[self._marked]):
                wrong.append(Invalid("ledger_example_changed"))
            commands = self._commands(values, wrong)
            yield Checked(
                number,
                str(values.get(self._ledger.columns[0].name, number)),
                () if wrong else tuple(commands),
                tuple(self.finding(number, one) for one in wrong),
            )

    def finding(self, number: int, refused: Refused) -> Finding:
        """A refusal of that row, told."""
        title, detail = self._texts.text(refused.code, self._language, refused.facts)
        return self.told(number, refused.field, refused.code, title, detail)

    def told(self, number: int, field: str | None, code: str, title: str, detail: str) -> Finding:
        """A refusal that somebody else has put into words."""
        column = self._columns.get(field or "")
        return Finding(row=number, column=column and column.zh, field=field, code=code, title=title, detail=detail)

    def _values(self, row: Sequence[Cell]) -> tuple[dict[str, Any], list[Refused], list[tuple[Column, str]]]:
        values: dict[str, Any] = {}
        wrong: list[Refused] = []
        mended: list[tuple[Column, str]] = []
        for column, at in self._read:
            cell = row[at] if at < len(row) else ""
            if cell == "" or blank(cell):
                continue
            try:
                values[column.name], note = column.kind.read(cell)
            except Invalid as one:
                wrong.append(Invalid(one.code, column.name, **one.facts))
                continue
            if note is not None:
                mended.append((column, note))
        return values, wrong, mended

    def _commands(self, values: Mapping[str, Any], wrong: list[Refused]) -> list[tuple[Becomes, Command]]:
        """The row's commands; what pydantic finds is added to `wrong`, where nothing is said of that field yet."""
        commands = []
        told = {one.field for one in wrong}
        for becomes in self._ledger.becomes:
            fields = becomes.command.model_fields
            try:
                asked = {name: value for name, value in values.items() if name in fields}
                commands.append((becomes, becomes.command.model_validate(asked)))
            except ValidationError as error:
                errors = [_as_a_requests(each) for each in error.errors(include_url=False)]
                for one in findings(errors, self._examples.get):
                    if one.field not in told:
                        told.add(one.field)
                        wrong.append(one)
        return commands


def _as_a_requests(error: Mapping[str, Any]) -> dict[str, Any]:
    """As FastAPI gives it: below `body`, a limit that is a day as text."""
    context = {name: str(fact) if isinstance(fact, date) else fact for name, fact in error.get("ctx", {}).items()}
    return {**error, "loc": ("body", *error["loc"]), "ctx": context}


def _marks(cell: Cell) -> bool:
    return isinstance(cell, str) and half_width(cell) == half_width(EXAMPLE)


Tell = Callable[[int, int | None], None]
"""Told how many rows are done, of how many (None: not known yet)."""
