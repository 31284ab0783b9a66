"""The rows of a ledger, carried out: side by side, those of one enterprise in their order, each command by its key."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from zlib import crc32

from eventing.decision import Command
from eventing.ledger.checking import Checked, Checker, Finding, Tell
from eventing.ledger.ledger import Becomes, Ledger

_AHEAD = 32
"""Rows that may wait in each lane."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command of a row was not carried out, in the words of whoever refused it."""

    field: str | None
    code: str
    title: str
    detail: str


Send = Callable[[Becomes, Command, str], Awaitable[Refusal | None]]
"""Have a command carried out under an Idempotency-Key; None: done, now or before."""


@dataclass(slots=True)
class Imported:
    """`done` rows are in; `findings` say by sheet row why others are not."""

    rows: int = 0
    done: int = 0
    findings: dict[int, tuple[Finding, ...]] = field(default_factory=dict)


async def import_rows(
    ledger: Ledger, checker: Checker, rows: Iterable[Checked], send: Send, lanes: int, tell: Tell | None = None
) -> Imported:
    """Carry out what can be; a row that was refused keeps no other back. Raises what `send` raises, and `Invalid`
    where the file breaks off: what was sent until then is in, and sent again changes nothing.
    """
    imported = Imported()
    queues: list[asyncio.Queue[Checked | None]] = [asyncio.Queue(_AHEAD) for _ in range(lanes)]

    async def lane(queue: asyncio.Queue[Checked | None]) -> None:
        while (row := await queue.get()) is not None:
            refusal = await _carry_out(ledger, row, send)
            if refusal is None:
                imported.done += 1
            else:
                told = checker.told(row.number, refusal.field, refusal.code, refusal.title, refusal.detail)
                imported.findings[row.number] = (told,)
            if tell is not None:
                tell(imported.done + len(imported.findings), None)

    try:
        async with asyncio.TaskGroup() as group:
            for queue in queues:
                group.create_task(lane(queue))
            for row in rows:
                imported.rows += 1
                if row.findings:
                    imported.findings[row.number] = row.findings
                else:
                    # By its subject: what is said of one enterprise is decided in the order of the file.
                    await queues[crc32(row.subject.encode()) % lanes].put(row)
            for queue in queues:
                await queue.put(None)
    except* Exception as failed:
        raise failed.exceptions[0] from None
    return imported


async def _carry_out(ledger: Ledger, row: Checked, send: Send) -> Refusal | None:
    for becomes, command in row.commands:
        refusal = await send(becomes, command, ledger.key(command))
        if refusal is not None:
            return refusal
    return None
