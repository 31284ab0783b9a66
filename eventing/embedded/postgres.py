"""A PostgreSQL 18 of our own on the data of one home: started with us, durable, gone with us."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from eventing.embedded.cannot_start import CannotStart
from eventing.embedded.child import RunAs, give, run_as, spawn
from eventing.embedded.cluster import (
    Creation,
    binaries,
    end_of,
    ended,
    forget_last_run,
    says_ready,
    wait_until_left,
)
from eventing.embedded.databases import ensure_databases
from eventing.embedded.home import MEBIBYTE, Home
from eventing.embedded.sockets import PORT, make_socket_folder, remove_socket_folder

# Only the standard library above: `start` runs before the platform's heavy imports, beside which the server comes up.

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # After a kill every file is synced first: 3,000 one by one took 1.7-5.7 s on a busy disk, syncfs 0.5 s.
    **({"recovery_init_sync_method": "syncfs"} if sys.platform == "linux" else {}),
}
LOG_LIMIT = 10 * MEBIBYTE
LAST_RUN = 15.0
PATIENCE = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 6.0), (signal.SIGKILL, 5.0))


def dsn_by(sockets: Path, database: str, user: str | None = None) -> str:
    """The address of a database of the server whose socket lies in that folder."""
    return (
        f"postgresql://{quote(user or database, safe='')}@/{quote(database, safe='')}"
        f"?host={quote(str(sockets), safe='')}&port={PORT}&sslmode=disable"
    )


class Postgres:
    """`start` from the main thread, `await wait_ready()`, `await ensure([…])`, and at the end `stop`."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._who: RunAs | None = None
        self._creation: Creation | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._sockets: Path | None = None

    def start(self) -> None:
        """Spawn the server, or initdb when there is no cluster yet, and return at once."""
        assert self._home.is_open, "the home's lock is what keeps a second server off the data"
        assert self._who is None, "started already"
        if self._home.log.exists() and self._home.log.stat().st_size > LOG_LIMIT:
            self._home.log.replace(self._home.log.with_suffix(".log.1"))
        self._who = run_as(binaries() / "postgres", self._home.root)
        if self._home.cluster.exists():
            self._serve(self._who)
        else:
            self._creation = Creation(self._home, self._who)

    async def wait_ready(self, timeout: float = 60) -> None:
        """Until it accepts connections; recovery after a kill takes its time. Call it on the main thread too."""
        assert self._who is not None, "not started"
        try:
            async with asyncio.timeout(timeout):
                if self._creation is not None:
                    await self._created(self._creation)
                    self._serve(self._who)
                while not says_ready(self._home.cluster, self.pid):
                    if not self.alive():
                        raise self._failed("PostgreSQL 没有启动", "PostgreSQL did not start")
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise self._failed(
                f"PostgreSQL 在 {timeout:g} 秒内没有就绪", f"PostgreSQL was not ready in {timeout:g} s"
            ) from None

    def dsn(self, database: str = "postgres", user: str | None = None) -> str:
        """For `asyncpg.connect` and `create_pool`. The user is the database's owner unless named."""
        assert self._sockets is not None, "not started"
        return dsn_by(self._sockets, database, user)

    async def ensure(self, databases: Sequence[str]) -> None:
        """For each name a role, and a database that it owns and no other role may enter; again and again."""
        await ensure_databases(self.dsn(), databases)

    def alive(self) -> bool:
        return self._server is not None and self._server.poll() is None

    @property
    def pid(self) -> int | None:
        """The postmaster's."""
        return self._server.pid if self._server is not None else None

    def stop(self) -> None:
        """Fast shutdown, then harder; blocks until nothing of it runs."""
        if self._creation is not None:
            self._creation.abandon()
            self._creation = None
        if self._server is not None:
            for number, patience in PATIENCE:
                self._server.send_signal(number)
                if ended(self._server, patience):
                    break
            self._server = None
            wait_until_left(self._home.cluster, LAST_RUN)
        if self._sockets is not None:
            remove_socket_folder(self._home)
            self._sockets = None
        self._who = None

    async def _created(self, creation: Creation) -> None:
        if await asyncio.to_thread(creation.process.wait) != 0:
            creation.abandon()
            raise self._failed("PostgreSQL 未能建立数据目录", "PostgreSQL could not create its data")
        creation.finish()
        self._creation = None

    def _serve(self, who: RunAs) -> None:
        home = self._home
        forget_last_run(home.cluster, LAST_RUN)
        give(who, home.cluster)
        self._sockets = make_socket_folder(home, who)
        settings = SETTINGS | {"unix_socket_directories": str(self._sockets)}
        options = [text for name, value in settings.items() for text in ("-c", f"{name}={value}")]
        self._server = spawn([binaries() / "postgres", "-D", home.cluster, *options], who, home.log)

    def _failed(self, zh: str, en: str) -> CannotStart:
        log = self._home.log
        return CannotStart("postgres-failed", f"{zh}，见 {log}", f"{en}, see {log}:\n{end_of(log)}")
