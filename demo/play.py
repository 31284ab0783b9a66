"""Plays the programmes through the public API: what officers enter, day by day, from May to December 2025."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

import httpx

from demo import days
from demo.action import Action
from demo.officers import Json, Officers, Token
from demo.programme import Programme
from demo.progress import Progress
from demo.wire import Wire

_AT_ONCE = 16


async def play(
    programmes: Sequence[Programme],
    url: str,
    token: Token,
    progress: Progress,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Json:
    """Play programmes of one region on its platform at `url`; answers what each asks at the end, by its name.

    Played again, on data that has been played, it changes nothing: every command gets its first answer.
    Raises `Unexpected` for a refusal, `httpx.TransportError` where the platform is not to be reached.
    """
    plans = {programme.name: tuple(programme.actions()) for programme in programmes}
    entered = in_order(action for plan in plans.values() for action in plan)
    timeout = httpx.Timeout(120, connect=10)
    wire = transport or (Wire() if url.startswith("http://") else None)
    async with httpx.AsyncClient(base_url=url, timeout=timeout, transport=wire, trust_env=False) as client:
        (region,) = {programme.region for programme in programmes}
        officers = Officers(client, token, f"u-{region}")
        now, played = await officers.now(), progress.of(region, sum(map(len, plans.values())))
        for at, chains in entered.items():
            played.day(at.date())
            if now < at:
                await officers.advance(at)
            await _send(officers, chains, played.sent)
        await officers.advance(days.evening(days.LAST))
        told = {}
        for programme in programmes:
            # Asked once more, an officer's last command has its first answer, and says where in the log that is.
            at_desks = (action for action in plans[programme.name] if action.role != "anyone")
            last = max(at_desks, key=lambda action: (action.day, action.hour))
            told[programme.name] = await programme.ask(officers, await officers.send(last, wait=True))
        return told


def in_order(actions: Iterable[Action]) -> dict[datetime, Sequence[Sequence[Action]]]:
    """The actions by when they are entered, and then by what they are about, in their order."""
    found: dict[datetime, dict[str, list[Action]]] = {}
    for action in sorted(actions, key=lambda action: (action.day, action.hour)):
        found.setdefault(days.at(action.day, action.hour), {}).setdefault(action.about, []).append(action)
    return {at: tuple(map(tuple, chains.values())) for at, chains in found.items()}


async def _send(officers: Officers, chains: Iterable[Sequence[Action]], sent: Callable[[], None]) -> None:
    """What is about the same thing in order, different things side by side."""
    left = iter(chains)
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(_work(officers, left, sent))
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None


async def _work(officers: Officers, chains: Iterator[Sequence[Action]], sent: Callable[[], None]) -> None:
    for chain in chains:
        for action in chain:
            await officers.send(action)
            sent()
