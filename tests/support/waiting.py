"""Wait in a test for a condition, with a deadline, never for a time."""

import asyncio
import time
from collections.abc import Awaitable, Callable

PAUSE = 0.01


async def eventually(predicate: Callable[[], bool], *, within: float) -> None:
    """Return as soon as `predicate` holds; fail after `within` seconds."""
    deadline = time.monotonic() + within
    while not predicate():
        assert time.monotonic() < deadline, f"still not so after {within} s: {predicate}"
        await asyncio.sleep(PAUSE)


def eventually_sync(predicate: Callable[[], bool], *, within: float) -> None:
    """`eventually` for a test without an event loop."""
    deadline = time.monotonic() + within
    while not predicate():
        assert time.monotonic() < deadline, f"still not so after {within} s: {predicate}"
        time.sleep(PAUSE)


async def until(predicate: Callable[[], Awaitable[bool]], *, within: float) -> None:
    """`eventually` for a condition that has to be asked for."""
    deadline = time.monotonic() + within
    while not await predicate():
        assert time.monotonic() < deadline, f"still not so after {within} s: {predicate}"
        await asyncio.sleep(PAUSE)
