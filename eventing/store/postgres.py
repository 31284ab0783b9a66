"""The event store on PostgreSQL: events, their place in the relay's queue, views, deadlines, answer, all at once."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import asyncpg
import orjson

from contracts.cloudevent import Recorded, decode
from eventing import vault_table
from eventing.database import Pool, PooledConnection
from eventing.deadline_table import DeadlineTable
from eventing.engine import Table
from eventing.fold import Fold, Row
from eventing.store import Answer, Conflict, KeptAnswer, NewEvent, ReusedId
from eventing.vault import Erasure, Item

_APPEND = """
with appended as (
    insert into event (stream, version, id, tail)
    select * from unnest($1::text[], $2::int[], $3::uuid[], $4::text[]) returning pos
) insert into unsealed select pos from appended returning pos
"""

_HISTORY = "select tail from event where stream = any($1) order by pos"


async def history(connection: Pool | PooledConnection, streams: Sequence[str]) -> list[Recorded]:
    """The events of these streams, each where it was appended among the others."""
    return [decode(f"{{{row['tail']}".encode()) for row in await connection.fetch(_HISTORY, streams)]


class PostgresStore:
    """`views` and `deadlines` are folded, `erasures` done, from each append in its own transaction."""

    def __init__(
        self,
        pool: Pool,
        views: Sequence[Table] = (),
        deadlines: DeadlineTable | None = None,
        erasures: Sequence[Erasure] = (),
    ) -> None:
        self._pool, self._views, self._deadlines, self._erasures = pool, views, deadlines, erasures

    @asynccontextmanager
    async def unit(self) -> AsyncIterator["PostgresUnit"]:
        async with self._pool.acquire() as connection, connection.transaction():
            yield self.within(connection)

    def within(self, connection: PooledConnection) -> "PostgresUnit":
        """A unit that takes part in somebody else's transaction (a policy's, a deadline's)."""
        return PostgresUnit(connection, self._views, self._deadlines, self._erasures)


class PostgresUnit:
    """One transaction on one connection."""

    def __init__(
        self,
        connection: PooledConnection,
        views: Sequence[Table],
        deadlines: DeadlineTable | None,
        erasures: Sequence[Erasure] = (),
    ) -> None:
        self.connection, self._views, self._deadlines = connection, views, deadlines
        self._erasures = erasures

    async def answered(self, actor: str, key: str) -> KeptAnswer | None:
        row = await self.connection.fetchrow(
            "select fingerprint, body, pos from answer where actor = $1 and key = $2", actor, key
        )
        if row is None:
            return None
        body = orjson.loads(row["body"])
        return KeptAnswer(
            row["fingerprint"], Answer(body["stream"], body["version"], tuple(body["events"]), row["pos"])
        )

    async def load(self, streams: Sequence[str]) -> Mapping[str, Sequence[Recorded]]:
        found: dict[str, list[Recorded]] = {stream: [] for stream in streams}
        for row in await self.connection.fetch(
            "select stream, tail from event where stream = any($1) order by stream, version", streams
        ):
            found[row["stream"]].append(decode(f"{{{row['tail']}".encode()))
        return found

    async def rows(self, fold: Fold, **equal: object) -> Sequence[Row]:
        (view,) = (view for view in self._views if view.fold is fold)
        return await view.matching(self.connection, equal)

    async def append(self, events: Sequence[NewEvent]) -> int:
        try:
            rows = await self.connection.fetch(
                _APPEND,
                [event.stream for event in events],
                [event.version for event in events],
                [event.id for event in events],
                [event.tail for event in events],
            )
        except asyncpg.UniqueViolationError as taken:
            # Only a taken version is a conflict; a taken id would conflict again for ever.
            raise (ReusedId if taken.constraint_name == "event_id" else Conflict)(taken.detail) from taken
        recorded = [event.recorded for event in events]
        for view in self._views:
            await view.fold_in(self.connection, [fact.event for fact in recorded])
        if self._deadlines is not None:
            await self._deadlines.fold_in(self.connection, recorded)
        await vault_table.erase(self.connection, self._erasures, [fact.event for fact in recorded])
        return int(max(row["pos"] for row in rows))

    async def lay_in(self, items: Sequence[Item], pos: int | None) -> None:
        await vault_table.lay_in(self.connection, items, pos)

    async def kept(self, entry: str) -> Sequence[Item]:
        return await vault_table.kept(self.connection, entry)

    async def keep(self, actor: str, key: str, fingerprint: str, answer: Answer) -> None:
        body = orjson.dumps({"stream": answer.stream, "version": answer.version, "events": answer.events}).decode()
        try:
            await self.connection.execute(
                "insert into answer (actor, key, fingerprint, body, pos) values ($1, $2, $3, $4, $5)",
                actor,
                key,
                fingerprint,
                body,
                answer.pos,
            )
        except asyncpg.UniqueViolationError as taken:
            raise Conflict(key) from taken
