"""Sealing: the queue of appended events gets its order, its numbers and its hash chain, at one stroke."""

from typing import NamedTuple

from contracts.cloudevent import seal, text_hash
from eventing.database import Connection

# Materialized: the plain join flips its plan under load and scans the whole event table.
_TAKE = """
with taken as materialized (select pos from unsealed order by pos limit $1)
select pos, stream, tail, head.sequence, head.hash, head.epoch
from taken join event using (pos) cross join head order by pos
"""
# One statement is one transaction: all of it happens, or, where the head has moved, nothing.
_SEAL = """
with moved as (
    update head set sequence = $4, hash = $5 where sequence = $6 and hash = $7 and epoch = $8 returning true
), gone as (
    delete from unsealed where pos = any($1) and exists (select from moved)
), written as (
    insert into log (pos, sequence, hash, epoch)
    select *, $8 from unnest($1::bigint[], $2::bigint[], $3::text[]) where exists (select from moved)
)
select count(*) from moved
"""


class HeadMoved(Exception):
    """Another leader has sealed: this one woke late and must give up."""


class Outgoing(NamedTuple):
    """A sealed event: its sequence, the key that its record gets, its text."""

    sequence: int
    key: bytes
    text: bytes


async def seal_next(connection: Connection, limit: int) -> list[Outgoing]:
    """Seal up to `limit` events in order of their `pos`; empty when none wait. Raises `HeadMoved`.

    Between the look and the sealing nobody else can have sealed unseen: the head would have moved.
    """
    rows = await connection.fetch(_TAKE, limit)
    if not rows:
        return []
    _, _, _, start, first_hash, epoch = rows[0]
    prevhash, sequence = first_hash, start
    positions: list[int] = []
    batch: list[Outgoing] = []
    hashes: list[str] = []
    for pos, stream, tail, _, _, _ in rows:
        sequence += 1
        text = seal(tail, sequence, prevhash, epoch)
        prevhash = text_hash(text)
        positions.append(pos)
        batch.append(Outgoing(sequence, stream.encode(), text))
        hashes.append(prevhash)
    sequences = range(start + 1, sequence + 1)
    moved = await connection.fetchval(
        _SEAL, positions, list(sequences), hashes, sequence, prevhash, start, first_hash, epoch
    )
    if moved != 1:
        raise HeadMoved
    return batch
