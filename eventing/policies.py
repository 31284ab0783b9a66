"""Policies as a table: on this event, under this condition, give these commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from contracts.catalogue import type_names
from contracts.event import Event
from eventing.decision import Command


def always(_: Event) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Policy:
    """A row of a service's table of policies; `then(event)` is pure. It reacts to all of history, to one type of event
    or, with one reader and one position for them all, to several."""

    name: str
    on: type[Event] | tuple[type[Event], ...]
    then: Callable[[Any], Sequence[Command]]
    when: Callable[[Any], bool] = always

    @property
    def kinds(self) -> tuple[type[Event], ...]:
        """The events it reacts to."""
        return self.on if isinstance(self.on, tuple) else (self.on,)

    @property
    def types(self) -> frozenset[str]:
        """All names under which what it reacts to may stand in a log."""
        return frozenset().union(*map(type_names, self.kinds))


def reader_of(policies: Sequence[Policy]) -> str:
    """The name of the one reader that they share: a set of other policies reads its log anew, from its beginning. What
    was done before is kept in `reaction`, so only the new ones act."""
    names = "\n".join(sorted(policy.name for policy in policies))
    return f"policies:{sha256(names.encode()).hexdigest()[:8]}"
