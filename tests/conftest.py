"""What every test may have: one PostgreSQL and one broker for the whole run, and a fresh database for each asking."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import settings

from eventing.database import SPINE, Pool, migrate, open_pool
from eventing.embedded import Home, MockBroker, Postgres
from tests.support.platform_process import PlatformProcess

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL of the embedded kind, gone with the run."""

    home = Home(tmp_path_factory.mktemp("gonglian") / "data")
    home.open()
    server = Postgres(home)
    server.start()
    try:
        asyncio.run(server.wait_ready())
        yield server
    finally:
        server.stop()
        home.close()


@pytest.fixture(scope="session")
def broker() -> Iterator[MockBroker]:
    """A broker of the embedded kind."""
    broker = MockBroker()
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
async def dsn(postgres: Postgres) -> str:
    """A fresh database with the spine's tables."""
    name = f"test{next(_NUMBERS)}"
    await postgres.ensure([name])
    return postgres.dsn(database=name)


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[Pool]:
    """Connections to that database."""
    pool = await open_pool(dsn, "test", 20)
    await migrate(pool, SPINE)
    yield pool
    await pool.close()


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformProcess]:
    """One platform on played time from 6 May 2025, for all tests that don't stop it."""
    process = PlatformProcess(tmp_path_factory.mktemp("platform") / "data")
    process.start("--played-from", "2025-05-06T09:00:00")
    yield process
    process.stop()
