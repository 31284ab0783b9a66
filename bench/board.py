"""Board: what a county's, a city's or the province's board takes to be answered, and the lists behind its numbers."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from statistics import median, quantiles

from bench.client import get, send
from bench.ground import Child, Ground
from bench.made_board import EVENTS_EACH, PROVINCE, Entries, make
from bench.report import Finding
from bench.rounds import Ratio, Scale, Spread, alternate
from eventing.identity import Role
from eventing.shell.issuer import Issuer
from eventing.shell.settings import Settings

_ENTERPRISES = 100_000
_REQUESTS = 400
_LIMIT = 50.0
_BOARD = "/api/projection/scoreboard"
_ASKED = {
    "province": f"{_BOARD}?region={PROVINCE}",
    "province, a past day": f"{_BOARD}?region={PROVINCE}&as_of=2025-09-30",
    "city": f"{_BOARD}?region=610100",
    "county": f"{_BOARD}?region=610102",
    "province, events between": f"{_BOARD}?region={PROVINCE}",
    "list, province": f"{_BOARD}/enterprises?region={PROVINCE}&metric=union_50&covered=false",
    "list, county, a past day": f"{_BOARD}/enterprises?region=610102&metric=union_50&covered=false&as_of=2025-09-30",
}
_HOW = f"""The projection service in a process of its own over a scoreboard of {_ENTERPRISES:,} enterprises with
{EVENTS_EACH} events each over two years (a quick run: fewer), folded by its own functions and copied. One client over
one connection sends the next request when the answer is whole. The boards are as of today, when both due days are over
(so the figures of these days are summed too), and as of a day before. 'Events between': before each request an event
is folded into rows and cells and moves the position, as its reader does, so that no answer is the one before. A list is
the first page of 100 behind a number, with its total."""


async def measure(ground: Ground, scale: Scale) -> Finding:
    dsn = await ground.database()
    async with ground.pool(dsn) as pool:
        made = await make(pool, scale.of(_ENTERPRISES))
        child, entries = await _serve(ground, dsn), Entries(pool, scale.of(_ENTERPRISES))
        tails: dict[str, list[float]] = {name: [] for name in _ASKED}

        async def asked(name: str) -> float:
            times = scale.of(_REQUESTS) // (4 if name.startswith("list") else 1)
            between = entries.enter if name.endswith("events between") else None
            seconds = await _ask(ground, child, _ASKED[name], times, between)
            tails[name].append(1000 * quantiles(seconds, n=100)[98])
            return 1000 * median(seconds)

        try:
            medians = await alternate(scale.rounds, {name: lambda name=name: asked(name) for name in _ASKED})  # type: ignore[misc]
        finally:
            await child.end()
    p99 = {name: Spread.over(tail[1:]) for name, tail in tails.items()}
    rows = [(f"p50 {name}", Spread.over(times)) for name, times in medians.items()]
    goals = [
        Ratio(f"p99 {name}, ms", spread, at_most=None if name.startswith("list") else _LIMIT)
        for name, spread in p99.items()
    ]
    note = f"{made.events:,} events, {made.cells:,} cells."
    missed = any(goal.missed for goal in goals)
    return Finding("Board", _HOW, "ms", rows, goals, [note], await _profile(ground, dsn, scale) if missed else None)


async def _serve(ground: Ground, dsn: str, *options: str) -> Child:
    folder, log = ground.folder, ground.folder / "board.log"
    return await Child.start(log, "bench.serving", "board", dsn, ground.broker.address, str(folder), *options)


async def _ask(
    ground: Ground, child: Child, path: str, times: int, between: Callable[[], Awaitable[None]] | None = None
) -> list[float]:
    settings, port = Settings(), int(child.said)
    issuer = Issuer(ground.folder, settings.issuer, settings.audience)
    token = issuer.token("p-bench", [Role.VIEWER], f"u-{PROVINCE}", timedelta(hours=1))
    asked = get(port, path, token)
    if between is None:
        _, seconds = await send(port, [asked] * times, 60, connections=1)
        return seconds
    seconds = []
    for _ in range(times):
        await between()
        seconds += (await send(port, [asked], 60, connections=1))[1]
    return seconds


async def _profile(ground: Ground, dsn: str, scale: Scale) -> str:
    child = await _serve(ground, dsn, "--profile")
    await _ask(ground, child, _ASKED["province"], scale.of(_REQUESTS))
    return (await child.end()).split("\n", 1)[1].strip()
