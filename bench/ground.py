"""What the measurements stand on: an embedded PostgreSQL and broker of their own, databases, and child processes."""

import asyncio
import itertools
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from eventing.database import SPINE, Pool, migrate, open_pool
from eventing.embedded import Home, MockBroker, Postgres
from tests.support.native_kafka import NativeKafka

_NUMBERS = itertools.count(1)
POOL = 5  # connections, as a service has by default


class Ground:
    """One for the whole run."""

    def __init__(self, folder: Path, postgres: Postgres, broker: MockBroker | NativeKafka) -> None:
        self.folder, self.broker, self._postgres = folder, broker, postgres

    async def database(self) -> str:
        """A fresh database; the address."""
        name = f"bench{next(_NUMBERS)}"
        await self._postgres.ensure([name])
        return self._postgres.dsn(database=name)

    async def copy(self, dsn: str) -> str:
        """Another database with the same content, on which nobody may work meanwhile; the address."""
        owner, name = dsn.partition("//")[2].partition("@")[0], f"bench{next(_NUMBERS)}"
        connection = await asyncpg.connect(self._postgres.dsn())
        try:
            await connection.execute(f"create database {name} template {owner} owner {owner}")
            await connection.execute("checkpoint")
        finally:
            await connection.close()
        return self._postgres.dsn(database=name, user=owner)

    @asynccontextmanager
    async def pool(self, dsn: str, size: int = POOL) -> AsyncIterator[Pool]:
        """Connections to a database that has the spine's tables."""
        pool = await open_pool(dsn, "bench", size)
        try:
            await migrate(pool, SPINE)
            yield pool
        finally:
            await pool.close()


BROKERS: Mapping[str, Callable[[Path], MockBroker | NativeKafka]] = {
    "mock": lambda _: MockBroker(),
    "native": lambda folder: NativeKafka(folder / "kafka"),
}


@contextmanager
def standing(kafka: str = "mock") -> Iterator[Ground]:
    """Everything up while the block runs, in a folder that is gone afterwards. To be entered on the main thread."""
    with TemporaryDirectory(prefix="gonglian-bench-") as folder:
        home = Home(Path(folder, "data"))
        home.open()
        postgres, broker = Postgres(home), BROKERS[kafka](Path(folder))
        try:
            postgres.start()
            asyncio.run(postgres.wait_ready())
            broker.start()
            yield Ground(home.root, postgres, broker)
        finally:
            broker.stop()
            postgres.stop()
            home.close()


class Child:
    """`python -m module arguments…`: says a first line when it is ready, and ends when its stdin does."""

    def __init__(self, process: asyncio.subprocess.Process, said: str) -> None:
        self._process, self.said = process, said

    @classmethod
    async def start(cls, log: Path, module: str, *arguments: str) -> "Child":
        pipe = asyncio.subprocess.PIPE
        with log.open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", module, *arguments, stdin=pipe, stdout=pipe, stderr=errors
            )
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), 120)
        if not line:
            said = await asyncio.to_thread(log.read_text)
            raise RuntimeError(f"{module} did not start:\n{said[-2000:]}")
        return cls(process, line.decode().strip())

    async def line(self, seconds: float = 120) -> str:
        """What it says next."""
        assert self._process.stdout is not None
        return (await asyncio.wait_for(self._process.stdout.readline(), seconds)).decode().strip()

    async def end(self) -> str:
        """End it; what it said after its first line. Again: nothing."""
        if self._process.returncode is not None:
            return ""
        try:
            rest, _ = await asyncio.wait_for(self._process.communicate(b""), 15)
        except TimeoutError:
            self._process.kill()
            raise
        return rest.decode()
