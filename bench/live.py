"""From commit to visible: an event's way through relay, topic and reader, beside two commits and bare aiokafka."""

import asyncio
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from statistics import median, quantiles

from bench.barewire import bare_wire
from bench.facts import lives
from bench.ground import Ground
from bench.openloop import PER_SECOND, at_rate, connected, until
from bench.profiling import profiled
from bench.report import Finding
from bench.rounds import Scale, Side, Spread, alternate, ratio
from bench.spine import fresh_log, reading, relaying
from contracts.cloudevent import Sealed
from eventing.database import PooledConnection
from eventing.read_models import BuildSink
from eventing.relay.publisher import Publisher
from eventing.store import NewEvent
from eventing.store.postgres import PostgresStore
from services.projection.scoreboard import SCOREBOARD

_SECONDS = 10
_RUNS = 3
_HOW = f"""{PER_SECOND} events a second, sent when they are due whatever became of those before (open loop), for
{_SECONDS} s a run (a quick run: less), all in one process. Ours: from the commit of the append to the
commit of the scoreboard's reader, through relay, topic and reader. Bare: from the commit of a one-row insert through
`send_and_wait` and an aiokafka consumer with the same fetch settings to the commit of one insert for what it got;
nothing is sealed, ordered, checked or folded. Everything is
connected before, and the first half second isn't counted."""


class Watching:
    """A sink that notes when which sequence became visible."""

    def __init__(self, sink: BuildSink) -> None:
        self._sink, self._last = sink, 0
        self.sequences, self.times = list[int](), list[float]()

    def cut(self, events: Sequence[Sealed]) -> int:
        return self._sink.cut(events)

    def concerns(self, events: Sequence[Sealed]) -> bool:
        return self._sink.concerns(events)

    async def apply(self, connection: PooledConnection, events: Sequence[Sealed]) -> None:
        await self._sink.apply(connection, events)
        self._last = events[-1].sequence

    def late(self, kind: str) -> bool:
        return self._sink.late(kind)

    def committed(self) -> None:
        self.sequences.append(self._last)
        self.times.append(time.perf_counter())

    def visible(self, sequence: int) -> float:
        return self.times[bisect_left(self.sequences, sequence)]


async def measure(ground: Ground, scale: Scale) -> Finding:
    count = scale.of(_SECONDS * PER_SECOND)
    tails: dict[str, list[float]] = {"ours": [], "bare": []}

    def side(name: str) -> Side:
        async def run() -> float:
            waits = await (_ours(ground, count) if name == "ours" else bare_wire(ground, count))
            counted = sorted(1000 * wait for wait in waits[PER_SECOND // 2 :])
            tails[name].append(quantiles(counted, n=100)[98])
            return median(counted)

        return run

    medians = await alternate(min(_RUNS, scale.rounds), {"ours": side("ours"), "bare": side("bare")})
    goal, profile = ratio("p50 ours / bare", medians["ours"], medians["bare"], at_most=2.5), None
    if goal.missed:
        with profiled() as found:
            await _ours(ground, count)
        profile = found.text
    rows = [(f"p50 {name}", Spread.over(values)) for name, values in medians.items()]
    rows += [(f"p99 {name}", Spread.over(values[1:])) for name, values in tails.items()]
    tail = ratio("p99 ours / bare", tails["ours"][1:], tails["bare"][1:])
    return Finding("Live: commit → visible", _HOW, "ms", rows, [goal, tail], profile=profile)


async def _ours(ground: Ground, count: int) -> list[float]:
    log_dsn, model_dsn, sinks = await ground.database(), await ground.database(), list[Watching]()

    def watch(sink: BuildSink) -> Watching:
        sinks.append(Watching(sink))
        return sinks[0]

    async with ground.pool(log_dsn) as log, ground.pool(model_dsn) as model:
        source, store, committed = await fresh_log(ground, log), PostgresStore(log), dict[int, float]()
        # All first events, then all second ones: those of one stream are far apart.
        shown = sum(isinstance(event.recorded.event, SCOREBOARD.events) for event in lives(1, source)[0])
        lived = chain.from_iterable(zip(*lives(count // shown, source), strict=True))
        events = [event for event in lived if isinstance(event.recorded.event, SCOREBOARD.events)]
        in_order = defaultdict[str, asyncio.Lock](asyncio.Lock)
        async with (
            relaying(log, log_dsn, source, Publisher(ground.broker.address)) as relay,
            reading(ground, model, model_dsn, log, source, watch),
        ):

            async def send(event: NewEvent) -> None:
                async with in_order[event.stream], store.unit() as unit:
                    pos = await unit.append([event])
                committed[pos] = time.perf_counter()
                relay.appended.set()

            await connected(log)
            await send(events[0])
            await until(lambda: bool(sinks[0].sequences))
            await at_rate([lambda event=event: send(event) for event in events[1:]])  # type: ignore[misc]
            await until(lambda: bool(sinks[0].sequences) and sinks[0].sequences[-1] == len(events))
        sequences = {row["pos"]: row["sequence"] for row in await log.fetch("select pos, sequence from log")}
        return [sinks[0].visible(sequences[pos]) - at for pos, at in committed.items()]
