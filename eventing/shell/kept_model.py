"""One read model of a running service: its live build's readers, whichever build is live; a changed fold, made anew."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from eventing.builds import Build, Dropped, fingerprint, live_build
from eventing.fold import Fold
from eventing.folding import Pace
from eventing.lease import GONE, LeaseLost
from eventing.read_models import ReadModel
from eventing.reader.reader import Forked, Reader
from eventing.reader.source import FeedUnreachable
from eventing.reader.whole import Origin
from eventing.rebuild import Held, Means, Progress, Rebuild, Stuck
from eventing.shell.health import Health
from eventing.tasks import until_one_ends

log = structlog.get_logger()

_LOOK = 1.0
"""Seconds between two looks for a swap by another process."""
_WAITS = (*GONE, FeedUnreachable, LeaseLost)
_GENTLY = Pace(resting=True)


class KeptModel:
    """`open` puts things in place, `run` keeps them going for ever.

    A build by another version of the fold is replaced if it was there when this process started: what another version
    makes later, beside us or after us, is left to it, or the two would replace each other's for ever.
    """

    def __init__(self, fold: Fold, origins: Sequence[Origin], means: Means, health: Health) -> None:
        self.fold = fold
        self.readers: list[Reader] = []
        self.asked = ReadModel(means.pool, fold, means.beacons)
        self._origins, self._means, self._health = origins, means, health
        self._away = False
        self._mark, self._found = fingerprint(fold), 0
        self._part = f"read model {fold.name}"
        self._absent: str | None = "beginning"
        """Why no readers of ours go on, where some should."""

    async def open(self) -> None:
        """Find the live build."""
        live = await live_build(self._means.pool, self.fold)
        self._found = live.id if live is not None else 0

    async def run(self) -> None:
        """For ever."""
        while True:
            live = await live_build(self._means.pool, self.fold)
            if live is not None and live.mark == self._mark:
                await self._keep(live)
            elif live is None or live.id == self._found:
                await self._make(live)
            else:
                self._absent = None
                self._health.up(self._part, "kept by another version")
                await self._until_other(live)

    async def _keep(self, live: Build) -> None:
        self.readers = [self._means.reader(live, origin, self._health) for origin in self._origins]
        self._absent, self._away = None, False
        self._health.up(self._part)
        try:
            await until_one_ends(*(reader.run() for reader in self.readers), self._until_other(live))
        finally:
            self._absent = "changing over"
            for reader in self.readers:
                self._health.forget(f"reader {reader.place.reader} of {reader.place.source}")
            self.readers = []

    async def _until_other(self, live: Build) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            try:
                now = await live_build(self._means.pool, self.fold)
            except GONE:
                continue
            if now is None or now.id != live.id:
                return

    async def _make(self, live: Build | None) -> None:
        """Once; whoever calls looks again and finds it made, or not yet."""
        self._absent = "being rebuilt"
        if live is not None and await self.asked.fits(self._means.pool, live):
            self._health.up(self._part, "being rebuilt")
        elif not self._away:
            self._health.down(self._part, "being built")
        try:
            rebuild = Rebuild(self.fold, self._origins, self._means, pace=_GENTLY, progress=Progress(tell=self._tell))
            made = await rebuild.run()
            log.info("read_model_rebuilt", model=made.name, build=made.build, events=made.events)
        except Held:
            if None in [await origin.head() for origin in self._origins]:
                self._wait_for_source()  # who makes it waits for the same
            await asyncio.sleep(_LOOK)
        except (Stuck, Forked, Dropped) as stuck:
            self._health.down(self._part, f"stuck: {type(stuck).__name__}")
            log.error("rebuild_stuck", model=self.fold.name, error=str(stuck))
            await asyncio.sleep(5 * _LOOK)
        except _WAITS as away:
            if isinstance(away, FeedUnreachable):
                self._wait_for_source()
            log.warning("rebuild_waits", model=self.fold.name, error=type(away).__name__)
            await asyncio.sleep(_LOOK / 5)

    def _wait_for_source(self) -> None:
        """Nobody is unready for it: what goes by other sources is answered."""
        self._away = True
        self._health.up(self._part, "its source is away")

    def _tell(self, done: int, total: int | None) -> None:
        log.debug("rebuild_progress", model=self.fold.name, done=done, total=total)

    def behind(self, heads: Mapping[str, int]) -> list[str]:
        """Its readers that have not come to their log's head; or that it has none at the moment."""
        if self._absent is not None:
            return [f"{self.fold.name} ({self._absent})"]
        return [
            f"{reader.place.reader} at {reader.place.source}@{reader.position.sequence}"
            for reader in self.readers
            if reader.position.sequence < heads.get(reader.place.source, 0)
        ]
