"""One running service: its database, log, relay, readers, deadlines and HTTP application, put together once."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import structlog
from fastapi import FastAPI
from faststream.kafka import KafkaBroker

from contracts import calendar
from eventing.beacons import Beacons
from eventing.builds import KEPT, collect
from eventing.clock import Clock
from eventing.database import SPINE, Pool, migrate, open_pool
from eventing.deadline_table import DeadlineTable
from eventing.execution import Execution
from eventing.feed import Log
from eventing.fold import Fold
from eventing.kept_clock import KeptClock
from eventing.parking import parked_counts
from eventing.policies import reader_of
from eventing.reactions import DeadlineRunner, PolicySink
from eventing.read_models import ReadModel
from eventing.reader.leases import Leases
from eventing.reader.reader import Place, Reader, Sink
from eventing.reader.whole import Origin
from eventing.rebuild import Means
from eventing.relay.publisher import Publisher
from eventing.relay.relay import Relay
from eventing.service import Service
from eventing.shell.counter import Doorman
from eventing.shell.health import Health
from eventing.shell.kept_model import KeptModel
from eventing.shell.metrics import Metrics
from eventing.shell.origins import origin_of
from eventing.shell.settings import Misconfigured, Settings
from eventing.shell.tokens import Verifier
from eventing.standing import Standing, standing
from eventing.store.postgres import PostgresStore
from eventing.tasks import keep_running
from eventing.topics import source_of
from eventing.vault import Vault, WrongKey
from eventing.vault_table import try_key
from eventing.views import View, open_view
from eventing.witnesses import Peers, Witnesses

_KEPT_ANSWERS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class World:
    """What the services of one process share. `token` gives a bearer token that may read feeds and operate; `peers`
    are the platform's services, here or elsewhere."""

    settings: Settings
    clock: Clock
    verifier: Verifier
    health: Health
    metrics: Metrics
    broker: KafkaBroker
    beacons: Beacons
    http: httpx.AsyncClient
    token: Callable[[], str]
    peers: tuple[str, ...] = ()


class Runtime:
    """Opened by `open`, kept running by `run`, ended by `close`."""

    app: FastAPI

    def __init__(self, service: Service, world: World, dsn: str, pool: Pool) -> None:
        self.service, self.settings, self.clock = service, world.settings, world.clock
        self.verifier, self.health, self.metrics = world.verifier, world.health, world.metrics
        self.pool, self._world = pool, world
        self.journal = structlog.get_logger(service=service.name).bind()  # bound once: a command logs a line
        self.reading = Doorman(world.settings.public_reads_per_minute)
        self.entering = Doorman(world.settings.public_commands_per_minute)
        self.source = source_of(world.settings.region, service.name)
        others = tuple(name for name in world.peers if name != service.name)
        self.relay = Relay(
            pool,
            dsn,
            self.source,
            Publisher(world.settings.kafka),
            world.health,
            world.settings.relay_poll_seconds,
            Witnesses(
                self.source,
                world.settings.kafka,
                Peers(others, world.http, world.settings.gateway, world.token),
            ),
        )
        self.log = Log(pool, self.relay.sealed)
        self._leases = Leases(dsn, f"readers {service.name}")
        self._dsn = dsn
        self._reacting: list[Reader] = []
        self._models: list[KeptModel] = []
        self._readable: dict[str, ReadModel | View] = {}

    @classmethod
    async def open(cls, service: Service, world: World, dsn: str) -> "Runtime":
        """Migrate, open views and read models, and put the positions of all readers in place."""
        pool = await open_pool(dsn, service.name, world.settings.pool_size)
        await migrate(pool, SPINE)
        runtime = cls(service, world, dsn, pool)
        await pool.execute("insert into head (source) values ($1) on conflict do nothing", runtime.source)
        await runtime._open_log()
        await runtime._open_readers()
        return runtime

    async def _open_log(self) -> None:
        views = []
        for fold in self.service.views:
            table = await open_view(self.pool, fold)
            views.append(table)
            self._readable[fold.name] = View(self.pool, table, self.source)
        clocks = DeadlineTable(self.service.deadlines, calendar.load())
        await clocks.derive_again(self.pool)
        self.vault = await self._open_vault()
        self._store = PostgresStore(self.pool, views, clocks, self.service.erasures)
        self.execution = Execution(
            self._store,
            self.service.decisions,
            self.source,
            self.clock,
            f"{self.settings.public_url}/schemas",
            self.relay.gate if self.service.decisions else None,
            self.vault,
        )
        self.deadlines = DeadlineRunner(
            self.pool, clocks, self._store, self.execution, self.clock, self.relay.appended.set
        )

    async def _open_vault(self) -> Vault | None:
        if all(decision.keeps is None for decision in self.service.decisions):
            return None
        if self.settings.vault_key is None:
            raise Misconfigured(f"GONGLIAN_VAULT_KEY: {self.service.name} keeps what may not leave it")
        vault = Vault(self.settings.vault_key, self.service.name)
        try:
            await try_key(self.pool, vault)
        except WrongKey:
            raise Misconfigured("GONGLIAN_VAULT_KEY: what lies in the vault was encrypted by another key") from None
        return vault

    async def _open_readers(self) -> None:
        means = Means(self.pool, self._dsn, self._leases, self._world.beacons)
        for fold in dict.fromkeys(fold for folds in self.service.read_models.values() for fold in folds):
            contexts = [context for context, folds in self.service.read_models.items() if fold in folds]
            model = KeptModel(fold, [self._origin(context) for context in contexts], means, self.health)
            await model.open()
            self._models.append(model)
            self._readable[fold.name] = model.asked
        for context, policies in self.service.policies.items():
            sink = PolicySink(policies, self._store, self.execution, self.relay.appended.set)
            await self._open_reader(reader_of(policies), context, sink)

    def _origin(self, context: str) -> Origin:
        return origin_of(context, self.settings, self._world.broker, self._world.http, self._world.token)

    async def _open_reader(self, name: str, context: str, sink: Sink) -> None:
        origin = self._origin(context)
        place = Place(name, origin.source)
        reader = Reader(place, self.pool, self._leases, origin.tap, origin.feed, self._world.beacons, sink, self.health)
        await reader.begin()
        self._reacting.append(reader)

    @property
    def readers(self) -> list[Reader]:
        """All that read now: policies' readers, and those of the read models' live builds."""
        return [*self._reacting, *(reader for model in self._models for reader in model.readers)]

    def readable(self, fold: Fold) -> ReadModel | View:
        """The view or read model of that fold, to be asked."""
        return self._readable[fold.name]

    async def run(self) -> None:
        """Everything that goes on beside the requests; for ever."""
        work: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
            "leases": self._leases.run,
            "measures": self._measure,
            "answers": self._forget_answers,
            "builds": self._collect_builds,
        }
        if not isinstance(self.clock, KeptClock):  # there, whoever plays has it fired once all services' clocks are set
            work["deadlines"] = self._fire_deadlines
        if self.service.decisions:
            work["relay"] = self.relay.run
        for reader in self._reacting:
            work[f"reader {reader.place.reader}"] = reader.run
        for model in self._models:
            work[f"read model {model.fold.name}"] = model.run
        async with asyncio.TaskGroup() as group:
            for part, job in work.items():
                group.create_task(keep_running(f"{self.service.name} {part}", job, self.health))

    async def close(self) -> None:
        await self.relay.stop()
        await self.pool.close()

    async def _fire_deadlines(self) -> None:
        while True:
            await self.deadlines.fire_due()
            await asyncio.sleep(1)

    async def _measure(self) -> None:
        name = self.service.name
        while True:
            if self.service.decisions:
                events, seconds = await self.relay.lag()
                self.metrics.relay_lag_events.labels(name).set(events)
                self.metrics.relay_lag_seconds.labels(name).set(seconds)
            self.metrics.deadline_lag_seconds.labels(name).set(await self.deadlines.lag_seconds())
            for reader in self.readers:
                beacon = self._world.beacons.of(reader.place.source)
                behind = max(0, beacon.sequence - reader.position.sequence) if beacon else 0
                self.metrics.reader_lag_events.labels(reader.place.reader, reader.place.source).set(behind)
            await self._measure_parked()
            await asyncio.sleep(2)

    async def _measure_parked(self) -> None:
        ours = {(reader.place.reader, reader.place.source) for reader in self.readers}
        for row in await parked_counts(self.pool):
            if (labels := (row["reader"], row["source"])) in ours:
                self.metrics.parked_streams.labels(*labels).set(row["parked"])
                self.metrics.unknown_events.labels(*labels).set(row["unknown"])
                self.metrics.unreadable_records.labels(*labels).set(row["unreadable"])

    async def _forget_answers(self) -> None:
        while True:
            await self.pool.execute("delete from answer where at < $1", datetime.now(UTC) - _KEPT_ANSWERS)
            await asyncio.sleep(3600)

    async def standing(self) -> Standing:
        """How far it is, all of one instant."""
        policies = [reader_of(ours) for ours in self.service.policies.values()]
        folds = [fold.name for ours in self.service.read_models.values() for fold in ours]
        return await standing(self.pool, policies, folds)

    async def _collect_builds(self) -> None:
        while True:
            await collect(self.pool)
            await asyncio.sleep(KEPT.total_seconds())
