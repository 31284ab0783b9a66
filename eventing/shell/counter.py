"""The counter at which anybody is served: nobody is asked who they are, and nobody takes all of it."""

import math
import time
from dataclasses import dataclass
from ipaddress import IPv6Address
from typing import TYPE_CHECKING, Annotated, cast

from cachetools import TTLCache
from fastapi import Depends, Request

from eventing.identity import NOBODY
from eventing.refusal import TooMany
from eventing.shell.desk import Desk

if TYPE_CHECKING:
    from eventing.shell.runtime import Runtime

_MINUTE = 60.0
_ADDRESSES = 50_000
"""So many are remembered at once, some 20 MB; beyond that, those that were heard of first are forgotten."""
_READS = frozenset({"GET", "HEAD"})


@dataclass(slots=True)
class _Minute:
    since: float
    requests: int = 0


class Doorman:
    """So many requests a minute from one address, in one process. Addresses are kept in memory for that minute, and go
    into no log, metric or table."""

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute
        self._minutes: TTLCache[str, _Minute] = TTLCache(_ADDRESSES, _MINUTE, timer=time.monotonic)

    def admit(self, address: str) -> None:
        """Raises `TooMany`, which says in how many seconds to come again."""
        whose = network(address)
        minute = self._minutes.get(whose)
        if minute is None:
            # Never put back: that would begin the minute anew.
            minute = self._minutes[whose] = _Minute(time.monotonic())
        minute.requests += 1
        if minute.requests > self._most:
            seconds = max(1, math.ceil(minute.since + _MINUTE - time.monotonic()))
            raise TooMany("too_many_requests", limit=self._most, seconds=seconds)


def network(address: str) -> str:
    """Who has one address of IPv6 has the 2^64 beside it; one of IPv4 written as IPv6 is that of IPv4."""
    if ":" not in address:
        return address
    try:
        parsed = IPv6Address(address)
    except ValueError:
        return address
    return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))


async def at_counter(request: Request) -> Desk:
    """For routes with `anyone()`. A token isn't looked at: what is served here is for everybody."""
    runtime, headers = cast("Runtime", request.app.state.runtime), request.headers
    doorman = runtime.reading if request.method in _READS else runtime.entering
    doorman.admit(request.client.host if request.client is not None else "")
    # `Prefer: wait` is left out: who waits holds a request.
    return Desk(runtime, NOBODY, request.state.correlation, headers.get("idempotency-key"), None)


AtCounter = Annotated[Desk, Depends(at_counter)]
