"""`python -m tests.chaos --seed 1 --kills 5 --events 3000`: writers, faults, and then a verdict. Ends by itself."""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

import asyncpg
import click
import httpx
from rich.console import Console

from eventing.identity import Role
from eventing.shell.issuer import Issuer
from eventing.shell.settings import Settings
from eventing.topics import HEADS, source_of, topic_of
from tests.chaos import verdict
from tests.chaos.faults import Faults
from tests.chaos.writers import ACTOR, Writers
from tests.support.native_kafka import NativeKafka
from tests.support.stage import SERVICES, Stage

SOURCE = source_of("610000", "enterprise")
BESIDE = "stations"
"""Whose log the others read too; nobody writes to it here."""
_QUIET_WITHIN = 180.0


@click.command()
@click.option("--seed", type=int, default=1, help="The same seed brings the same faults in the same order.")
@click.option("--kills", type=int, default=5, help="At least so many kill -9.")
@click.option("--events", type=int, default=3000, help="At least so many events.")
@click.option("--officers", type=int, default=8, help="Writers at once.")
@click.option("--minutes", type=float, default=5.0, help="Faults end after that, whatever was reached.")
@click.option("--json", "as_json", is_flag=True)
def main(seed: int, kills: int, events: int, officers: int, minutes: float, as_json: bool) -> None:
    """Kill, freeze, cut and restart while officers write; then see whether every promise was kept."""
    folder, say = Path(mkdtemp(prefix="gonglian-chaos-")), Console(stderr=True)
    kafka = NativeKafka(folder / "kafka")
    stage = Stage(folder, kafka)
    kafka.start()
    try:
        report = asyncio.run(_chaos(stage, kafka, seed, kills, events, officers, 60 * minutes, say))
    finally:
        kafka.stop()
    say.print(f"logs in {folder}")
    click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2))
    sys.exit(1 if report["broken"] or report["short"] else 0)


async def _chaos(
    stage: Stage,
    kafka: NativeKafka,
    seed: int,
    kills: int,
    events: int,
    officers: int,
    seconds: float,
    say: Console,
) -> dict[str, object]:
    try:
        await stage.up([HEADS, *(topic_of(source_of("610000", name)) for name in (*SERVICES, BESIDE))])
        await stage.postgres.ensure([BESIDE])
        stage.start(BESIDE)
        await _ready(stage)
        settings, roles = Settings(), [Role.OFFICER, Role.APPROVER, Role.OPERATOR]
        issuer = Issuer(None, settings.issuer, settings.audience, stage.key)
        writers = Writers(
            stage.gateway.targets["enterprise"], issuer.token(ACTOR, roles, "u-610102", timedelta(hours=3)), seed
        )
        faults, started = Faults(stage, kafka, seed), time.monotonic()
        writing = asyncio.ensure_future(writers.run(officers, 1, date.today()))
        written = 0
        while (faults.kills < kills or written < events) and time.monotonic() - started < seconds:
            await faults.pause()
            written = max(written, await _count(stage))
            if faults.kills * events <= written * kills:  # spread over all that is written
                name = await faults.one()
                say.print(
                    f"{time.monotonic() - started:6.1f} s  {name}  ({len(writers.ledger.acknowledged)} acknowledged)"
                )
        writers.stop()
        await asyncio.wait_for(writing, 120)
        lasted = time.monotonic() - started
        say.print(f"{lasted:6.1f} s  waiting for quiet")
        broken = await _quiet(stage)
        return await _judge(stage, writers, faults, broken, seed, lasted, (kills, events))
    finally:
        await stage.down()


async def _ready(stage: Stage) -> None:
    async with httpx.AsyncClient() as client:
        for replica, _ in itertools.product(stage.replicas, range(1)):
            await _until(lambda port=replica.port: _is_ready(client, port), 60)  # type: ignore[misc]


async def _is_ready(client: httpx.AsyncClient, port: int) -> bool:
    try:
        return (await client.get(f"http://127.0.0.1:{port}/readyz", timeout=2)).status_code == 200
    except httpx.TransportError:
        return False


async def _until(condition: Callable[[], Awaitable[bool]], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not await condition():
        if time.monotonic() > until:
            return False
        await asyncio.sleep(0.1)
    return True


async def _count(stage: Stage) -> int:
    try:
        connection = await asyncpg.connect(stage.dsn("enterprise"), timeout=5)
        try:
            return int(await connection.fetchval("select sequence from head"))
        finally:
            await connection.close()
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return 0


async def _quiet(stage: Stage) -> list[str]:
    """Until nothing waits: nothing unsealed or unpublished, no clock due, every reader at the head; twice the same."""
    last: list[int | None] = [None]

    async def quiet() -> bool:
        enterprise, projection = [await asyncpg.connect(stage.dsn(name)) for name in SERVICES]
        try:
            head = await enterprise.fetchval(
                "select sequence from head where published = sequence and not exists (select from unsealed)"
                " and not exists (select from deadline where due_at <= now())"
            )
            behind = 0
            for database in (enterprise, projection):
                behind += await database.fetchval(
                    "select count(*) from position where source = $1 and sequence < $2", SOURCE, head or 0
                )
            still = head is not None and behind == 0 and last[0] == head
            last[0] = head
            return still
        finally:
            await enterprise.close()
            await projection.close()

    return [] if await _until(quiet, _QUIET_WITHIN) else [f"not quiet after {_QUIET_WITHIN:.0f} s"]


async def _judge(
    stage: Stage,
    writers: Writers,
    faults: Faults,
    broken: list[str],
    seed: int,
    lasted: float,
    asked: tuple[int, int],
) -> dict[str, object]:
    texts, ledger = await verdict.sealed_texts(stage.dsn("enterprise")), writers.ledger
    broken += verdict.chain(texts) + verdict.streams_in_order(texts) + verdict.deadlines_once(texts)
    broken += verdict.acknowledged_once(texts, SOURCE, ledger.acknowledged)
    broken += ledger.contradictions
    broken += await verdict.topic_complete(stage.kafka.address, topic_of(SOURCE), texts)
    firsts = {replica.service: replica for replica in reversed(stage.replicas)}
    broken += await verdict.operators_find_nothing(firsts.values())
    return {
        "seed": seed,
        "seconds": round(lasted, 1),
        "acknowledged": len(ledger.acknowledged),
        "sent_again": ledger.repeats,
        "refused": ledger.refused,
        "events": len(texts),
        "kills": faults.kills,
        "faults": dict(faults.done),
        "short": [] if faults.kills >= asked[0] and len(texts) >= asked[1] else [f"asked for {asked}"],
        "broken": broken[:50],
    }


if __name__ == "__main__":
    main()
