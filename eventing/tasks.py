"""Tasks that belong together: when one ends, all end, and nobody dies unseen."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from eventing.shell.health import Health

log = structlog.get_logger()

_AGAIN_SECONDS = 1.0


async def until_one_ends(*work: Coroutine[Any, Any, None]) -> None:
    """Run all at once until the first one ends or fails; the others are cancelled, its error is raised."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        running = {task for task in tasks if not task.done()}
        while running:
            # Again and again: a library may swallow a cancellation (aiokafka does), and its task would go on for ever.
            for task in running:
                task.cancel()
            _, running = await asyncio.wait(running, timeout=_AGAIN_SECONDS)
        # Each one's is asked for, also where we are cancelled: asyncio complains of an error that nobody has.
        errors = [task.exception() for task in tasks if not task.cancelled()]
    for error in errors:
        if isinstance(error, Exception):
            raise error


async def keep_running(part: str, work: Callable[[], Coroutine[Any, Any, None]], health: Health) -> None:
    """Run for ever what should never end; where it ends all the same, say so, turn red, and begin again."""
    while True:
        try:
            await work()
            health.down(part, "ended")
        except Exception as wrong:
            health.down(part, type(wrong).__name__)
            log.exception("task_died", part=part)
        await asyncio.sleep(_AGAIN_SECONDS)
        health.up(part)
