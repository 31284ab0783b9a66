"""The sinks that one would take instead: QuixStreams' and Debezium's into PostgreSQL, beside a rebuild from Kafka."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import orjson

from bench.ground import Ground
from bench.handler import TABLE
from bench.made_log import SOURCE
from bench.peers.connect import JdbcSink
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
_PATIENCE = 120.0
_HOW = f"""{_EVENTS:,} sealed events of enterprises' lives in a topic (a quick run: fewer), six an enterprise, each side
from the topic's beginning into a fresh database. Ours is a rebuild of the scoreboard from Kafka: lease, chain checked,
rows and aggregates, position, swap. QuixStreams keeps each enterprise's row in its state, lays what an event tells over
it and upserts by its PostgreSQL sink. Debezium's JDBC sink can't fold: it gets a topic of finished rows, one for each
event, each with its schema, and upserts them (batches of 2,000). Neither of them checks a chain, keeps aggregates or
swaps, and their start is left out: they are timed from the first row that is seen."""


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
    async with ground.pool(log_dsn) as log:
        feed = _OwnFeed(log, events)
        texts = [text for after in range(0, events, 1000) for text in await feed.texts(after)]
        await _publish(ground, topic_of(SOURCE), texts)
        await _publish(ground, _ROWS, _rows(texts))

        async def ours() -> float:
            dsn = await ground.database()
            async with ground.pool(dsn) as pool:
                started = time.perf_counter()
                kafka = consuming_broker(ground.broker.address)
                origin = Origin(SOURCE, feed, Tap(kafka, topic_of(SOURCE), 10))
                means = Means(pool, dsn, Leases(dsn, "bench"), Beacons(Tap(kafka, HEADS, 10)))
                await Rebuild(SCOREBOARD, [origin], means, Way.KAFKA).run()
                return events / (time.perf_counter() - started)

        rates = await alternate(
            scale.rounds,
            {"ours": ours, "QuixStreams": lambda: _quix(ground, events), "Debezium": lambda: _jdbc(ground, events)},
        )
    ratios = [ratio(f"ours / {name}", rates["ours"], rates[name]) for name in ("QuixStreams", "Debezium")]
    told = [(name, Spread.over(rate)) for name, rate in rates.items()]
    return Finding("Peers' sinks", _HOW, "events/s", told, ratios)


async def _quix(ground: Ground, events: int) -> float:
    dsn = await ground.database()
    connection = await asyncpg.connect(dsn)
    await connection.execute(TABLE.replace("registered_on date", "registered_on text").replace("on date", "on text"))
    where = parse_qs(urlsplit(dsn).query)
    name = urlsplit(dsn).path.strip("/")
    log = ground.folder / f"quix-{name}.log"
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            *(str(PYTHON), str(Path(__file__).with_name("quix.py"))),
            *(ground.broker.address, topic_of(SOURCE), where["host"][0], where["port"][0], name, name),
            cwd=ground.folder,
            stdout=out,
            stderr=out,
        )
    try:
        return await _timed(connection, "ledger", events, log)
    finally:
        process.kill()
        await process.wait()
        await connection.close()


async def _jdbc(ground: Ground, events: int) -> float:
    dsn = await ground.database()
    connection = await asyncpg.connect(dsn)
    where, name = parse_qs(urlsplit(dsn).query), urlsplit(dsn).path.strip("/")
    socket = Path(where["host"][0], f".s.PGSQL.{where['port'][0]}")
    sink = JdbcSink(ground.folder / f"connect-{name}", ground.broker.address, _ROWS, socket, name, name)
    sink.start()
    try:
        return await _timed(connection, "debezium", events, ground.folder / f"connect-{name}" / "connect.log")
    finally:
        sink.stop()
        await connection.close()


async def _timed(connection: asyncpg.Connection, table: str, events: int, log: Path) -> float:
    """Events a second from the first sight of a row to the last enterprise's last event."""
    begun, first = 0.0, 0
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            seen, done = await connection.fetchrow(f"select count(*), count(nullif(approved_on, '')) from {table}")
        except asyncpg.UndefinedTableError:
            seen = done = 0
        if seen and not begun:
            begun, first = time.perf_counter(), 6 * done
        if done * 6 >= events:
            return (events - first) / (time.perf_counter() - begun)
        await asyncio.sleep(0.02)
    said = await asyncio.to_thread(log.read_text, "utf-8", "replace")
    raise RuntimeError(f"not done after {_PATIENCE:g} s:\n{said[-3000:]}")


def _rows(texts: Sequence[bytes]) -> list[bytes]:
    """The row after each event, with its schema, as Kafka Connect's JSON converter reads it."""
    fields = (*_TEXTS, *_NUMBERS)
    schema = {
        "type": "struct",
        "optional": False,
        "fields": [
            {"field": name, "type": "string" if name in _TEXTS else "int32", "optional": name != "enterprise"}
            for name in fields
        ],
    }
    rows: dict[str, dict[str, object]] = {}
    found = []
    for text in texts:
        data = orjson.loads(text)["data"]
        row = rows.setdefault(data["enterprise"], dict.fromkeys(fields))
        row |= {name: data[name] for name in fields if name in data}
        found.append(orjson.dumps({"schema": schema, "payload": row}))
    return found


_TEXTS = ("enterprise", "name", "ownership", "county", "registered_on", "size_class", "form", "approved_on")
_NUMBERS = ("labour_contracts", "members")


async def _publish(ground: Ground, topic: str, texts: Sequence[bytes]) -> None:
    ground.broker.ensure_topics([HEADS, topic])
    publisher = Acknowledged(ground.broker.address, len(texts))
    for start in range(0, len(texts), 5000):
        await publisher.send(topic, [(b"key", text) for text in texts[start : start + 5000]])
    await publisher.discard()
