"""What every test may have: one PostgreSQL and one broker for the whole run, and a fresh database for each asking."""

import asyncio
import functools
import itertools
from collections.abc import AsyncIterator, Iterator

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import settings

from eventing.database import SPINE, Pool, migrate, open_pool
from eventing.embedded import Home, Postgres
from tests.support.brokers import KINDS, Broker, why_not
from tests.support.native_kafka import NativeKafka
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


def pytest_addoption(parser: pytest.Parser) -> None:
    kinds = ", ".join(KINDS)
    parser.addoption("--kafka", default="mock", help=f"brokers to run on, separated by commas: {kinds}")
    parser.addoption("--require", default="", help="those of them without which the run fails")


def pytest_configure(config: pytest.Config) -> None:
    for kind in filter(None, (*_kinds(config), *config.getoption("--require").split(","))):
        if kind not in KINDS:
            raise pytest.UsageError(f"--kafka: no broker {kind!r}; there are {', '.join(KINDS)}")
    for kind in filter(None, config.getoption("--require").split(",")):
        if kind not in _kinds(config) or (reason := why_not(kind)) is not None:
            raise pytest.UsageError(f"--require {kind}: {reason if kind in _kinds(config) else 'not in --kafka'}")


def _kinds(config: pytest.Config) -> list[str]:
    kinds: list[str] = config.getoption("--kafka").split(",")
    return kinds


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "broker" in metafunc.fixturenames and (kinds := _kinds(metafunc.config)) != ["mock"]:
        metafunc.parametrize("broker", [_runnable(kind) for kind in kinds], indirect=True, scope="session")


@functools.cache
def _runnable(kind: str) -> ParameterSet:
    reason = why_not(kind)
    return pytest.param(kind, marks=pytest.mark.skip(reason=f"{kind}: {reason}") if reason else ())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On other brokers than the mock, only what meets a broker; what needs a Kafka of its own, only with `native`."""
    kinds = _kinds(config)
    meets = [item for item in items if {"broker", "kafka"} & set(getattr(item, "fixturenames", ()))]
    if kinds != ["mock"]:
        config.hook.pytest_deselected(items=[item for item in items if item not in meets])
        items[:] = meets
    reason = why_not("native") if "native" in kinds else "it kills a Kafka of its own: make test-kafka"
    for item in items:
        if reason is not None and "kafka" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def broker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker that stands for the whole run: the embedded mock, or what `--kafka` says."""
    with KINDS[getattr(request, "param", "mock")](tmp_path_factory.mktemp("broker")) as broker:
        yield broker


@pytest.fixture(scope="session")
def own_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NativeKafka]:
    """A native Kafka for all tests that do it harm. Take `kafka`."""
    kafka = NativeKafka(tmp_path_factory.mktemp("kafka"))
    yield kafka
    kafka.kill()


@pytest.fixture
def kafka(own_kafka: NativeKafka) -> NativeKafka:
    """A native Kafka to be killed, frozen and wiped; it runs when the test begins, and may hold others' topics."""
    if own_kafka.running:
        own_kafka.thaw()
    else:
        own_kafka.kill()
        own_kafka.start()
    return own_kafka


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


@pytest.fixture
async def own_dsn(dsn: str, postgres: Postgres) -> str:
    """A second database, a reader's own, beside the log's."""
    name = f"{dsn.split('?')[0].rsplit('/', 1)[1]}own"
    await postgres.ensure([name])
    return postgres.dsn(database=name)


@pytest.fixture
async def own(own_dsn: str) -> AsyncIterator[Pool]:
    """Connections to that one."""
    own = await open_pool(own_dsn, "own", 10)
    await migrate(own, SPINE)
    yield own
    await own.close()


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformProcess]:
    """One platform on played time from 6 May 2025, for all tests that don't stop it."""
    process = PlatformProcess(tmp_path_factory.mktemp("platform") / "data")
    process.start("--played-from", "2025-05-06T09:00:00")
    yield process
    process.stop()
