"""Which reader it is, and what it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from contracts.cloudevent import Sealed
from eventing.database import PooledConnection


@dataclass(frozen=True, slots=True)
class Place:
    """Which reader this is, and of which log."""

    reader: str
    source: str


class Sink(Protocol):
    """What a reader is for. `cut` says how many of the events go into the next transaction together.

    What it raises of its own parks the stream (see `eventing.reader.poison`); events of other streams go on, also where
    they feed the same row: a fold with such rows has to be built anew after a retry.
    """

    def cut(self, events: Sequence[Sealed]) -> int: ...

    def concerns(self, events: Sequence[Sealed]) -> bool:
        """Whether it has anything to do for these; if not, only the position moves."""

    async def apply(self, connection: PooledConnection, events: Sequence[Sealed]) -> None:
        """Apply them in the open transaction, which moves the position too."""

    def committed(self) -> None:
        """That transaction has ended well."""

    def late(self, kind: str) -> bool:
        """Whether events of this type that came before the code knew it are applied when it does."""
