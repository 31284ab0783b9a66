"""What a service decides: commands, the streams that a decision needs, and the pure function that takes it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from contracts.event import Event
from eventing.fold import Fold, Row
from eventing.refusal import Refused

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


class Rows(Protocol):
    """The service's own views, as the decision's transaction sees them."""

    async def rows(self, fold: Fold, **equal: object) -> Sequence[Row]:
        """The view's rows whose columns have these values, in the order of their keys."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where the fields of a command that go into the vault (`eventing.vault.Kept`) lie: under `entry(command)`.

    With `once_in`: of all entries of that group, each content stands in one only; `twice` is what is raised else.
    """

    entry: Callable[[Any], str]
    once_in: Callable[[Any], str] | None = None
    twice: Callable[[], Refused] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of a service's table of decisions.

    `decide(command, *states, moment)` gets one state per stream that `streams(command)` names, in that order, and
    returns the new events, of those streams only; it raises `Refused`. `owner(command, *states)` is the union that the
    matter belongs to (None where nothing is known of it yet): an officer acts within the subtree of their union.

    A decision about many (a whole list, all that somebody is responsible for) may `look` at the service's views first;
    then it is `decide(command, *states, found, moment)`. What was found isn't guarded against a change at the same
    time, as a stream is: what a rule hangs on belongs into a stream.
    """

    commands: tuple[type[Command], ...]
    streams: Callable[[Any], tuple[StreamRef, ...]]
    decide: Callable[..., Sequence[Event]]
    owner: Callable[..., str | None]
    look: Callable[[Rows, Any], Awaitable[Any]] | None = None
    keeps: Keeping | None = None
