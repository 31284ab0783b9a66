"""Playing business time: from due day to due day, each time waiting until nothing is under way any more."""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime

from eventing.clock import PlayedClock
from eventing.refusal import Busy
from eventing.shell.runtime import Runtime

_PATIENCE = 60.0
_LOOK = 0.003


class Playing:
    """Moves the played clock of a platform."""

    def __init__(self, clock: PlayedClock, runtimes: Sequence[Runtime]) -> None:
        self.clock, self._runtimes = clock, runtimes
        self._one_at_a_time = asyncio.Lock()

    async def advance(self, to: datetime) -> datetime:
        """Fire all that falls due up to `to`, in order of its due instants; the clock stands at `to` in the end.

        An instant that has passed changes nothing. Raises `Busy` when the platform doesn't come to rest.
        """
        async with self._one_at_a_time:
            await self._quiet()
            while (due := await self._next_due()) is not None and due <= to:
                self.clock.set(due)
                for runtime in self._runtimes:
                    await runtime.deadlines.fire_due()
                await self._quiet()
            self.clock.set(to)
            return self.clock.now()

    async def _next_due(self) -> datetime | None:
        found = [await runtime.deadlines.table.next_due_at(runtime.pool) for runtime in self._runtimes]
        return min((due for due in found if due is not None), default=None)

    async def _quiet(self) -> None:
        """Until every queue is sealed and every reader at its log's head, twice the same."""
        until, before = time.monotonic() + _PATIENCE, None
        while True:
            heads = {runtime.source: await runtime.head() for runtime in self._runtimes}
            sealed = {source: head for source, head in heads.items() if head is not None}
            while behind := [who for runtime in self._runtimes for who in runtime.behind(sealed)]:
                if time.monotonic() > until:
                    raise Busy("not_quiet", who="; ".join(behind[:5]))
                await asyncio.sleep(_LOOK)
            if len(sealed) == len(heads) and heads == before:
                return
            if time.monotonic() > until:
                raise Busy("not_quiet", who="; ".join(heads.keys() - sealed.keys()))
            before = heads
            await asyncio.sleep(_LOOK)
