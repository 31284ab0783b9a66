"""How a dataclass or Struct stands in a table: its columns, the values that go in, what is read back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import starmap
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

import orjson
from msgspec import Struct
from msgspec.json import Decoder

_COLUMN = {
    str: "text",
    int: "bigint",
    float: "double precision",
    bool: "boolean",
    date: "date",
    datetime: "timestamptz",
}

Change = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `write` and `read` are None where the value is in Python what it is in the driver."""

    sql: str
    write: Change | None = None
    read: Change | None = None

    @property
    def type(self) -> str:
        return self.sql.removesuffix(" not null")

    @property
    def is_array(self) -> bool:
        return self.type.endswith("[]")


@dataclass(frozen=True, slots=True)
class Shape:
    """A dataclass or Struct of columns: scalars; tuples of scalars, which are arrays; tuples of dataclasses or Structs,
    which are JSON.

    That JSON is kept as text, so that it comes back byte for byte and two of them can be compared.
    """

    kind: type
    columns: dict[str, Column]
    values_of: Callable[[Any], tuple[Any, ...]]
    reads: tuple[tuple[int, Change], ...]

    @classmethod
    def of(cls, kind: type) -> Self:
        columns = {name: _column(hint) for name, hint in get_type_hints(kind).items()}
        writes = tuple((at, column.write) for at, column in enumerate(columns.values()) if column.write is not None)
        take = _taking(list(columns))

        def values_of(item: Any) -> tuple[Any, ...]:
            values = list(take(item))
            for at, write in writes:
                values[at] = write(values[at])
            return tuple(values)

        reads = tuple((at, column.read) for at, column in enumerate(columns.values()) if column.read is not None)
        return cls(kind, columns, values_of if writes else take, reads)

    def given(self, start: int = 1) -> str:
        """Parameters for `unnest`, one array a column. An array of arrays would have to be even: those go as text."""
        types = ("text" if column.is_array else column.type for column in self.columns.values())
        return ", ".join(f"${number}::{type}[]" for number, type in enumerate(types, start))

    def taken(self) -> str:
        """What is selected from those parameters, named like the columns."""
        return ", ".join(f"{name}::{column.type}" if column.is_array else name for name, column in self.columns.items())

    def values(self, items: Sequence[Any]) -> list[list[Any]]:
        """One list a column, for the parameters."""
        lists = [list(column) for column in zip(*map(self.values_of, items), strict=True)]
        return [
            list(map(_literal, values)) if column.is_array else values
            for column, values in zip(self.columns.values(), lists, strict=True)
        ]

    def read(self, record: Any) -> Any:
        """From a record whose first columns are all of these."""
        values = list(record)[: len(self.columns)]
        for at, read in self.reads:
            if values[at] is not None:
                values[at] = read(values[at])
        return self.kind(*values)


def hints_of(kind: Any) -> list[dict[str, Any]]:
    """The types of its columns, inherited ones too, and of the fields of its parts, column by column."""
    columns = get_type_hints(kind)
    many = [get_args(hint)[0] for hint in columns.values() if get_origin(hint) is tuple]
    return [columns, *(get_type_hints(part) for part in many if part not in _COLUMN)]


def _taking(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    take = attrgetter(*names)
    return take if len(names) > 1 else lambda item: (take(item),)


def _column(hint: Any) -> Column:
    kinds = [kind for kind in get_args(hint) if kind is not NoneType] if isinstance(hint, UnionType) else [hint]
    kind = kinds[0]
    if get_origin(kind) is tuple:
        return _many(get_args(kind)[0])
    null = "" if isinstance(hint, UnionType) and len(kinds) < len(get_args(hint)) else " not null"
    if issubclass(kind, Enum):
        return Column(f"text{null}", read=_members(kind))
    return Column(f"{_COLUMN[kind]}{null}")


def _many(kind: Any) -> Column:
    if kind in _COLUMN:
        return Column(f"{_COLUMN[kind]}[] not null", read=tuple)
    hints = get_type_hints(kind)
    take = _taking(list(hints))
    return Column(
        "text not null",
        write=lambda items: orjson.dumps([take(item) for item in items]).decode() if items else "[]",
        read=_structs(kind) if issubclass(kind, Struct) else _dataclasses(kind, tuple(hints.values())),
    )


def _structs(kind: Any) -> Change:
    # By position, not by name, as they are written.
    assert kind.__struct_config__.array_like, f"{kind.__name__}: say array_like=True"
    return Decoder(tuple[kind, ...]).decode


def _dataclasses(kind: type, hints: tuple[Any, ...]) -> Change:
    decode = Decoder(tuple[tuple[hints], ...]).decode  # type: ignore[valid-type]
    return lambda text: tuple(starmap(kind, decode(text)))


def _members(kind: type[Enum]) -> Change:
    """By their values: a tenth of what calling the enum costs, which a row does for each of its codes."""
    return {member.value: member for member in kind}.__getitem__


def _literal(items: Sequence[Any]) -> str:
    """An array as PostgreSQL writes it, every element in quotes."""
    return "{" + ",".join('"' + str(item).replace("\\", r"\\").replace('"', r"\"") + '"' for item in items) + "}"
