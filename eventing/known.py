"""The events of a fold in sealed texts: what it doesn't know isn't decoded, and of the rest nothing but the data."""

from collections.abc import Callable, Iterable

from contracts.cloudevent import Undecodable, data_of, type_of
from contracts.event import Event


class Known:
    """Some event types, read from sealed texts."""

    def __init__(self, kinds: Iterable[type[Event]]) -> None:
        self._readers: dict[str, Callable[[bytes], Event]] = {
            kind.type_name(): kind.__pydantic_validator__.validate_json for kind in kinds
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
