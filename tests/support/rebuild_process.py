"""A rebuild in a process of its own that dies by kill -9 at a step: `-m … OWN_DSN LOG_DSN BROKER SOURCE STEP`."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

from eventing.builds import Build
from eventing.database import PooledConnection, open_pool
from eventing.folding import Folding
from eventing.rebuild import Rebuild
from tests.support.building import Builder
from tests.support.logs import LogUnderTest

STEPS = ("folding", "filling", "written", "reading on")


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _DiesFilling(Folding):
    async def write(self, connection: PooledConnection) -> None:
        await super().write(connection)
        _die()


class Dying(Rebuild):
    """Dies at the step."""

    step = ""

    async def _fold(self, build: Build, heads: Mapping[str, int | None]) -> int:
        if self.step == "folding":
            self.progress.tell = lambda done, total: _die()
        folded = await super()._fold(build, heads)
        if self.step == "written":
            _die()
        return folded

    async def _write(self, build: Build, folding: Folding, at: Any) -> None:
        if self.step == "filling":
            folding.__class__ = _DiesFilling
        await super()._write(build, folding, at)

    async def _read_on(self, build: Build, heads: Mapping[str, int]) -> None:
        if self.step == "reading on":
            heads = {source: head + 1 for source, head in heads.items()}  # never there: it reads on until it dies
            self.progress.tell = lambda done, total: _die()
        await super()._read_on(build, heads)


async def main(own_dsn: str, log_dsn: str, bootstrap: str, source: str, step: str) -> None:
    log = LogUnderTest(await open_pool(log_dsn, "log"), log_dsn, bootstrap, source)
    Dying.step = step
    await Builder(log, await open_pool(own_dsn, "rebuild process"), own_dsn).run(kind=Dying)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:6]))
