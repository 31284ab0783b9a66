"""Folds and policies that can be broken and mended, and a reader of them over any history, life after life."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from contracts.cloudevent import Sealed
from contracts.event import Event
from eventing.builds import Build
from eventing.database import Pool
from eventing.engine import Table
from eventing.fold import Fold
from eventing.read_models import BuildSink
from eventing.reader.reader import Reader, Sink
from tests.support.logs import LogUnderTest
from tests.support.reading import NAME, NO_BROKER, LogFeed, Process, seal_all
from tests.support.toy import new_event
from tests.support.toy_fold import TOY


class Killed(BaseException):
    """The process dies here: no error that anybody may catch."""


class Poisonous(Exception):
    """What a broken fold raises."""


@dataclass
class Fragile:
    """The toy fold with a bug for those events that `poison` says; mended by `mend`."""

    poison: Callable[[Any], bool] = lambda _: False
    applied: list[Event] = field(default_factory=list)
    """What was applied, again and again too."""

    def mend(self) -> None:
        self.poison = lambda _: False

    @property
    def fold(self) -> Fold:
        def apply(row: Any, event: Any) -> Any:
            if self.poison(event):
                raise Poisonous("told nobody")
            self.applied.append(event)
            return TOY.apply(row, event)

        return replace(TOY, apply=apply)


async def build_sink(own: Pool, fold: Fold) -> BuildSink:
    """A sink into the fold's tables, which are made where they aren't there."""
    table = Table(fold, "toy_1")
    async with own.acquire() as connection:
        await table.create(connection)
    return BuildSink(Build(table, 1, "as it is"))


@dataclass
class Lives:
    """A reader without broker and lease: each `read` is one life, to the log's head or its death."""

    log: LogUnderTest
    own: Pool
    own_dsn: str
    versions: dict[str, int] = field(default_factory=dict)

    async def happen(self, events: Sequence[Event], spoil: Callable[[str], str] = str) -> list[Sealed]:
        """Append and seal these, their text as `spoil` leaves it; the whole log."""
        for event in events:
            self.versions[event.stream] = version = self.versions.get(event.stream, 0) + 1
            new = new_event(event, version, self.log.source)
            async with self.log.store.unit() as unit:
                await unit.append([replace(new, tail=spoil(new.tail))])
        return await seal_all(self.log)

    def reader(self, sink: Sink) -> Reader:
        return Process(self.log, self.own, self.own_dsn, NO_BROKER).reader(sink)

    async def read(self, sink: Sink) -> Reader:
        """Begin as after a crash: what was passed over, what is wished, what is new."""
        reader = self.reader(sink)
        await reader.begin()
        await reader._progress.replay(LogFeed(self.log.pool))
        await reader._progress.carry_out_wishes()
        while events := await LogFeed(self.log.pool).after(reader.position.sequence):
            await reader.take_run(events)
        return reader

    async def parked(self) -> dict[str, tuple[int, str]]:
        """The parked streams with the event that fails and its error."""
        rows = await self.own.fetch("select stream, sequence, error from parked where reader = $1", NAME)
        return {row["stream"]: (row["sequence"], row["error"]) for row in rows}

    async def waiting(self, stream: str) -> list[int]:
        rows = await self.own.fetch("select sequence from waiting where stream = $1 order by sequence", stream)
        return [row["sequence"] for row in rows]
