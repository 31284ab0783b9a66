"""Rebuild: a read model of a whole log, beside reading and parsing that log and writing the rows, and beside peers."""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import orjson

from bench.facts import lives
from bench.ground import Child, Ground
from bench.handler import TABLE, handle_each
from bench.made_log import SOURCE
from bench.profiling import profiled
from bench.report import Finding
from bench.rounds import Scale, Spread, alternate, ratio
from bench.spine import Acknowledged
from eventing.beacons import Beacons
from eventing.clock import SystemClock
from eventing.database import Pool
from eventing.engine import Table
from eventing.fold import fold_in_memory
from eventing.known import Known
from eventing.lease import LeaseConnection
from eventing.reader.leases import Leases
from eventing.reader.source import HttpFeed
from eventing.reader.tap import Tap, consuming_broker
from eventing.reader.whole import Origin, Way
from eventing.rebuild import Means, Rebuild
from eventing.relay.sealer import seal_next
from eventing.shell.issuer import Issuer
from eventing.shell.reading_tokens import reading_tokens
from eventing.shell.settings import Settings
from eventing.store.postgres import PostgresStore
from eventing.topics import HEADS, topic_of
from services.projection.scoreboard import SCOREBOARD

_EVENTS = 60_000
_MESSAGES = 800
_FEW, _MANY, _ENTERPRISES = 100_000, 1_000_000, 16_000
_HOW = f"""The scoreboard of {_EVENTS:,} sealed events of enterprises' lives (a quick run: fewer), read from the feed of
an enterprise service in a process of its own. Ours is a rebuild: lease, chain checked, folded in memory, rows and
aggregates copied with keys and indexes, position, swap. The bare side reads the same pages over the same connection,
one ahead like ours, parses each event by `orjson.loads` and copies the final rows, made beforehand, into a table
without a key. The handler validates each message by pydantic and upserts one row of a ledger; it reads {_MESSAGES}
messages from a topic. Long against short: logs of {_MANY:,} and {_FEW:,} events (a quick run: fewer) of
{_ENTERPRISES:,} enterprises, sealed page by page as they are read, each rebuilt in a process of its own."""


async def measure(ground: Ground, scale: Scale) -> Finding:
    events = scale.of(_EVENTS) // 6 * 6
    log_dsn = await sealed_log(ground, events)
    with TemporaryDirectory(prefix="gonglian-bench-") as folder:
        issuer = Issuer(Path(folder), Settings().issuer, Settings().audience)
        child = await Child.start(
            Path(folder, "serving.log"), "bench.serving", "ours", log_dsn, ground.broker.address, folder
        )
        try:
            async with httpx.AsyncClient() as http:
                token = reading_tokens(issuer, Settings(), SystemClock())
                feed = HttpFeed(http, f"http://127.0.0.1:{child.said}/api/enterprise/events", token)
                return await _measure(ground, scale, feed, events)
        finally:
            await child.end()


async def _measure(ground: Ground, scale: Scale, feed: HttpFeed, events: int) -> Finding:
    texts = [text for after in range(0, events, 1000) for text in await feed.texts(after)]
    known = Known(SCOREBOARD.events)
    rows, _ = fold_in_memory(SCOREBOARD, [event for text in texts if (event := known.read(text)) is not None])
    await _publish(ground, texts[: scale.of(_MESSAGES)])

    async def ours() -> float:
        dsn = await ground.database()
        async with ground.pool(dsn) as pool:
            started = time.perf_counter()
            await _rebuild(ground, dsn, pool, feed)
            return events / (time.perf_counter() - started)

    async def bare() -> float:
        async with ground.pool(await ground.database()) as pool, pool.acquire() as connection:
            table = Table(SCOREBOARD, "bare")
            await table.create(connection, bare=True)
            started = time.perf_counter()
            await _read_and_parse(feed, events)
            name, columns, records = next(table.records(rows.values(), {}))
            await connection.copy_records_to_table(name, records=records, columns=columns)
            return events / (time.perf_counter() - started)

    async def handler() -> float:
        async with ground.pool(await ground.database()) as pool:
            await pool.execute(TABLE)
            return await handle_each(pool, ground.broker.address, topic_of(SOURCE), scale.of(_MESSAGES))

    rates = await alternate(scale.rounds, {"ours": ours, "bare": bare, "handler": handler})
    kilobytes: dict[str, list[float]] = {"short": [], "long": []}

    async def sized(name: str, length: int) -> float:
        seconds, peak = await _in_a_process(ground, scale.of(length))
        kilobytes[name].append(peak)
        return scale.of(length) / seconds

    rates |= await alternate(
        scale.rounds, {"long": lambda: sized("long", _MANY), "short": lambda: sized("short", _FEW)}
    )
    memory = {name: peaks[1:] for name, peaks in kilobytes.items()}
    ratios = [
        ratio("ours / bare", rates["ours"], rates["bare"], at_least=0.5),
        ratio("ours / handler", rates["ours"], rates["handler"], at_least=10),
        ratio("long / short", rates["long"], rates["short"], at_least=0.8),
        ratio("memory, long / short", memory["long"], memory["short"], at_most=1.2),
    ]
    profile = None
    if any(one.missed for one in ratios):
        with profiled() as found:
            await ours()
        profile = found.text
    peaks = ", ".join(f"{name} {Spread.over(peak).median / 1024:,.0f} MB" for name, peak in memory.items())
    rows_told = [(name, Spread.over(rate)) for name, rate in rates.items()]
    return Finding("Rebuild", _HOW, "events/s", rows_told, ratios, [f"Peak memory: {peaks}."], profile)


async def _rebuild(ground: Ground, dsn: str, pool: Pool, feed: HttpFeed) -> None:
    kafka = consuming_broker(ground.broker.address)
    origin = Origin(SOURCE, feed, Tap(kafka, topic_of(SOURCE), 10))
    means = Means(pool, dsn, Leases(dsn, "bench"), Beacons(Tap(kafka, HEADS, 10)))
    await Rebuild(SCOREBOARD, [origin], means, Way.FEED).run()


async def _read_and_parse(feed: HttpFeed, events: int) -> None:
    at, page = 0, await feed.texts(0)
    while page:
        at += len(page)
        following = asyncio.ensure_future(feed.texts(at))
        for number, text in enumerate(page):
            orjson.loads(text)
            if number == len(page) // 2:
                await asyncio.sleep(0)
        page = await following


async def _in_a_process(ground: Ground, length: int) -> tuple[float, float]:
    dsn = await ground.database()
    async with ground.pool(dsn):
        pass
    arguments = (dsn, ground.broker.address, str(length), str(min(_ENTERPRISES, length // 6)))
    child = await Child.start(ground.folder / "rebuilding.log", "bench.rebuilding", *arguments)
    said = await child.line()
    await child.end()
    seconds, peak = said.split()
    return float(seconds), float(peak)


async def sealed_log(ground: Ground, events: int) -> str:
    dsn = await ground.database()
    async with ground.pool(dsn) as pool:
        await pool.execute("insert into head (source) values ($1)", SOURCE)
        store, streams = PostgresStore(pool), lives(events // 6, SOURCE)
        for start in range(0, len(streams), 200):
            async with store.unit() as unit:
                await unit.append([event for stream in streams[start : start + 200] for event in stream])
        async with LeaseConnection(dsn, "bench sealer") as sealer:
            while await seal_next(sealer.connection, 2000):
                pass
        await pool.execute("vacuum analyze event, log")
    return dsn


async def _publish(ground: Ground, texts: list[bytes]) -> None:
    ground.broker.ensure_topics([HEADS, topic_of(SOURCE)])
    publisher = Acknowledged(ground.broker.address, len(texts))
    await publisher.send(topic_of(SOURCE), [(b"key", text) for text in texts])
    await publisher.discard()
