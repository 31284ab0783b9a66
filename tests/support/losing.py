"""A log with a view and clocks that is backed up, loses its database, and gets it back as it was then."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter

from contracts import calendar
from contracts.cloudevent import Envelope, Recorded, Sealed, tail
from contracts.enterprise import VisitHeld, WillStated
from contracts.event import Event
from eventing.database import SPINE, Pool, migrate, open_pool
from eventing.deadline_table import DeadlineTable
from eventing.deadlines import Deadline, Start, WorkingDays
from eventing.dump import dump, load
from eventing.feed import join
from eventing.recovery import open_epoch
from eventing.relay.publisher import Publisher
from eventing.relay.relay import Relay
from eventing.service import Service
from eventing.shell.health import Health
from eventing.store import NewEvent
from eventing.store.postgres import PostgresStore
from eventing.topics import topic_of
from eventing.views import open_view
from eventing.witnesses import Heard, Saw, Witnesses
from tests.support.logs import LogUnderTest
from tests.support.toy import Apply, enterprise, will_stated
from tests.support.toy_fold import TOY, registered

VISIT = Deadline(
    "visit",
    WorkingDays(5),
    lambda event: Start(event.enterprise, event.stated_on) if isinstance(event, WillStated) else None,
    lambda event: event.enterprise if isinstance(event, VisitHeld) else None,
    lambda subject, due_on: Apply(enterprise=subject, on=due_on),
)
SERVICE = Service(name="enterprise", home=Path(), router=APIRouter(), views=(TOY,), deadlines=(VISIT,))


class LosableLog(LogUnderTest):
    """Its events are registrations (version 1 of a stream) and stated wills (the versions after it)."""

    @classmethod
    async def opened(cls, pool: Pool, dsn: str, bootstrap: str, source: str | None = None) -> "LosableLog":
        log = cls(pool, dsn, bootstrap)
        if source is not None:
            log.source, log.topic = source, topic_of(source)
        log.clocks = DeadlineTable(SERVICE.deadlines, calendar.load())
        log.store = PostgresStore(pool, [await open_view(pool, TOY)], log.clocks)
        return log

    clocks: DeadlineTable

    async def register(self, *numbers: int) -> None:
        for number in numbers:
            await self.happened(fact(registered(enterprise(number)), 1, self.source))

    async def will(self, number: int, version: int, day: int = 8, id: UUID | None = None) -> None:
        event = will_stated(enterprise(number), date(2025, 5, day))
        await self.happened(fact(event, version, self.source, id))

    async def happened(self, *events: NewEvent) -> None:
        """These in one transaction, as one decision."""
        async with self.store.unit() as unit:
            await unit.append(list(events))

    async def content(self) -> dict[str, list[Any]]:
        """Events in their order, numbers, and what is folded from them."""
        asked = {
            "log": "select sequence, hash, epoch, tail from log join event using (pos) order by sequence",
            "stream": "select stream, version, id from event order by 1, 2",
            "head": "select sequence, hash, epoch from head",
            "view": "select * from view_toy order by 1",
            "cells": "select * from view_toy_cells order by 1, 2, 3, 4",
            "clocks": "select name, subject, due_on from deadline order by 1, 2",
        }
        return {name: [tuple(row) for row in await self.pool.fetch(sql)] for name, sql in asked.items()}


def fact(event: Event, version: int, source: str, id: UUID | None = None, cause: str | None = None) -> NewEvent:
    """An event of a decision of its own, unless the cause is given."""
    at = datetime.now(UTC)
    cause = cause or str(uuid4())
    envelope = Envelope(id or uuid4(), source, at, at, version, cause, cause)
    return NewEvent(event.stream, version, tail(event, envelope, "http://localhost/schemas"), Recorded(event, envelope))


def together(*facts: NewEvent) -> list[NewEvent]:
    """As if one decision had made them."""
    first, made = facts[0].recorded.envelope, []
    for one in facts:
        envelope = replace(one.recorded.envelope, causation=first.causation, recorded_at=first.recorded_at)
        recorded = Recorded(one.recorded.event, envelope)
        text = tail(recorded.event, envelope, "http://localhost/schemas")
        made.append(NewEvent(one.stream, one.version, text, recorded))
    return made


class Said(Witnesses):
    """Witnesses that say what they are told to."""

    def __init__(self, heard: Heard) -> None:
        self.heard, self.asked = heard, 0

    async def ask(self) -> Heard:
        self.asked += 1
        return self.heard


class Guarded:
    """A relay of that log with such witnesses, running; `health` and `gate` are looked at."""

    def __init__(self, log: LogUnderTest, witnesses: Witnesses | None = None, bootstrap: str | None = None) -> None:
        self.health = Health()
        publisher = Publisher(bootstrap or log.bootstrap, seconds=5)
        self.relay = Relay(log.pool, log.dsn, log.source, publisher, self.health, 0.02, witnesses)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Guarded"]:
        task = asyncio.ensure_future(self.relay.run())
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await self.relay.stop()

    @property
    def refuses(self) -> bool:
        return any("behind the world" in said for said in self.health.unready) and not self.relay.gate.is_open


async def back_up(log: LogUnderTest, folder: Path) -> Path:
    file = folder / "log.backup"
    await dump(log.dsn, "enterprise", file)
    return file


@asynccontextmanager
async def restored(log: LogUnderTest, file: Path, dsn: str) -> AsyncIterator[LosableLog]:
    """The log as the backup has it, in another database; the old one is as good as lost."""
    await load(dsn, "enterprise", file, [SPINE])
    pool = await open_pool(dsn, "restored", 10)
    await migrate(pool, SPINE)
    try:
        yield await LosableLog.opened(pool, dsn, log.bootstrap, log.source)
    finally:
        await pool.close()


async def give_up(log: LogUnderTest, after: int) -> None:
    """The log's tail is gone for good, and a new epoch begins."""
    await log.pool.execute("delete from log where sequence > $1", after)
    await log.pool.execute("delete from event where not exists (select from log where log.pos = event.pos)")
    await log.pool.execute("update head set sequence = $1, hash = (select hash from log where sequence = $1)", after)
    lost = Saw("reader", after + 1_000_000, "f" * 64, await log.pool.fetchval("select epoch from head"))
    await open_epoch(log.dsn, log.source, "a test", [lost])


def kept(folder: Path, events: Sequence[Sealed], as_lines: bool = False) -> Path:
    """A file as a subscriber keeps it: a page of the feed, or one event a line."""
    file = folder / "kept.json"
    texts = [event.text for event in events]
    file.write_bytes(b"\n".join(texts) + b"\n" if as_lines else join(texts))
    return file
