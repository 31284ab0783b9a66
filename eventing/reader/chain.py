"""The chain of a log's sealed texts, followed without parsing them: one SHA-256 an event."""

from collections.abc import Sequence
from enum import Enum
from hashlib import sha256

from contracts.cloudevent import GENESIS, Sealed, Undecodable


class End(Enum):
    """Why the following of some texts ended."""

    ALL = 0
    """All of them followed, or were known already."""
    GAP = 1
    """The next one isn't what comes next, or is no sealed text at all."""
    FORK = 2
    """The next one is of another history."""


class Chain:
    """How far a log was followed: the last event's sequence and hash."""

    def __init__(self, source: str, sequence: int = 0, hash: str = GENESIS) -> None:
        self.source, self.sequence, self._held = source, sequence, hash.encode()

    @property
    def hash(self) -> str:
        return self._held.decode()

    def follow(self, texts: Sequence[bytes]) -> tuple[Sequence[bytes], End]:
        """Those of them that come next, and why there are no more."""
        sequence, held, follow, end = self.sequence, self._held, list[bytes](), End.ALL
        for text in texts:
            # The whole head at once: frame, sequence and hash of the one before.
            if text.startswith(b'{"sequence":"%019d","prevhash":"%b",' % (sequence + 1, held)):
                follow.append(text)
                sequence, held = sequence + 1, sha256(text).hexdigest().encode()
            elif (end := _end(text, sequence)) is not End.ALL:
                break
        self.sequence, self._held = sequence, held
        return follow, end


def _end(text: bytes, sequence: int) -> End:
    try:
        other = Sealed.read(text).sequence
    except Undecodable:
        return End.GAP
    if other == sequence + 1:
        return End.FORK
    return End.ALL if other <= sequence else End.GAP
