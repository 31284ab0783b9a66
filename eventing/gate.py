"""Whether a log may grow: not while the world knows more of it than its own database does."""

from eventing.refusal import Busy
from eventing.signals import Signal

_SECONDS = 15.0


class Gate:
    """Open, shut, or, before the first comparison with the world, not known yet. What decides asks here first."""

    def __init__(self, known: bool = True) -> None:
        self._known, self._shut = known, False
        self._changed = Signal()

    @property
    def is_open(self) -> bool:
        return self._known and not self._shut

    def open(self) -> None:
        self._known, self._shut = True, False
        self._changed.set()

    def shut(self) -> None:
        """What would be decided now would rest on a history that lacks its end."""
        self._known, self._shut = True, True
        self._changed.set()

    async def passed(self, seconds: float = _SECONDS) -> None:
        """Return when it is open, having waited at most so long to know; raises `Busy`."""
        if not self._known:
            await self._changed.wait(self._changed.count, seconds)
        if not self.is_open:
            raise Busy("log_behind")
