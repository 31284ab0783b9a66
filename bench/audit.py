"""Audit: recomputing a log's chain, beside reading its texts and hashing them, which nobody can do without."""

import time
from hashlib import sha256

import asyncpg

from bench.facts import lives
from bench.ground import Ground
from bench.profiling import profiled
from bench.report import Finding
from bench.rounds import Ratio, Scale, Spread, alternate, ratio
from eventing.audit import PAGE, verify
from eventing.lease import LeaseConnection
from eventing.relay.sealer import seal_next
from eventing.store.postgres import PostgresStore

_EVENTS = 120_000
_HOW = f"""{_EVENTS:,} sealed events of enterprises' lives (a quick run: fewer). The bare side reads the texts by
`pos` in pages of {PAGE:,} and takes SHA-256 of each: no number, no chain, nothing beside it is looked at. Ours rebuilds
each sealed text, chains the hashes, compares id, stream and version with the text, and looks for events without a
number, numbers without an event, and holes in streams; both connect anew each time."""


async def measure(ground: Ground, scale: Scale) -> Finding:
    events = scale.of(_EVENTS) // 6 * 6
    dsn = await _sealed(ground, events)

    async def ours() -> float:
        started = time.perf_counter()
        report = await verify(dsn, ())
        if report.finding is not None or report.events != events:
            raise RuntimeError(f"an intact log: {report}")
        return events / (time.perf_counter() - started)

    async def bare() -> float:
        started = time.perf_counter()
        connection = await asyncpg.connect(dsn)
        pos = 0
        while rows := await connection.fetch(
            "select pos, tail from event where pos > $1 order by pos limit $2", pos, PAGE
        ):
            for _, tail in rows:
                sha256(tail.encode()).hexdigest()
            pos = rows[-1][0]
        await connection.close()
        return events / (time.perf_counter() - started)

    rates = await alternate(scale.rounds, {"ours": ours, "bare": bare})
    goals: list[Ratio] = [ratio("ours / bare", rates["ours"], rates["bare"], at_least=0.5)]
    profile = None
    if any(goal.missed for goal in goals):
        with profiled() as found:
            await ours()
        profile = found.text
    return Finding(
        "Audit", _HOW, "events/s", [(name, Spread.over(rate)) for name, rate in rates.items()], goals, profile=profile
    )


async def _sealed(ground: Ground, events: int) -> str:
    dsn, source = await ground.database(), "/regions/610000/enterprise"
    async with ground.pool(dsn) as pool:
        await pool.execute("insert into head (source) values ($1)", source)
        store, streams = PostgresStore(pool), lives(events // 6, source)
        for start in range(0, len(streams), 200):
            async with store.unit() as unit:
                await unit.append([event for stream in streams[start : start + 200] for event in stream])
        async with LeaseConnection(dsn, "bench sealer") as sealer:
            while await seal_next(sealer.connection, 2000):
                pass
        await pool.execute("vacuum analyze event, log, unsealed")
    return dsn
