"""The sinks that one would take instead: QuixStreams' and Debezium's into PostgreSQL, beside a rebuild from Kafka."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.ground import Ground
from bench.handler import TABLE
from bench.made_log import SOURCE
from bench.peers import connect
from bench.peers.connect import Connect
from bench.peers.program import running
from bench.peers.rows import Row, rows_after, with_schema
from bench.peers.target import Target
from bench.rebuild import sealed_log
from bench.report import Finding
from bench.rounds import Scale, Spread, alternate, ratio
from bench.spine import Acknowledged
from contracts.cloudevent import Sealed
from eventing.beacons import Beacons
from eventing.database import Pool
from eventing.feed import Log
from eventing.reader.leases import Leases
from eventing.reader.tap import Tap, consuming_broker
from eventing.reader.whole import Origin, Way
from eventing.rebuild import Means, Rebuild
from eventing.signals import Signal
from eventing.topics import HEADS, topic_of
from services.projection.scoreboard import SCOREBOARD

PYTHON = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
_EVENTS, _ROWS = 60_000, "bench-rows"
_HOW = f"""{_EVENTS:,} sealed events of enterprises' lives in a topic (a quick run: fewer), six an enterprise, each side
from the topic's beginning into a fresh database. Ours is a rebuild of the scoreboard from Kafka: lease, chain checked,
rows and aggregates, position, swap; all of it is timed, from the call on. QuixStreams keeps each enterprise's row in
its state, lays what an event tells over it and upserts by its PostgreSQL sink, 2,000 messages a commit. Debezium's JDBC
sink can't fold: a record is a whole row to it, and what the record leaves out it would overwrite. So it gets a topic
made beforehand, in which somebody else has folded: after each event the enterprise's row, with its schema. What it does
then is measured: it keeps the last row of each key of a batch (2,000) and upserts these by one statement. Both of them
are timed from the first row that is seen, without their start, and their rows must be the fold's in the end. Neither
checks a chain, keeps aggregates or swaps."""


class _OwnFeed:
    """The feed without HTTP between."""

    limit = 1000

    def __init__(self, pool: Pool, events: int) -> None:
        self._log, self._events = Log(pool, Signal()), events

    async def texts(self, sequence: int, wait: float = 0.0) -> Sequence[bytes]:
        return [entry.text for entry in await self._log.after(sequence, self.limit, wait)]

    async def after(self, sequence: int, wait: float = 0.0) -> Sequence[Sealed]:
        return [Sealed.read(text) for text in await self.texts(sequence, wait)]

    async def head(self) -> int:
        return self._events


async def measure(ground: Ground, scale: Scale) -> Finding:
    if not PYTHON.exists():
        raise SystemExit("QuixStreams isn't installed: make bench-peers")
    events = scale.of(_EVENTS) // 6 * 6
    log_dsn = await sealed_log(ground, events)
    async with (
        ground.pool(log_dsn) as log,
        Connect.standing(ground.folder, ground.broker.address) as debezium,
    ):
        feed = _OwnFeed(log, events)
        texts = [text for after in range(0, events, 1000) for text in await feed.texts(after)]
        rows = list(rows_after(texts))
        folded = {str(row["enterprise"]): row for row in rows}
        # By enterprise, as the relay does it: QuixStreams keeps its state by the record's key.
        keys = [str(row["enterprise"]).encode() for row in rows]
        await _publish(ground, topic_of(SOURCE), list(zip(keys, texts, strict=True)))
        await _publish(ground, _ROWS, list(zip(keys, map(with_schema, rows), strict=True)))

        async def ours() -> float:
            dsn = await ground.database()
            async with ground.pool(dsn) as pool:
                started = time.perf_counter()
                kafka = consuming_broker(ground.broker.address)
                origin = Origin(SOURCE, feed, Tap(kafka, topic_of(SOURCE), 10))
                means = Means(pool, dsn, Leases(dsn, "bench"), Beacons(Tap(kafka, HEADS, 10)))
                await Rebuild(SCOREBOARD, [origin], means, Way.KAFKA).run()
                return events / (time.perf_counter() - started)

        async def quix() -> float:
            return await _quix(ground, folded, events)

        async def jdbc() -> float:
            async with Target.fresh(ground) as target, debezium.sink(_ROWS, target):
                return await target.timed(connect.TABLE, folded, events, debezium.log)

        rates = await alternate(scale.rounds, {"ours": ours, "QuixStreams": quix, "Debezium": jdbc})
    ratios = [ratio(f"ours / {name}", rates["ours"], rates[name]) for name in ("QuixStreams", "Debezium")]
    told = [(name, Spread.over(rate)) for name, rate in rates.items()]
    return Finding("Peers' sinks", _HOW, "events/s", told, ratios)


async def _quix(ground: Ground, folded: Mapping[str, Row], events: int) -> float:
    async with Target.fresh(ground) as target:
        await target.connection.execute(TABLE.replace("_on date", "_on text"))
        log = ground.folder / f"quix-{target.database}.log"
        where = (target.sockets, target.port, target.database, target.user)
        command: list[str | Path] = [
            PYTHON,
            Path(__file__).with_name("quix.py"),
            ground.broker.address,
            topic_of(SOURCE),
            *where,
        ]
        async with running(command, ground.folder, log):
            return await target.timed("ledger", folded, events, log)


async def _publish(ground: Ground, topic: str, records: Sequence[tuple[bytes, bytes]]) -> None:
    ground.broker.ensure_topics([HEADS, topic])
    publisher = Acknowledged(ground.broker.address, len(records))
    for start in range(0, len(records), 5000):
        await publisher.send(topic, records[start : start + 5000])
    await publisher.discard()
