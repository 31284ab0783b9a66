"""How a reader gets on: it applies what it can, and sets aside the stream of what it can't (invariant 6)."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace
from datetime import datetime

import structlog

from contracts.cloudevent import Sealed, Undecodable, event_time, stream_of
from eventing.database import Pool, PooledConnection
from eventing.reader import parked, unknown
from eventing.reader.epochs import advanced, go_back
from eventing.reader.poison import is_poison, kind_of
from eventing.reader.position import Position, change_parked, load, move
from eventing.reader.sink import Place, Sink
from eventing.reader.source import Feed, FeedUnreachable

log = structlog.get_logger()

RUN = 1000
_PAUSES = (0.05, 0.2)
"""Seconds before each further try of an event that fails alone."""
_LOOK = 0.5
"""Seconds between looks for what operators wish of parked streams."""


class Progress:
    """One reader's position with the streams that it has parked; only the holder of its lease may use it."""

    def __init__(self, place: Place, pool: Pool, sink: Sink) -> None:
        self._place, self._pool, self._sink = place, pool, sink
        self.position = Position()
        self.parked: set[str] = set()
        self._looked = float("-inf")

    async def load(self) -> None:
        """Begin where the last holder ended; the position is made where there is none."""
        # The position first: what changes after it was read shows in it, and the next move is refused.
        self.position = await load(self._pool, self._place.reader, self._place.source)
        self.parked = await parked.parked_streams(self._pool, self._place.reader, self._place.source)

    async def take(self, run: Sequence[Sealed], hint: int | None = None) -> None:
        """Apply consecutive events that start right after the position, in transactions as large as the sink allows."""
        while run:
            part = self._cut(run[:RUN])
            if (wrong := await self._tried(part, hint)) is not None:
                await self._take_apart(part, hint, wrong)
            run = run[len(part) :]

    async def _take_apart(self, part: Sequence[Sealed], hint: int | None, wrong: Exception) -> None:
        """By halves, down to the one that fails; tried a few times more, its stream is parked."""
        if len(part) > 1:
            middle = len(part) // 2
            await self.take(part[:middle], hint)
            await self.take(part[middle:], hint)
            return
        for pause in _PAUSES:
            await asyncio.sleep(pause)
            if (again := await self._tried(part, hint)) is None:
                return
            wrong = again
        await self._park(part[0], hint, wrong)

    def _cut(self, run: Sequence[Sealed]) -> Sequence[Sealed]:
        try:
            return run[: self._sink.cut(run)]
        except Undecodable:
            return run[:1]

    async def _tried(self, part: Sequence[Sealed], hint: int | None) -> Exception | None:
        """Apply them together; the error where one of them is poison, and then nothing has happened."""
        try:
            concerned = await self._apply(part, hint)
        except Exception as wrong:
            if is_poison(wrong):
                return wrong
            raise
        if concerned:
            self._sink.committed()
        return None

    async def _apply(self, part: Sequence[Sealed], hint: int | None) -> bool:
        flowing, waiting = self._divide(part) if self.parked else (part, [])
        strange = unknown.unknown_among(flowing)
        concerned = bool(flowing) and self._sink.concerns(flowing)
        writes = concerned or waiting or strange
        new = self._after(part, hint)
        async with self._pool.acquire() as connection, connection.transaction() if writes else nullcontext():
            # The position first: a holder that woke late learns it here, before it writes anything.
            await self._move(connection, new, _time_of(part[-1]))
            if waiting:
                await parked.put_behind(connection, self._place, waiting)
            if strange:
                await unknown.record(connection, self._place, strange)
            if concerned:
                await self._sink.apply(connection, flowing)
        self.position = new
        return concerned

    def _divide(self, part: Sequence[Sealed]) -> tuple[Sequence[Sealed], list[tuple[str, Sealed]]]:
        flowing: list[Sealed] = []
        waiting: list[tuple[str, Sealed]] = []
        for sealed in part:
            if (stream := stream_of(sealed.text)) in self.parked and stream is not None:
                waiting.append((stream, sealed))
            else:
                flowing.append(sealed)
        return flowing, waiting

    async def _park(self, sealed: Sealed, hint: int | None, wrong: Exception) -> None:
        # Without a stream nothing can wait behind it.
        stream = stream_of(sealed.text) or f"@{sealed.sequence}"
        new = replace(self._after([sealed], hint), parkings=self.position.parkings + 1)
        async with self._pool.acquire() as connection, connection.transaction():
            await self._move(connection, new, None)
            await parked.park(connection, self._place, stream, sealed, kind_of(wrong))
        self.position = new
        self.parked.add(stream)
        self._tell("stream_parked", sealed.sequence, wrong)

    async def carry_out_wishes(self) -> None:
        """What operators wish of parked streams; looked for now and then, and not at all where none is parked."""
        if not self.parked or time.monotonic() < self._looked + _LOOK:
            return
        for stream, wish in await parked.wishes(self._pool, self._place):
            if wish == "discard":
                await self._discard(stream)
            await self._take_up(stream)
        self._looked = time.monotonic()

    async def _discard(self, stream: str) -> None:
        async with self._changing() as connection:
            sequence, last = await parked.discard_failing(connection, self._place, stream)
        if last:
            self.parked.discard(stream)
        # That there is a reason, and not which: people write names into reasons.
        log.warning(
            "event_discarded",
            reader=self._place.reader,
            source=self._place.source,
            sequence=sequence,
            reason_given=True,
        )

    async def _take_up(self, stream: str) -> None:
        """Apply what waits in the stream, one by one in order; where one fails again, the stream stays parked there."""
        while (sealed := await parked.first_waiting(self._pool, self._place, stream)) is not None:
            concerned = False
            try:
                async with self._changing() as connection:
                    last = await parked.gone(connection, self._place, stream, sealed.sequence)
                    concerned = await self._apply_one(connection, sealed)
            except Exception as wrong:
                if not is_poison(wrong):
                    raise
                async with self._changing() as connection:
                    await parked.failed_again(connection, self._place, stream, sealed.sequence, kind_of(wrong))
                self._tell("stream_stays_parked", sealed.sequence, wrong)
                return
            if last:
                self.parked.discard(stream)
                log.info("stream_mended", reader=self._place.reader, source=self._place.source)
            if concerned:
                self._sink.committed()

    async def go_back(self, first: Sealed) -> None:
        """Drop what lay above the beginning of a new epoch, whose first event this is."""
        async with self._pool.acquire() as connection, connection.transaction():
            new = await go_back(connection, self._place, self.position, first, self._sink)
        self.position = new
        self.parked = await parked.parked_streams(self._pool, self._place.reader, self._place.source)

    async def replay(self, feed: Feed) -> None:
        """Apply in order what was passed over because no code knew its type, where the sink wants that."""
        known = [kind for kind in await unknown.recorded_kinds(self._pool, self._place) if unknown.known(kind)]
        late = [kind for kind in known if self._sink.late(kind)]
        await unknown.clear(self._pool, self._place, [kind for kind in known if kind not in late])
        fetched: dict[int, Sealed] = {}
        for sequence in await unknown.recorded(self._pool, self._place, late):
            if sequence not in fetched:
                fetched = {sealed.sequence: sealed for sealed in await feed.after(sequence - 1)}
            if sequence not in fetched:
                raise FeedUnreachable(f"{self._place.source}@{sequence}")
            await self._apply_late(fetched[sequence])

    async def _apply_late(self, sealed: Sealed) -> None:
        stream = stream_of(sealed.text) or f"@{sealed.sequence}"
        concerned = False
        try:
            async with self._changing() as connection:
                await unknown.clear_one(connection, self._place, sealed.sequence)
                if stream in self.parked:
                    await parked.put_behind(connection, self._place, [(stream, sealed)])
                else:
                    concerned = await self._apply_one(connection, sealed)
        except Exception as wrong:
            if not is_poison(wrong):
                raise
            async with self._changing() as connection:
                await unknown.clear_one(connection, self._place, sealed.sequence)
                await parked.park(connection, self._place, stream, sealed, kind_of(wrong))
            self.parked.add(stream)
            self._tell("stream_parked", sealed.sequence, wrong)
        if concerned:
            self._sink.committed()

    async def _apply_one(self, connection: PooledConnection, sealed: Sealed) -> bool:
        if strange := unknown.unknown_among([sealed]):
            await unknown.record(connection, self._place, strange)
        if concerned := self._sink.concerns([sealed]):
            await self._sink.apply(connection, [sealed])
        return concerned

    def _after(self, part: Sequence[Sealed], hint: int | None) -> Position:
        return advanced(self.position, part, self.position.hint if hint is None else hint)

    async def _move(self, connection: PooledConnection, new: Position, at: datetime | None) -> None:
        await move(connection, self._place.reader, self._place.source, self.position, new, at)

    @asynccontextmanager
    async def _changing(self) -> AsyncIterator[PooledConnection]:
        """A transaction that changes what is parked, and no other holder's; raises `Moved`."""
        async with self._pool.acquire() as connection, connection.transaction():
            new = await change_parked(connection, self._place, self.position)
            yield connection
        self.position = new

    def _tell(self, what: str, sequence: int, wrong: Exception) -> None:
        log.error(what, reader=self._place.reader, source=self._place.source, sequence=sequence, exc_info=wrong)


def _time_of(sealed: Sealed) -> datetime | None:
    try:
        return event_time(sealed.text)
    except Undecodable:
        return None
