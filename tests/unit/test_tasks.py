"""Tasks that belong together end together, whatever one of them does with its cancellation."""

import asyncio

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
