"""Sealing: the queue of appended events gets its order, its numbers and its hash chain, in one transaction."""

from dataclasses import dataclass

import asyncpg

from contracts.cloudevent import Sealed, seal, text_hash
from eventing.database import Connection

# Materialized: the plain join flips its plan under load and scans the whole event table.
_TAKE = """
with taken as materialized (select pos from unsealed order by pos limit $1)
select pos, stream, tail, head.sequence, head.hash
from taken join event using (pos) cross join head order by pos
"""
_SEAL = """
with gone as (delete from unsealed where pos = any($1)),
moved as (
    update head set sequence = $4, hash = $5 where sequence = $6 and hash = $7 returning true
), written as (
    insert into log (pos, sequence, hash) select * from unnest($1::bigint[], $2::bigint[], $3::text[])
)
select count(*) from moved
"""


class HeadMoved(Exception):
    """Another leader has sealed: this one woke late and must give up."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A sealed event with the key that its record gets."""

    key: bytes
    sealed: Sealed


async def seal_next(connection: Connection, limit: int) -> list[Outgoing]:
    """Seal up to `limit` events in order of their `pos`; empty when none wait. Raises `HeadMoved`."""
    async with connection.transaction():
        rows = await connection.fetch(_TAKE, limit)
        if not rows:
            return []
        start, prevhash = rows[0]["sequence"], rows[0]["hash"]
        first_hash = prevhash
        batch: list[Outgoing] = []
        hashes: list[str] = []
        for sequence, row in enumerate(rows, start + 1):
            text = seal(row["tail"], sequence, prevhash)
            batch.append(Outgoing(row["stream"].encode(), Sealed(sequence, prevhash, text)))
            prevhash = text_hash(text)
            hashes.append(prevhash)
        try:
            moved = await connection.fetchval(
                _SEAL,
                [row["pos"] for row in rows],
                [out.sealed.sequence for out in batch],
                hashes,
                start + len(rows),
                prevhash,
                start,
                first_hash,
            )
        except asyncpg.UniqueViolationError as taken:
            raise HeadMoved from taken
        if moved != 1:
            raise HeadMoved
        return batch
