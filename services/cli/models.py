"""The folds that an operator names: every read model and view in reach, and what each is made from."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import click
import httpx

from eventing.beacons import Beacons
from eventing.database import open_pool
from eventing.fold import Fold
from eventing.lease import GONE
from eventing.reader.leases import Leases
from eventing.reader.reader import Forked
from eventing.reader.source import FeedUnreachable
from eventing.reader.tap import Tap, consuming_broker
from eventing.reader.whole import Origin
from eventing.rebuild import Held, Means, Stuck
from eventing.shell.origins import origin_of
from eventing.shell.reach import Reach, reach_all
from eventing.topics import HEADS
from services.platform import BY_NAME

FAILS = (Held, Stuck, Forked, FeedUnreachable, asyncpg.PostgresError, *GONE)
"""What can keep a read model from being rebuilt or compared."""


@dataclass(frozen=True, slots=True)
class Named:
    """A fold of a service; `contexts` are the logs that a read model reads, none for a view of the service's own."""

    fold: Fold
    reach: Reach
    contexts: Sequence[str]


def named(name: str | None, data: Path) -> list[Named]:
    """The one of that name, or all. Raises `CannotStart`, and click's error for a name that there isn't."""
    found = []
    for reach in reach_all(BY_NAME, data):
        found += [Named(fold, reach, ()) for fold in reach.service.views]
        for fold in dict.fromkeys(fold for folds in reach.service.read_models.values() for fold in folds):
            found.append(Named(fold, reach, [at for at, folds in reach.service.read_models.items() if fold in folds]))
    if name is None:
        return found
    chosen = [one for one in found if one.fold.name == name]
    if not chosen:
        there = ", ".join(one.fold.name for one in found) or "—"
        raise click.BadParameter(f"没有这个读模型 no such read model: {name}; {there}", param_hint="NAME")
    return chosen


@asynccontextmanager
async def sources(one: Named) -> AsyncIterator[tuple[list[Origin], Means]]:
    """What the read model is made from and with, in this process, while the block runs."""
    settings, dsn = one.reach.settings, one.reach.dsn
    kafka = consuming_broker(settings.kafka)
    pool = await open_pool(dsn, "gonglian rebuild")
    try:
        async with httpx.AsyncClient() as http:
            origins = [origin_of(context, settings, kafka, http, one.reach.token) for context in one.contexts]
            beacons = Beacons(Tap(kafka, HEADS, settings.fetch_wait_ms))
            yield origins, Means(pool, dsn, Leases(dsn, f"rebuild {one.fold.name}"), beacons)
    finally:
        await kafka.stop()
        await pool.close()


def explain(one: Named, wrong: BaseException) -> str:
    """What kept it, for an operator, in both languages."""
    name = one.fold.name
    match wrong:
        case Held():
            return f"{name}：另一个进程正在重建它。Somebody else is rebuilding it; wait until that is done."
        case Stuck():
            return f"{name}：无法继续 can't go on: {wrong}"
        case Forked():
            return f"{name}：日志与已读历史不符 the log is of another history: {wrong}"
        case FeedUnreachable():
            return f"{name}：读不到事件流 the feed can't be reached: {wrong}"
    return f"{name}：{type(wrong).__name__}: {wrong}"
