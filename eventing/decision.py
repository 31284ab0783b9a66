"""What a service decides: commands, the streams that a decision needs, and the pure function that takes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from contracts.event import Event

State = TypeVar("State")


class Command(BaseModel):
    """What somebody asks for, imperative. An unknown field is refused: it may be a misspelt one."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class StreamKind(Generic[State]):
    """A kind of stream: `<category>-<id>`, the state before its first event, and how an event changes it."""

    category: str
    initial: State
    evolve: Callable[[State, Any], State]

    def of(self, id: str) -> "StreamRef":
        return StreamRef(f"{self.category}-{id}", self)


@dataclass(frozen=True, slots=True)
class StreamRef:
    """One stream by its id, and how its state is folded."""

    id: str
    kind: StreamKind[Any]

    def fold(self, events: Sequence[Event]) -> Any:
        state = self.kind.initial
        for event in events:
            state = self.kind.evolve(state, event)
        return state


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of a service's table of decisions.

    `decide(command, *states, moment)` gets one state per stream that `streams(command)` names, in that order, and
    returns the new events, of those streams only; it raises `Refused`. `owner(command, *states)` is the union that the
    matter belongs to (None where nothing is known of it yet): an officer acts within the subtree of their union.
    """

    commands: tuple[type[Command], ...]
    streams: Callable[[Any], tuple[StreamRef, ...]]
    decide: Callable[..., Sequence[Event]]
    owner: Callable[..., str | None]
