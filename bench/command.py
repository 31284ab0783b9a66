"""A command over HTTP: our register command beside a bare FastAPI route that runs the same statements."""

from contextlib import AsyncExitStack
from datetime import timedelta
from itertools import count
from statistics import median

import orjson

from bench.client import CONNECTIONS, post, send
from bench.facts import COUNTY, NAME, UNION, fresh_code
from bench.ground import POOL, Child, Ground
from bench.report import Finding
from bench.rounds import Scale, Side, Spread, alternate, ratio
from eventing.identity import Role
from eventing.shell.issuer import Issuer
from eventing.shell.settings import Settings

_COMMANDS = 6000  # more than any machine does in a round
_KEYS = count(1)
_HOW = f"""`POST /api/enterprise/register` with fresh keys and codes over {CONNECTIONS} connections, each side served by
uvicorn (uvloop, httptools) in a process of its own with a pool of {POOL}. The bare route is FastAPI too, checks the
same token with the same verifier, parses the same pydantic body and runs the same eight statements in one transaction
on a database of the same shape; it decides nothing, folds nothing, logs and counts nothing. The third side is ours
with its relay running in the same process, as it does in the platform. Rounds are short and many: this machine's pace
changes from one second to the next."""


async def measure(ground: Ground, scale: Scale) -> Finding:
    latencies: dict[str, list[float]] = {name: [] for name in ("ours", "relayed", "bare")}
    async with AsyncExitStack() as stack:
        children = {name: await _serve(ground, name) for name in latencies}
        for child in children.values():
            stack.push_async_callback(child.end)
        sides = {name: _side(ground, child, scale, latencies[name]) for name, child in children.items()}
        rates = await alternate(3 * scale.rounds, sides)
        spent = {name: float((await child.end()).split("\n", 1)[0]) for name, child in children.items()}
    goal = ratio("ours / bare", rates["ours"], rates["bare"], at_least=0.75)
    beside = ratio("ours with its relay / bare", rates["relayed"], rates["bare"])
    times = ", ".join(f"{name} {1000 * median(seconds):.1f} ms" for name, seconds in latencies.items())
    cpu = ", ".join(f"{name} {1000 * spent[name] / len(seconds):.2f} ms" for name, seconds in latencies.items())
    return Finding(
        "Command over HTTP",
        _HOW,
        "commands/s",
        [(name, Spread.over(rate)) for name, rate in rates.items()],
        [goal, beside],
        [f"Median time of an answer under that load: {times}. Processor time of the serving process a command: {cpu}."],
        await _profile(ground, scale) if goal.missed else None,
    )


async def _serve(ground: Ground, name: str, *options: str) -> Child:
    folder, dsn = ground.folder, await ground.database()
    log = folder / f"{name}.log"
    return await Child.start(log, "bench.serving", name, dsn, ground.broker.address, str(folder), *options)


def _side(ground: Ground, child: Child, scale: Scale, latencies: list[float]) -> Side:
    settings, port = Settings(), int(child.said)
    issuer = Issuer(ground.folder, settings.issuer, settings.audience)
    token = issuer.token("p-bench", [Role.OFFICER], UNION, timedelta(hours=1))

    def request() -> bytes:
        body = {"enterprise": fresh_code(), "name": NAME, "ownership": "private", "county": COUNTY, "union": UNION}
        return post(port, "/api/enterprise/register", token, f"bench-{next(_KEYS)}", orjson.dumps(body))

    async def side() -> float:
        rate, seconds = await send(port, [request() for _ in range(scale.of(_COMMANDS))], scale.seconds / 2)
        latencies.extend(seconds)
        return rate

    return side


async def _profile(ground: Ground, scale: Scale) -> str:
    child = await _serve(ground, "ours", "--profile")
    await _side(ground, child, scale, [])()
    return (await child.end()).split("\n", 1)[1].strip()
