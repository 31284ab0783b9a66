"""Bytes of a topic that are no event: the first of them are kept for an operator, all are counted, nothing waits."""

from eventing.database import Pool
from eventing.reader.sink import Place
from eventing.reader.tap import Record

KEPT = 100
"""So many are kept of a reader and source."""
KEPT_BYTES = 64 * 1024
"""So much is kept of each."""

# Read again after a restart, a record is known by its offset; in a topic that was made anew, those below go uncounted.
_COUNT = """
update position set unreadable = unreadable + 1, unreadable_upto = $3
where reader = $1 and source = $2 and unreadable_upto < $3
"""
_KEEP = """
insert into unreadable (reader, source, at_offset, size, bytes) select $1, $2, $3, $4, $5
where (select count(*) from unreadable where reader = $1 and source = $2) < $6 on conflict do nothing
"""


async def keep(pool: Pool, place: Place, record: Record) -> None:
    """Count the record, and keep it while there is room."""
    async with pool.acquire() as connection, connection.transaction():
        counted = await connection.execute(_COUNT, place.reader, place.source, record.offset)
        if counted == "UPDATE 1":
            value = record.value
            await connection.execute(
                _KEEP, place.reader, place.source, record.offset, len(value), value[:KEPT_BYTES], KEPT
            )
