"""Wakes who waits in the same process: the relay after an append, a feed's long poll after a seal."""

import asyncio


class Signal:
    """Counts what happened, so that a happening between a look and the wait isn't missed."""

    def __init__(self) -> None:
        self.count = 0
        self._next = asyncio.Event()

    def set(self) -> None:
        """It happened: wake everyone who waits."""
        self.count += 1
        waiting, self._next = self._next, asyncio.Event()
        waiting.set()

    async def wait(self, seen: int, seconds: float) -> None:
        """Until `count` is past `seen`, at most so long. Read `count` before looking, then wait with it."""
        if self.count != seen:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._next.wait()
        except TimeoutError:
            return
