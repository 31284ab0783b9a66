"""The faults, each real and each ended by itself; which one comes when, a seed decides."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable

import asyncpg

from eventing.lease import IDLE
from tests.support.native_kafka import NativeKafka
from tests.support.stage import SERVICES, Replica, Stage

KILLS = ("service killed", "postgres killed", "kafka killed")


class Faults:
    """`one` does the next fault and returns when its cause is over; `done` counts them by name."""

    def __init__(self, stage: Stage, kafka: NativeKafka, seed: int) -> None:
        self._stage, self._kafka = stage, kafka
        self._random, self.done = random.Random(seed), Counter[str]()
        self._table: dict[str, tuple[int, Callable[[], Awaitable[None]]]] = {
            "service killed": (12, self._kill_service),
            "service frozen past its leases": (2, self._freeze_service),
            "service stopped": (2, self._stop_service),
            "postgres killed": (2, self._kill_postgres),
            "postgres restarted": (1, self._restart_postgres),
            "database connections cut": (3, self._cut_database),
            "kafka killed": (2, self._kill_kafka),
            "kafka frozen": (1, self._freeze_kafka),
            "kafka connections cut": (3, self._cut_kafka),
        }

    @property
    def kills(self) -> int:
        return sum(self.done[name] for name in KILLS)

    async def one(self) -> str:
        names = list(self._table)
        (name,) = self._random.choices(names, [self._table[name][0] for name in names])
        await self._table[name][1]()
        self.done[name] += 1
        return name

    async def pause(self) -> None:
        await asyncio.sleep(self._random.uniform(0.3, 2.0))

    def _some(self) -> Replica:
        return self._random.choice(self._stage.replicas)

    async def _kill_service(self) -> None:
        replica = self._some()
        await asyncio.to_thread(replica.kill)
        await self.pause()
        replica.start()

    async def _stop_service(self) -> None:
        replica = self._some()
        await asyncio.to_thread(replica.stop)
        await self.pause()
        replica.start()

    async def _freeze_service(self) -> None:
        replica = self._some()
        replica.send(signal.SIGSTOP)
        await asyncio.sleep(IDLE + self._random.uniform(1, 4))
        replica.send(signal.SIGCONT)

    async def _kill_postgres(self) -> None:
        await self._stage.restart_postgres(signal.SIGKILL)

    async def _restart_postgres(self) -> None:
        await self._stage.restart_postgres(signal.SIGINT)

    async def _cut_database(self) -> None:
        connection = await asyncpg.connect(self._stage.dsn(self._random.choice(SERVICES)))
        try:
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                " and datname = current_database()"
            )
        finally:
            await connection.close()

    async def _kill_kafka(self) -> None:
        await asyncio.to_thread(self._kafka.kill)
        await self.pause()
        await asyncio.to_thread(self._kafka.start)

    async def _freeze_kafka(self) -> None:
        self._kafka.freeze()
        await asyncio.sleep(self._random.uniform(3, 8))
        self._kafka.thaw()

    async def _cut_kafka(self) -> None:
        await self._stage.proxy.cut()
        await self.pause()
        await self._stage.proxy.restore()
