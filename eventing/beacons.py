"""Beacons: what each log's relay last said of its head, and what a reader in this process has heard."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

import orjson
import structlog

from eventing.reader.tap import Tap
from eventing.relay.publisher import UNREACHABLE
from eventing.signals import Signal

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Beacon:
    """The log `source` is published up to `sequence`, whose event hashes to `hash`; said at machine time `at`."""

    source: str
    sequence: int
    hash: str
    at: datetime
    epoch: int = 0

    def text(self) -> bytes:
        epoch = {"epoch": self.epoch} if self.epoch else {}
        said = {"source": self.source, "sequence": self.sequence, "hash": self.hash, "time": self.at}
        return orjson.dumps(said | epoch)

    @classmethod
    def read(cls, text: bytes) -> Self:
        said = orjson.loads(text)
        at = datetime.fromisoformat(said["time"])
        return cls(said["source"], int(said["sequence"]), said["hash"], at, int(said.get("epoch", 0)))


class Beacons:
    """The last beacon of every log, heard on the topic of heads."""

    def __init__(self, tap: Tap) -> None:
        self._tap = tap
        self._heard: dict[str, Beacon] = {}
        self.changed = Signal()

    def of(self, source: str) -> Beacon | None:
        """The last one heard; None when nothing was heard of that log yet."""
        return self._heard.get(source)

    def silent_for(self, source: str) -> float | None:
        """Seconds since the last beacon; None when there was none."""
        beacon = self.of(source)
        return (datetime.now(UTC) - beacon.at).total_seconds() if beacon else None

    async def run(self) -> None:
        """Listen for ever; a broker that is gone is tried again."""
        while True:
            try:
                await self._tap.start(0)
                while True:
                    for record in await self._tap.next(60) or ():
                        self._hear(record.value)
            except UNREACHABLE as gone:
                log.warning("beacons_unheard", error=type(gone).__name__)
                await asyncio.sleep(1)
            finally:
                await self._tap.stop()

    def _hear(self, text: bytes) -> None:
        try:
            beacon = Beacon.read(text)
        except (KeyError, TypeError, ValueError):
            log.warning("beacon_unreadable")
            return
        self._heard[beacon.source] = beacon
        self.changed.set()
