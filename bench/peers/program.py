"""A program of others, as our child: it ends with the block that it runs in, and never outlives us."""

import asyncio
import ctypes
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

_PR_SET_PDEATHSIG = 1


@asynccontextmanager
async def running(command: Sequence[str | Path], folder: Path, log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Started in `folder`, what it says goes to `log`; killed when the block ends. From the main thread only."""
    libc, parent = ctypes.CDLL(None), os.getpid()

    def die_with_the_bench() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            preexec_fn=die_with_the_bench,
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
