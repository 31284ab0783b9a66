"""What a ledger is: its columns, the commands that a row becomes, and the list that is exported as it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from eventing.decision import Command
from eventing.ledger.kinds import Kind
from eventing.read_models import Freshness

if TYPE_CHECKING:
    from eventing.shell.desk import Desk


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the field of the commands, and of the exported list's rows unless `shown` names another."""

    name: str
    zh: str
    en: str
    kind: Kind
    example: object = None
    """A value, not a cell; None: left empty."""
    explained_zh: str = ""
    explained_en: str = ""
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Becomes:
    """A command that a row becomes: of the row's columns, those that are its fields. `route` is the last part of the
    public address that takes it, and says who may give it."""

    command: type[Command]
    route: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list; `next` is the `after` of the following page, None on the last."""

    rows: Sequence[Any]
    next: str | None
    freshness: tuple[Freshness, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """The list that is written as this ledger: `asked` is its query with the filters, `after` and `limit`; `page`
    answers it, as the list's own route does."""

    asked: type[BaseModel]
    page: Callable[["Desk", Any], Awaitable[Page]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A row becomes its commands in that order. Rows with the same value in the first column keep their order.

    `also` are columns that an export has besides: an import names and ignores them.
    """

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    becomes: tuple[Becomes, ...]
    export: Export
    also: tuple[Column, ...] = ()

    def required(self, column: Column) -> bool:
        """Whether any of the commands can't do without it."""
        fields = (one.command.model_fields.get(column.name) for one in self.becomes)
        return any(field is not None and field.is_required() for field in fields)

    def key(self, command: Command) -> str:
        """The Idempotency-Key of a row's command: the same for the same content, whoever sends it again."""
        content = f"{self.name}|{type(command).__name__}|{command.model_dump_json()}"
        return f"ledger-{self.name}-{sha256(content.encode()).hexdigest()}"
