"""The streams that a reader has set aside, and what waits there: written by the holder of the reader's lease alone.

Every function with a connection belongs into a transaction that has moved or counted up the reader's position.
"""

from collections.abc import Sequence
from typing import Literal

from contracts.cloudevent import Sealed
from eventing.database import Pool, PooledConnection
from eventing.reader.sink import Place

Wish = Literal["retry", "discard"]


async def parked_streams(connection: PooledConnection | Pool, reader: str, source: str) -> set[str]:
    """The streams of the source that the reader has parked."""
    rows = await connection.fetch("select stream from parked where reader = $1 and source = $2", reader, source)
    return {row["stream"] for row in rows}


async def park(connection: PooledConnection, place: Place, stream: str, sealed: Sealed, error: str) -> None:
    """Set the stream aside with the event that fails."""
    await connection.execute(
        "insert into parked (reader, source, stream, sequence, error) values ($1, $2, $3, $4, $5)",
        place.reader,
        place.source,
        stream,
        sealed.sequence,
        error,
    )
    await put_behind(connection, place, [(stream, sealed)])


async def put_behind(connection: PooledConnection, place: Place, waiting: Sequence[tuple[str, Sealed]]) -> None:
    """Events of parked streams wait there, in order of their sequence."""
    await connection.execute(
        "insert into waiting (reader, source, stream, sequence, text)"
        " select $1, $2, * from unnest($3::text[], $4::bigint[], $5::bytea[])",
        place.reader,
        place.source,
        [stream for stream, _ in waiting],
        [sealed.sequence for _, sealed in waiting],
        [sealed.text for _, sealed in waiting],
    )


async def wishes(pool: Pool, place: Place) -> list[tuple[str, Wish]]:
    """Streams of which an operator wishes something, with what."""
    rows = await pool.fetch(
        "select stream, wish from parked where reader = $1 and source = $2 and wish is not null order by since",
        place.reader,
        place.source,
    )
    return [(row["stream"], row["wish"]) for row in rows]


async def first_waiting(pool: Pool, place: Place, stream: str) -> Sealed | None:
    """What comes next in the stream; None when nothing waits."""
    text: bytes | None = await pool.fetchval(
        "select text from waiting where reader = $1 and source = $2 and stream = $3 order by sequence limit 1",
        place.reader,
        place.source,
        stream,
    )
    return None if text is None else Sealed.read(text)


async def gone(connection: PooledConnection, place: Place, stream: str, sequence: int) -> bool:
    """The event waits no more. Whether it was the last: then the stream isn't parked any more."""
    of_stream = (place.reader, place.source, stream)
    await connection.execute(
        "delete from waiting where reader = $1 and source = $2 and stream = $3 and sequence = $4", *of_stream, sequence
    )
    following = await connection.fetchval(
        "select min(sequence) from waiting where reader = $1 and source = $2 and stream = $3", *of_stream
    )
    if following is None:
        await connection.execute("delete from parked where reader = $1 and source = $2 and stream = $3", *of_stream)
        return True
    # A wish to discard was about the event that is gone; it must never reach the one behind it.
    await connection.execute(
        "update parked set sequence = $4, wish = 'retry', reason = null"
        " where reader = $1 and source = $2 and stream = $3",
        *of_stream,
        following,
    )
    return False


async def failed_again(connection: PooledConnection, place: Place, stream: str, sequence: int, error: str) -> None:
    """The stream stays parked, at this event, and the wish is over."""
    await connection.execute(
        "update parked set sequence = $4, error = $5, wish = null, reason = null, wished_by = null"
        " where reader = $1 and source = $2 and stream = $3",
        place.reader,
        place.source,
        stream,
        sequence,
        error,
    )


async def discard_failing(connection: PooledConnection, place: Place, stream: str) -> tuple[int, bool]:
    """Drop the event that fails, as was wished; what waits behind it is to be taken up. Its sequence, and whether
    nothing waits any more."""
    of_stream = (place.reader, place.source, stream)
    sequence: int = await connection.fetchval(
        "insert into discarded (reader, source, stream, sequence, error, reason, discarded_by)"
        " select reader, source, stream, sequence, error, reason, wished_by from parked"
        " where reader = $1 and source = $2 and stream = $3 returning sequence",
        *of_stream,
    )
    return sequence, await gone(connection, place, stream, sequence)


async def forget_above(connection: PooledConnection, place: Place, sequence: int) -> None:
    """What lay above that sequence never was: nothing of it waits, and a stream with nothing else isn't parked."""
    of_place = (place.reader, place.source)
    for table in ("waiting", "unknown_event"):
        await connection.execute(
            f"delete from {table} where reader = $1 and source = $2 and sequence > $3", *of_place, sequence
        )
    await connection.execute(
        "delete from parked where reader = $1 and source = $2 and sequence > $3", *of_place, sequence
    )


async def forget(connection: PooledConnection, reader: str) -> None:
    """A reader that is no more, a build that was dropped say, has nothing parked. What was discarded stays told."""
    for table in ("parked", "waiting", "unreadable", "unknown_event"):
        await connection.execute(f"delete from {table} where reader = $1", reader)
