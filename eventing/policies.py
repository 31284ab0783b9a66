"""Policies as a table: on this event, under this condition, give these commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.event import Event
from eventing.decision import Command


def always(_: Event) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Policy:
    """A row of a service's table of policies; `then(event)` is pure. It reacts to all of history."""

    name: str
    on: type[Event]
    then: Callable[[Any], Sequence[Command]]
    when: Callable[[Any], bool] = always
