"""The one class that consumes: reads a log in order, without a gap and without a repeat, from topic or feed."""

import asyncio
import time
from collections.abc import Sequence

import structlog

from contracts.cloudevent import Sealed, Undecodable
from eventing.beacons import Beacons
from eventing.database import Pool
from eventing.reader import unreadable
from eventing.reader.epochs import parting
from eventing.reader.leases import Leases
from eventing.reader.poison import BLINKS
from eventing.reader.position import Followed, Position
from eventing.reader.progress import Progress
from eventing.reader.sink import Place as Place
from eventing.reader.sink import Sink as Sink
from eventing.reader.source import Feed, FeedUnreachable
from eventing.reader.tap import Record, Tap
from eventing.shell.health import Health
from eventing.tasks import until_one_ends

log = structlog.get_logger()

_LOOK = 0.3
"""Seconds without a record after which the beacon is looked at."""
_IDLE = 5.0
"""Seconds after which the feed is asked though no beacon says that something is missing."""


class Forked(Exception):
    """The log isn't the one that this reader has read: an event's `prevhash` isn't the hash it holds."""


class Reader:
    """Takes its lease, then goes on from its position: Kafka first, the feed where Kafka isn't contiguous."""

    def __init__(
        self,
        place: Place,
        pool: Pool,
        leases: Leases,
        tap: Tap,
        feed: Feed,
        beacons: Beacons,
        sink: Sink,
        health: Health,
    ) -> None:
        self.place, self._pool, self._leases, self._tap = place, pool, leases, tap
        self._feed, self._beacons, self._health = feed, beacons, health
        self._progress = Progress(place, pool, sink)
        self.turns = 0
        self._part = f"reader {place.reader} of {place.source}"

    @property
    def position(self) -> Position:
        """The last event that was applied or set aside."""
        return self._progress.position

    async def begin(self) -> None:
        """Put the position in place, before anything can happen that it should see."""
        await self._progress.load()

    async def run(self) -> None:
        """For ever; stands still at a fork, loudly, until the process is started anew."""
        while True:
            try:
                await self._leases.hold(self._part)
                await self._progress.load()
                self._health.up(self._part)
                await until_one_ends(self._read(), self._leases.lost(self._part))
            except Forked as fork:
                self._health.down(self._part, f"forked: {fork}")
                log.error("reader_forked", reader=self.place.reader, source=self.place.source, at=str(fork))
                await asyncio.Event().wait()
            except FeedUnreachable:
                # The other service is away: this one goes on, and reads on when it is there again.
                self._health.up(self._part, "its source is away")
                log.warning("reader_waits", reader=self.place.reader, error=FeedUnreachable.__name__)
                await asyncio.sleep(0.5)
            except BLINKS as blink:
                self._health.down(self._part, type(blink).__name__)
                log.warning("reader_waits", reader=self.place.reader, error=type(blink).__name__)
                await asyncio.sleep(0.5)
            except Exception as wrong:
                # No event is to blame (those are parked): a fault of the reader's own stops it, visibly.
                self._health.down(self._part, f"stopped: {type(wrong).__name__}")
                log.exception("reader_stopped", reader=self.place.reader, source=self.place.source)
                await asyncio.sleep(5)

    async def _read(self) -> None:
        tapped, asked = False, float("-inf")
        await self._progress.replay(self._feed)
        try:
            while True:
                await self._progress.carry_out_wishes()
                tapped = tapped or await self._tap.open(self.position.hint)
                records = await self._tap.next(_LOOK) if tapped else None
                if records is not None:
                    await self.take(records)
                elif not tapped or self._behind() or time.monotonic() - asked > _IDLE:
                    await self._heal_tail(wait=not tapped)
                    asked = time.monotonic()
        finally:
            await self._tap.stop()

    def _behind(self) -> bool:
        beacon = self._beacons.of(self.place.source)
        here = (self.position.epoch, self.position.sequence)
        return beacon is not None and (beacon.epoch, beacon.sequence) > here

    async def _heal_tail(self, wait: bool) -> None:
        """Ask the feed for what Kafka may have lost at the end; by long poll where there is no Kafka."""
        await self.take_run(await self._feed.after(self.position.sequence, wait=1.0 if wait else 0.0))
        beacon = self._beacons.of(self.place.source)
        if beacon is not None and beacon.epoch > self.position.epoch:
            await self._turn()

    async def take(self, records: Sequence[Record]) -> None:
        """Apply what of these is new, in runs of consecutive numbers; what is missing before a run comes by feed."""
        run: list[Sealed] = []
        followed = self.position.followed
        for record in records:
            try:
                sealed = Sealed.read(record.value)
            except Undecodable:
                log.warning("record_unreadable", source=self.place.source, offset=record.offset)
                await unreadable.keep(self._pool, self.place, record)
                continue
            if sealed.epoch > followed.number and self._parts(sealed, run):
                await self.take_run(run)
                run = []
                await self._turn()
                followed = self.position.followed
            if followed.gave_up(sealed):
                continue
            expected = run[-1].sequence + 1 if run else self.position.sequence + 1
            if sealed.sequence > expected:
                await self.take_run(run, hint=record.offset)
                run = []
                await self._heal_to(sealed.sequence)
                followed = self.position.followed
            if sealed.sequence == (run[-1].sequence if run else self.position.sequence) + 1:
                run.append(sealed)
                if sealed.epoch > followed.number:
                    followed = Followed(sealed.epoch, sealed.sequence - 1)
        await self.take_run(run, hint=records[-1].offset + 1)

    async def _heal_to(self, sequence: int) -> None:
        """Fetch what comes before `sequence`. A log that doesn't have it yet is asked again."""
        while self.position.sequence + 1 < sequence:
            missing = await self._feed.after(self.position.sequence, wait=1.0)
            await self.take_run([sealed for sealed in missing if sealed.sequence < sequence])

    async def take_run(self, run: Sequence[Sealed], hint: int | None = None) -> None:
        """Take consecutive events that start right after the position; raises `Forked`."""
        if run and run[0].epoch > self.position.epoch and self._parts(run[0]) and await self._turn():
            return
        self._check(run)
        await self._progress.take(run, hint)

    def _parts(self, sealed: Sealed, run: Sequence[Sealed] = ()) -> bool:
        """Whether an event of a later epoch goes on from somewhere below what was read."""
        held, sequence = (run[-1].hash, run[-1].sequence) if run else (self.position.hash, self.position.sequence)
        return sealed.sequence <= sequence or (sealed.sequence == sequence + 1 and sealed.prevhash != held)

    async def _turn(self) -> bool:
        """Drop what lay above the beginning of the next epoch (docs/adr/0013); False where nothing of it was read."""
        first = await parting(self._feed, self.position)
        if first is None:
            return False
        old, place = self.position, self.place
        await self._progress.go_back(first)
        self.turns += 1
        log.error(
            "reader_turns_to_epoch",
            reader=place.reader,
            source=place.source,
            epoch=first.epoch,
            dropped=old.sequence - first.sequence + 1,
            goes_on_after=self.position.sequence,
        )
        await self._heal_to(first.sequence)
        return True

    def _check(self, run: Sequence[Sealed]) -> None:
        held, sequence = self.position.hash, self.position.sequence
        for sealed in run:
            if sealed.prevhash != held or sealed.sequence != sequence + 1:
                raise Forked(f"{self.place.source}@{sealed.sequence}")
            held, sequence = sealed.hash, sealed.sequence
