"""Playing business time: from due day to due day, each time waiting until nothing is under way any more."""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from eventing.clock import PlayedClock
from eventing.refusal import Busy
from eventing.standing import Standing

_PATIENCE = 60.0
_LOOK = 0.003


class Played(Protocol):
    """A service whose time is played. Each call raises `Busy` when the service can't be reached for long."""

    async def standing(self) -> Standing: ...

    async def set_clock(self, to: datetime) -> None:
        """An earlier instant changes nothing. Every process of the service goes by it when this returns."""

    async def fire_due(self) -> None:
        """Fire all that is due by its clock."""


class Playing:
    """Moves the played clock of a platform: the platform's own first, then every service's, then all that is due."""

    def __init__(self, clock: PlayedClock, services: Sequence[Played], patience: float = _PATIENCE) -> None:
        self.clock, self._services, self._patience = clock, services, patience
        self._one_at_a_time = asyncio.Lock()

    async def advance(self, to: datetime) -> datetime:
        """Fire all that falls due up to `to`, in order of its due instants; the clock stands at `to` in the end.

        An instant that has passed changes nothing. Raises `Busy` when the platform doesn't come to rest.
        """
        async with self._one_at_a_time:
            await self._set(self.clock.now())  # a service that was away then may be behind
            while (due := await self._next_due()) is not None and due <= to:
                await self._set(due)
                for service in self._services:
                    await service.fire_due()
            await self._set(to)
            return self.clock.now()

    async def _set(self, to: datetime) -> None:
        self.clock.set(to)
        # All of them before anything fires: a reaction in another service must not go by the old time.
        await asyncio.gather(*(service.set_clock(self.clock.now()) for service in self._services))

    async def _next_due(self) -> datetime | None:
        """The earliest due instant of all services, once they are quiet."""
        return min((at.next_due_at for at in await self._quiet() if at.next_due_at is not None), default=None)

    async def _quiet(self) -> Sequence[Standing]:
        """Wait until every queue is sealed and every live reader at its log's head, twice the same."""
        until = time.monotonic() + self._patience
        before: list[Standing] | None = None
        while True:
            seen = await asyncio.gather(*(service.standing() for service in self._services))
            heads = {at.source: at.sequence for at in seen}
            behind = [who for at in seen for who in at.behind(heads)]
            if not behind and seen == before:
                return seen
            if time.monotonic() > until:
                raise Busy("not_quiet", who="; ".join(behind[:5]))
            before = seen
            await asyncio.sleep(_LOOK)
