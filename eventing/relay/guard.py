"""Before a log is sealed on: is it as long as the world has seen it, and the same? (docs/adr/0013)"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from eventing.database import Pool, PooledConnection
from eventing.witnesses import BEACON, TOPIC, Saw, Witnesses

log = structlog.get_logger()

PATIENCE = 3.0
_AGAIN = 0.2


class Behind(Exception):
    """The world has seen more of this log, or another; `str` says who saw what."""


class Unproven(Exception):
    """The database was restored, and nobody can be asked what it lacks."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far the log is in its own database."""

    sequence: int
    hash: str
    epoch: int
    restored: bool


async def head_of(connection: PooledConnection | Pool) -> Head | None:
    """The head; None where there is no log."""
    row = await connection.fetchrow("select sequence, hash, epoch, restored_at is not null as restored from head")
    return None if row is None else Head(row["sequence"], row["hash"], row["epoch"], row["restored"])


async def contradiction(connection: PooledConnection | Pool, head: Head, saw: Sequence[Saw]) -> Saw | None:
    """The first witness that has seen what this log doesn't have; None where all agree with it."""
    above = [one for one in saw if (one.epoch, one.sequence) > (head.epoch, head.sequence)]
    if above:
        return max(above, key=lambda one: (one.epoch, one.sequence))
    begins: dict[int, int] = {}
    if head.epoch:
        begins = {row["number"]: row["after"] for row in await connection.fetch("select number, after from epoch")}
    held = {0: None, head.sequence: head.hash}
    if wanted := [one.sequence for one in saw if one.sequence not in held]:
        rows = await connection.fetch("select sequence, hash from log where sequence = any($1)", wanted)
        held |= {row["sequence"]: row["hash"] for row in rows}
    for one in saw:
        # What an older epoch had above the beginning of a newer one was given up.
        given_up = any(number > one.epoch and after < one.sequence for number, after in begins.items())
        if one.sequence and not given_up and held.get(one.sequence) != one.hash:
            return one
    return None


class Guard:
    """Compares a log with its witnesses."""

    def __init__(self, source: str, witnesses: Witnesses, patience: float = PATIENCE) -> None:
        self._source, self._witnesses, self._patience = source, witnesses, patience

    async def prove(self, connection: PooledConnection) -> bool:
        """Ask until it is known, for a bounded time. False: nobody could be asked, and nothing speaks against it.

        Raises `Behind`, and `Unproven` for a restored log that nobody confirms. The connection is kept alive.
        """
        until = time.monotonic() + self._patience
        while True:
            proven, restored = await self._ask(connection, late=time.monotonic() > until)
            if proven is not None:
                if proven and restored:
                    await connection.execute("update head set restored_at = null")
                return proven
            await asyncio.sleep(_AGAIN)

    async def prove_later(self, pool: Pool) -> None:
        """Until the broker can be asked; raises `Behind`."""
        while True:
            proven, _ = await self._ask(pool, late=True)
            if proven:
                return
            await asyncio.sleep(2 * _AGAIN)

    async def _ask(self, connection: PooledConnection | Pool, late: bool) -> tuple[bool | None, bool]:
        heard = await self._witnesses.ask()
        head = await head_of(connection)
        if head is None:
            return True, False
        if (saw := await contradiction(connection, head, heard.saw)) is not None:
            raise Behind(f"{saw.by} saw {self._source}@{saw.sequence}, here it ends at {head.sequence}")
        of_the_broker = any(saw.by in (BEACON, TOPIC) for saw in heard.saw)
        if of_the_broker or not heard.unreachable:
            return True, head.restored
        if not late:
            return None, head.restored
        if head.restored:
            raise Unproven(", ".join(sorted(heard.unreachable)))
        log.warning("log_unconfirmed", source=self._source, unreachable=sorted(heard.unreachable))
        return TOPIC in heard.answered, head.restored
