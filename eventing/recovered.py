"""A batch of recovered events is put back into a log's tables, and what of ours stands in its way is set aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

import orjson

from contracts.cloudevent import Sealed, decode
from eventing import vault_table
from eventing.database import PooledConnection
from eventing.deadline_table import DeadlineTable
from eventing.engine import Table
from eventing.relay.guard import Head
from eventing.relay.sealer import HeadMoved
from eventing.vault import Erasure

_OURS = """
select pos, stream, version, id, tail from event join unsealed using (pos) where id = any($1) or stream = any($2)
"""
_ALL_OURS = "select pos, stream, version, id, tail from event join unsealed using (pos) order by pos"
_SET_ASIDE = """
with gone as (delete from event where pos = any($1) returning pos, stream, version, id, tail),
    waiting as (delete from unsealed where pos = any($1)),
    answered as (delete from answer where pos = any($1)),
    kept as (delete from vault where pos = any($1))
insert into set_aside (pos, stream, version, id, tail) select pos, stream, version, id, tail from gone
"""
_INSERT = """
insert into event (stream, version, id, tail) select * from unnest($1::text[], $2::int[], $3::uuid[], $4::text[])
returning id, pos
"""
_NUMBER = """
with waiting as (delete from unsealed where pos = any($2))
insert into log (sequence, pos, hash, epoch) select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::int[])
"""
_MOVE = "update head set sequence = $1, hash = $2, epoch = $3 where sequence = $4 and hash = $5"


@dataclass(frozen=True, slots=True)
class Aside:
    """An event of ours whose place in its stream the recovered tail took, or that was decided together with one."""

    stream: str
    version: int
    id: UUID


@dataclass(frozen=True, slots=True)
class _Lost:
    sealed: Sealed
    stream: str
    version: int
    id: UUID

    @classmethod
    def read(cls, sealed: Sealed) -> Self:
        said = orjson.loads(sealed.text)
        return cls(sealed, said["subject"], said["streamversion"], UUID(said["id"]))


async def put_back(
    connection: PooledConnection,
    head: Head,
    batch: Sequence[Sealed],
    views: Sequence[Table],
    clocks: DeadlineTable,
    erasures: Sequence[Erasure] = (),
) -> tuple[int, tuple[Aside, ...]]:
    """In the open transaction: events, numbers and head, with views, clocks and erasures. How many of them were there
    already without a number, and what was set aside. Raises `HeadMoved`."""
    # Commands are refused already; this keeps out one that was under way.
    await connection.execute("lock table unsealed in exclusive mode")
    lost = [_Lost.read(sealed) for sealed in batch]
    places = {(one.stream, one.version): one for one in lost}
    ids = {one.id: one for one in lost}
    ours = await connection.fetch(_OURS, list(ids), list({one.stream for one in lost}))
    same = {row["id"]: row["pos"] for row in ours if _is(row, ids.get(row["id"]))}
    clashing = {
        row["pos"]
        for row in ours
        if row["id"] not in same and (row["id"] in ids or (row["stream"], row["version"]) in places)
    }
    aside = await _set_aside(connection, clashing, set(same.values())) if clashing else ()
    new = [one for one in lost if one.id not in same]
    inserted = await connection.fetch(
        _INSERT,
        [one.stream for one in new],
        [one.version for one in new],
        [one.id for one in new],
        [one.sealed.tail for one in new],
    )
    at = same | {row["id"]: row["pos"] for row in inserted}
    await connection.execute(
        _NUMBER,
        [one.sealed.sequence for one in lost],
        [at[one.id] for one in lost],
        [one.sealed.hash for one in lost],
        [one.sealed.epoch for one in lost],
    )
    await _move(connection, head, lost)
    recorded = [decode(one.sealed.text) for one in new]
    for view in views:
        await view.fold_in(connection, [fact.event for fact in recorded])
    await clocks.fold_in(connection, recorded)
    # The vault is as old as the backup: what was to be erased since is erased again.
    await vault_table.erase(connection, erasures, [fact.event for fact in recorded])
    return len(same), aside


def _is(row: Any, lost: _Lost | None) -> bool:
    return lost is not None and row["tail"] == lost.sealed.tail


async def _move(connection: PooledConnection, head: Head, lost: Sequence[_Lost]) -> None:
    last, epoch = lost[-1].sealed, head.epoch
    for one in lost:
        if one.sealed.epoch > epoch:
            epoch = one.sealed.epoch
            await connection.execute(
                "insert into epoch (number, after, hash, reason) values ($1, $2, $3, 'recovered')",
                epoch,
                one.sealed.sequence - 1,
                one.sealed.prevhash,
            )
    moved = await connection.execute(_MOVE, last.sequence, last.hash, last.epoch, head.sequence, head.hash)
    if moved != "UPDATE 1":
        raise HeadMoved


async def _set_aside(connection: PooledConnection, clashing: set[int], kept: set[int]) -> tuple[Aside, ...]:
    waiting = [row for row in await connection.fetch(_ALL_OURS) if row["pos"] not in kept]
    gone = _entangled(waiting, clashing)
    await connection.execute(_SET_ASIDE, sorted(gone))
    return tuple(Aside(row["stream"], row["version"], row["id"]) for row in waiting if row["pos"] in gone)


def _entangled(waiting: Sequence[Any], clashing: Iterable[int]) -> set[int]:
    """The clashing events, what follows each in its stream, and what was decided together with any of these."""
    gone, found = set(clashing), set[int]()
    while gone != found:
        found = set(gone)
        first: dict[str, int] = {}
        for row in waiting:
            if row["pos"] in gone:
                first[row["stream"]] = min(row["version"], first.get(row["stream"], row["version"]))
        decisions = {_decision(row["tail"]) for row in waiting if row["pos"] in gone}
        gone |= {
            row["pos"]
            for row in waiting
            if row["version"] >= first.get(row["stream"], 1 << 31) or _decision(row["tail"]) in decisions
        }
    return gone


def _decision(tail: str) -> tuple[str, str]:
    """Events of one decision share cause and instant."""
    said = orjson.loads(f"{{{tail}")
    return said["causationid"], said["recordedtime"]
