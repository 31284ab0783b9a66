"""Events of types that this code doesn't know: recorded by sequence, replayed when code comes that knows them."""

from collections.abc import Collection, Sequence

from contracts.catalogue import TYPES
from contracts.cloudevent import Sealed, type_of
from eventing.database import Pool, PooledConnection
from eventing.reader.sink import Place


def known(kind: str) -> bool:
    """Whether this code knows events of that type."""
    return kind in TYPES


def unknown_among(events: Sequence[Sealed]) -> list[Sealed]:
    """Those of a type that this code doesn't know; raises `Undecodable` for one that says no type."""
    return [sealed for sealed in events if type_of(sealed.text) not in TYPES]


async def record(connection: PooledConnection, place: Place, events: Sequence[Sealed]) -> None:
    """Remember that they were passed over, in the transaction that does so."""
    await connection.execute(
        "insert into unknown_event (reader, source, type, sequence)"
        " select $1, $2, * from unnest($3::text[], $4::bigint[]) on conflict do nothing",
        place.reader,
        place.source,
        [type_of(sealed.text) for sealed in events],
        [sealed.sequence for sealed in events],
    )


async def recorded_kinds(pool: Pool, place: Place) -> list[str]:
    """The types of what was passed over."""
    rows = await pool.fetch(
        "select distinct type from unknown_event where reader = $1 and source = $2", place.reader, place.source
    )
    return [row["type"] for row in rows]


async def recorded(pool: Pool, place: Place, kinds: Collection[str]) -> list[int]:
    """The sequences of what was passed over of these types, in order."""
    rows = await pool.fetch(
        "select sequence from unknown_event where reader = $1 and source = $2 and type = any($3) order by sequence",
        place.reader,
        place.source,
        list(kinds),
    )
    return [row["sequence"] for row in rows]


async def clear(pool: Pool, place: Place, kinds: Collection[str]) -> None:
    """Forget what was passed over of these types."""
    await pool.execute(
        "delete from unknown_event where reader = $1 and source = $2 and type = any($3)",
        place.reader,
        place.source,
        list(kinds),
    )


async def clear_one(connection: PooledConnection, place: Place, sequence: int) -> None:
    """It isn't passed over any more."""
    await connection.execute(
        "delete from unknown_event where reader = $1 and source = $2 and sequence = $3",
        place.reader,
        place.source,
        sequence,
    )
