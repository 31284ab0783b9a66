"""How an event of an old version becomes one of the newest: steps by pure functions, joined once, when they load."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from contracts.event import Event

Old = TypeVar("Old", bound=Event)
New = TypeVar("New", bound=Event)


@dataclass(frozen=True, slots=True)
class Upcast(Generic[Old, New]):
    """One step: `by(event)` gives what the event of version n is at version n + 1, in the same stream.

    It is pure, and total: whatever version n allowed stands in a log for good, so nothing may be refused here.
    """

    old: type[Old]
    new: type[New]
    by: Callable[[Old], New]


class BrokenChain(Exception):
    """Events of an old version stand in logs, and no chain of steps leads from there to the newest one."""


Steps = tuple[Upcast[Any, Any], ...]


def chains(newest: Iterable[type[Event]], upcasts: Iterable[Upcast[Any, Any]]) -> Mapping[type[Event], Steps]:
    """The steps from each version of each event to its newest, which has none; raises `BrokenChain`."""
    into: dict[type[Event], Upcast[Any, Any]] = {}
    for step in upcasts:
        if step.new.type_name() != step.old.type_name(step.old.VERSION + 1):
            raise BrokenChain(f"{step.new.type_name()} is not the version after {step.old.type_name()}")
        if step.new in into:
            raise BrokenChain(f"{step.old.type_name()} has two upcasters")
        into[step.new] = step
    found: dict[type[Event], Steps] = {}
    for kind in newest:
        oldest: type[Event] = kind
        steps: Steps = ()
        found[kind] = steps
        while (step_into := into.pop(oldest, None)) is not None:
            oldest, steps = step_into.old, (step_into, *steps)
            found[oldest] = steps
        if oldest.VERSION > 1:
            raise BrokenChain(f"{oldest.type_name()}: no upcaster from version {oldest.VERSION - 1}")
    if into:
        raise BrokenChain(f"{', '.join(kind.type_name() for kind in into)}: upcast to, yet not published")
    return found


def reader(kind: type[Event], steps: Steps) -> Callable[[Any], Event]:
    """From an event's `data` in that version to the event in its newest; raises pydantic's `ValidationError`."""
    if not steps:
        return kind.model_validate  # nothing of ours in the way of what is newest

    def read(data: Any) -> Event:
        event: Event = kind.model_validate(data)
        for step in steps:
            event = step.by(event)
        return event

    return read
