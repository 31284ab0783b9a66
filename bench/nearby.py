"""Nearby: what it takes to be told the nearest open stations among 100,000, beside a bare search for 10 points."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import quote

import asyncpg
import httpx

from bench import made_stations
from bench.client import get, send
from bench.ground import Child, Ground
from bench.knn import SQL, make_bare
from bench.report import Finding
from bench.rounds import Ratio, Scale, Spread, alternate, ratio
from contracts import calendar
from contracts.places import Point
from eventing.moment import CHINA
from services.stations.plane import on_plane

_STATIONS = 100_000
_REQUESTS = 400
_LIMIT, _TIMES = 10.0, 3.0
_SELDOM = "hardly found"
_HOW = f"""The service of stations in a process of its own over {_STATIONS:,} stations around
{len(made_stations.PLACES)} places (a quick run: fewer), folded by their own functions and copied. One client over one
connection asks for the 10 nearest to a point near one of the places, another point each time, and sends the next
request when the answer is whole: at 11 o'clock on a working day; at 2 in the night, when a third is open; and, a
quarter as often, for two pieces of equipment and a service that nobody has on: PostgreSQL looks at all within 50 km.
Beside it, asked alike by the same client, the bare route: what one would write oneself instead, `order by place <-> $1
limit 10` by asyncpg over a table of points with a GiST index, as a route of FastAPI in a process of its own, which
answers ids, names, places and distances as JSON. It is told less than ours: not which are open, until when, nor what
works there. The bare SQL is the same statement from this process, without HTTP: the bare route itself isn't within
three times of it."""


async def measure(ground: Ground, scale: Scale) -> Finding:
    dsn, chance = await ground.database(), Random("asked")
    async with ground.pool(dsn) as pool:
        events = await made_stations.make(pool, scale.of(_STATIONS))
        await make_bare(pool)
    ours, knn = await _serve(ground, dsn, "nearby"), await _serve(ground, dsn, "knn")
    bare = await asyncpg.connect(dsn)
    tails: dict[str, list[float]] = {}

    def took(name: str, seconds: list[float]) -> float:
        tails.setdefault(name, []).append(1000 * quantiles(seconds, n=100)[98])
        return 1000 * median(seconds)

    async def over_http(name: str, child: Child, path: Callable[[Point], str]) -> float:
        port = int(child.said)
        times = scale.of(_REQUESTS) // (4 if name == _SELDOM else 1)
        requests = [get(port, path(_somewhere(chance))) for _ in range(times)]
        return took(name, (await send(port, requests, 60, connections=1))[1])

    async def in_sql() -> float:
        seconds = []
        for _ in range(scale.of(_REQUESTS)):
            began = perf_counter()
            await bare.fetch(SQL, *map(float, on_plane(_somewhere(chance))))
            seconds.append(perf_counter() - began)
        return took("bare SQL", seconds)

    try:
        await _must_be_told(int(ours.said), _asked(11)(_somewhere(chance)))
        medians = await alternate(
            scale.rounds,
            {
                "by day": lambda: over_http("by day", ours, _asked(11)),
                "by night": lambda: over_http("by night", ours, _asked(2)),
                _SELDOM: lambda: over_http(_SELDOM, ours, _asked(11, _NEEDS)),
                "bare route": lambda: over_http("bare route", knn, _bare),
                "bare SQL": in_sql,
            },
        )
    finally:
        await bare.close()
        spent = float((await ours.end()).split("\n", 1)[0])
        await knn.end()
    rows = [(f"p50 {name}", Spread.over(times)) for name, times in medians.items()]
    p99 = [
        Ratio(f"p99 {name}, ms", Spread.over(tail[1:]), at_most=_LIMIT if name.startswith("by") else None)
        for name, tail in tails.items()
    ]
    ratios = [
        ratio("by day / bare route", medians["by day"], medians["bare route"], at_most=_TIMES),
        ratio("by day / bare SQL", medians["by day"], medians["bare SQL"], at_most=_TIMES),
        ratio("bare route / bare SQL", medians["bare route"], medians["bare SQL"]),
    ]
    asked = (scale.rounds + 1) * (2 * scale.of(_REQUESTS) + scale.of(_REQUESTS) // 4)
    note = f"{events:,} events. A request costs the service {1000 * spent / asked:.2f} ms of its processor (all three)."
    missed = any(goal.missed for goal in (*p99, *ratios))
    return Finding(
        "Nearby", _HOW, "ms", rows, [*p99, *ratios], [note], await _profile(ground, dsn, scale) if missed else None
    )


async def _must_be_told(port: int, path: str) -> None:
    """A view that is folded anew at the start is empty here, where no events are, and answers fast."""
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"http://127.0.0.1:{port}{path}")
    told = len(answer.json()["stations"])
    assert told == 10, f"{told} stations told of 10: what would be measured is no search"


_NEEDS = "&equipment=microwave&equipment=charging&service=film"


def _asked(hour: int, needs: str = "") -> Callable[[Point], str]:
    day = calendar.load().next_working_day(date.today() + timedelta(days=1))
    at = quote(datetime.combine(day, time(hour), CHINA).isoformat())
    return lambda here: f"/api/stations/nearby?lat={here.lat}&lon={here.lon}&datum=wgs84&at={at}{needs}"


def _bare(here: Point) -> str:
    x, y = on_plane(here)
    return f"/knn?x={x}&y={y}"


def _somewhere(chance: Random) -> Point:
    lat, lon = chance.choice(made_stations.PLACES)
    return Point(lat=chance.gauss(lat, made_stations.SPREAD), lon=chance.gauss(lon, made_stations.SPREAD))


async def _serve(ground: Ground, dsn: str, side: str, *options: str) -> Child:
    folder, log = ground.folder, ground.folder / f"{side}.log"
    return await Child.start(log, "bench.serving", side, dsn, ground.broker.address, str(folder), *options)


async def _profile(ground: Ground, dsn: str, scale: Scale) -> str:
    child, chance = await _serve(ground, dsn, "nearby", "--profile"), Random("profiled")
    port, path = int(child.said), _asked(11)
    await send(port, [get(port, path(_somewhere(chance))) for _ in range(scale.of(_REQUESTS))], 60, connections=1)
    return (await child.end()).split("\n", 1)[1].strip()
