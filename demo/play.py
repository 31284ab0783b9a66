"""Shaanxi's drive played through the public API: what officers enter, day by day, from May to December 2025."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

import httpx
from rich.console import Console

from demo import days
from demo.actions import Action, plan
from demo.cities import CITIES, PROVINCE
from demo.ledger import ledger
from demo.officers import Json, Officers, Token
from demo.progress import progress_of
from demo.wire import Wire

_AT_ONCE = 16

Boards = Mapping[str, Json]
"""The scoreboard's answers by region: the province and its ten cities."""


async def play(
    url: str, token: Token, console: Console, *, transport: httpx.AsyncBaseTransport | None = None
) -> Boards:
    """Play the drive on the platform at `url` and answer its boards; progress goes to `console`.

    Played again, on data that has been played, it changes nothing: every command gets its first answer.
    Raises `Unexpected` for a refusal, `httpx.TransportError` where the platform is not to be reached.
    """
    by_day = actions_by_day()
    total = sum(map(len, by_day.values()))
    timeout = httpx.Timeout(120, connect=10)
    wire = transport or (Wire() if url.startswith("http://") else None)
    async with httpx.AsyncClient(base_url=url, timeout=timeout, transport=wire, trust_env=False) as client:
        officers = Officers(client, token)
        now = await officers.now()
        with progress_of(total, console) as progress:
            for day, actions in by_day.items():
                progress.day(day)
                if now < days.morning(day):
                    await officers.advance(days.morning(day))
                await _send(officers, actions, progress.sent)
            await officers.advance(days.evening(days.LAST))
        # Asked once more, the last command has its first answer, and says where in the log that is.
        position = await officers.send(actions[-1], wait=True)
        return {region: await officers.board(region, position) for region in (PROVINCE, *(c.code for c in CITIES))}


def actions_by_day() -> dict[date, Sequence[Action]]:
    """Every action of the ledger by its day; those of one enterprise follow each other, in their order."""
    actions = sorted((action for entry in ledger() for action in plan(entry)), key=lambda action: action.day)
    return {day: tuple(ours) for day, ours in groupby(actions, key=lambda action: action.day)}


async def _send(officers: Officers, actions: Sequence[Action], sent: Callable[[], None]) -> None:
    """One enterprise's in order, different enterprises' side by side."""
    chains = iter([tuple(ours) for _, ours in groupby(actions, key=lambda action: action.enterprise)])
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(_work(officers, chains, sent))
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None


async def _work(officers: Officers, chains: Iterator[Iterable[Action]], sent: Callable[[], None]) -> None:
    for chain in chains:
        for action in chain:
            await officers.send(action)
            sent()
