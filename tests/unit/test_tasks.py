"""Tasks that belong together end together, whatever one of them does with its cancellation."""

import asyncio
import gc
from typing import Any

import pytest

from eventing.tasks import until_one_ends


async def test_the_first_error_ends_all_and_is_raised() -> None:
    ended = asyncio.Event()

    async def goes_on() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def fails() -> None:
        raise LookupError("the lease")

    with pytest.raises(LookupError, match="the lease"):
        await until_one_ends(goes_on(), fails())
    assert ended.is_set()


async def test_a_task_that_swallows_its_cancellation_is_cancelled_again() -> None:
    """Mechanism: the loop in `until_one_ends`; asked once only, it would wait for that task for ever."""
    swallowed = 0

    async def swallows_one() -> None:
        nonlocal swallowed
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            swallowed += 1
            await asyncio.Event().wait()

    async def ends() -> None: ...

    async with asyncio.timeout(10):
        await until_one_ends(swallows_one(), ends())
    assert swallowed == 1


async def test_what_fails_while_all_are_cancelled_is_no_error_that_nobody_has() -> None:
    """As at the end of a process, when the lease goes before its holder. Mechanism: each one's error is asked for."""
    unseen, begun = list[dict[str, Any]](), asyncio.Event()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unseen.append(context))

    async def fails_at_the_end() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise LookupError("the lease") from None

    all_of_it = asyncio.ensure_future(until_one_ends(fails_at_the_end()))
    await begun.wait()
    all_of_it.cancel()
    await asyncio.wait([all_of_it])
    assert all_of_it.cancelled()
    del all_of_it
    gc.collect()  # that is when asyncio complains
    assert unseen == []
