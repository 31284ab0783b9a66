"""What the event store promises: events by stream and version, answers by actor and key, all in one transaction."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from contracts.cloudevent import Recorded
from eventing.fold import Fold, Row
from eventing.vault import Item


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to append at `version` of its stream; `tail` is its text, `recorded` the same as objects."""

    stream: str
    version: int
    tail: str
    recorded: Recorded

    @property
    def id(self) -> UUID:
        return self.recorded.envelope.id


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command got: the stream it was about, its version now, the names of the new events.

    `pos` is the last new event's place in the order of appending; None when nothing new happened. `repeated` says that
    it is the first answer, given again.
    """

    stream: str
    version: int
    events: tuple[str, ...]
    pos: int | None = None
    repeated: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A first answer with the fingerprint of the command that got it."""

    fingerprint: str
    answer: Answer


class Conflict(Exception):
    """Somebody else wrote first (the stream's version, or the same key): load again and decide again."""


class ReusedId(Exception):
    """An event id exists already though no answer is kept: the key was used more than 90 days ago."""


class Unit(Protocol):
    """One transaction. Nothing of it is seen by others before it has ended well."""

    async def answered(self, actor: str, key: str) -> KeptAnswer | None:
        """The first answer to this actor and key, if one is kept."""

    async def load(self, streams: Sequence[str]) -> Mapping[str, Sequence[Recorded]]:
        """The events of each stream in order of version; a stream that isn't there is empty."""

    async def rows(self, fold: Fold, **equal: object) -> Sequence[Row]:
        """The rows of a view of this store whose columns have these values, in the order of their keys."""

    async def append(self, events: Sequence[NewEvent]) -> int:
        """Append, fold views and deadlines, erase what the events say; the last pos.

        Raises `Conflict` where a version is taken.
        """

    async def lay_in(self, items: Sequence[Item], pos: int | None) -> None:
        """Keep these in the vault, for the decision whose last event is at `pos`. Raises `Twice`."""

    async def kept(self, entry: str) -> Sequence[Item]:
        """What the vault has under that entry, by name."""

    async def keep(self, actor: str, key: str, fingerprint: str, answer: Answer) -> None:
        """Keep the first answer. Raises `Conflict` where there is one."""


class Store(Protocol):
    """Opens units of work."""

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        """A transaction: committed when the block ends well, else as if it had never been."""
