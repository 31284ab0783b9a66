"""The events of a fold in sealed texts: what it doesn't know isn't decoded, and of the rest nothing but the data."""

from collections.abc import Callable, Iterable

from contracts.catalogue import CHAINS, TYPES, type_names
from contracts.cloudevent import Undecodable, data_of, type_of
from contracts.event import Event


class Known:
    """Some event types, in all their versions, read from sealed texts into the newest."""

    def __init__(self, kinds: Iterable[type[Event]]) -> None:
        self._readers: dict[str, Callable[[bytes], Event]] = {
            name: _reader(TYPES.get(name, kind)) for kind in kinds for name in type_names(kind)
        }

    def has(self, text: bytes) -> bool:
        """Whether the text's type is one of these; raises `Undecodable`."""
        return type_of(text) in self._readers

    def read(self, text: bytes) -> Event | None:
        """The event, None for one of another type; raises `Undecodable`."""
        reader = self._readers.get(type_of(text))
        if reader is None:
            return None
        try:
            return reader(data_of(text))
        except ValueError as wrong:
            raise Undecodable(str(wrong)) from wrong


def _reader(kind: type[Event]) -> Callable[[bytes], Event]:
    read: Callable[[bytes], Event] = kind.__pydantic_validator__.validate_json
    steps = CHAINS.get(kind, ())
    if not steps:
        return read  # nothing of ours in the way of what is newest

    def upcast(data: bytes) -> Event:
        event = read(data)
        for step in steps:
            event = step.by(event)
        return event

    return upcast
