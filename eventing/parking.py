"""What an operator sees of what readers have set aside, and what he wishes of it; the readers carry the wishes out."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal

import asyncpg
import orjson
from pydantic import BaseModel

from contracts.cloudevent import Undecodable, event_time, type_of
from eventing.database import Pool, PooledConnection
from eventing.refusal import NotFound, Refused

_LIST = """
select reader, source, stream, sequence, error, since, wish, (select count(*) from waiting
    where (waiting.reader, waiting.source, waiting.stream) = (parked.reader, parked.source, parked.stream)) as waiting
from parked union all
select reader, source, 'offset:' || at_offset, at_offset, 'Undecodable', since, null, 0 from unreadable
order by reader, source, since, sequence
"""
_UNKNOWN = """
select reader, source, type, count(*) as count, min(sequence) as first, max(sequence) as last, min(since) as since
from unknown_event group by reader, source, type order by reader, source, type
"""
_COUNTS = """
select reader, source, unreadable,
    (select count(*) from parked p where (p.reader, p.source) = (position.reader, position.source)) as parked,
    (select count(*) from unknown_event u where (u.reader, u.source) = (position.reader, position.source)) as unknown
from position
"""
_OFFSET = re.compile(r"offset:([0-9]{1,18})")


class ParkedStream(BaseModel):
    """A stream that a reader has parked: `sequence` is the event that fails, `error` its error's type, `waiting` counts
    it and what came after it. Bytes of the topic that are no event stand here as stream `offset:N`, and nothing waits
    behind them. `wish` is an operator's that isn't carried out yet."""

    reader: str
    source: str
    stream: str
    sequence: int
    error: str
    since: datetime
    wish: Literal["retry", "discard"] | None
    waiting: int


class UnknownEvents(BaseModel):
    """Events of a type that the running code doesn't know; replayed, where it matters, when it does."""

    reader: str
    source: str
    type: str
    count: int
    first: int
    last: int
    since: datetime


class UnreadableRecords(BaseModel):
    """How many records of a topic were no event; the first hundred of them are kept."""

    reader: str
    source: str
    count: int


class Parked(BaseModel):
    """All that a service's readers have set aside."""

    parked: tuple[ParkedStream, ...]
    unknown: tuple[UnknownEvents, ...]
    unreadable: tuple[UnreadableRecords, ...]


class WaitingEvent(BaseModel):
    """An event of a parked stream. `data` is there when asked for: the event's, or what can be read of broken bytes."""

    sequence: int
    type: str | None
    time: datetime | None
    data: Any = None


class StreamShown(ParkedStream):
    """A parked stream with what waits there, the failing event first."""

    events: tuple[WaitingEvent, ...]


async def all_parked(connection: PooledConnection | Pool) -> Parked:
    """All that is set aside in this database."""
    counts = await connection.fetch(
        "select reader, source, unreadable as count from position where unreadable > 0 order by reader, source"
    )
    return Parked(
        parked=tuple(ParkedStream(**dict(row)) for row in await connection.fetch(_LIST)),
        unknown=tuple(UnknownEvents(**dict(row)) for row in await connection.fetch(_UNKNOWN)),
        unreadable=tuple(UnreadableRecords(**dict(row)) for row in counts),
    )


async def parked_counts(connection: PooledConnection | Pool) -> Sequence[asyncpg.Record]:
    """For each reader and source: how many streams are `parked`, events `unknown`, records `unreadable`."""
    counts: Sequence[asyncpg.Record] = await connection.fetch(_COUNTS)
    return counts


async def show(connection: PooledConnection | Pool, reader: str, stream: str, data: bool = False) -> StreamShown:
    """What waits in a stream; raises `NotFound`."""
    found = [each for each in (await all_parked(connection)).parked if (each.reader, each.stream) == (reader, stream)]
    if not found:
        raise NotFound("not_parked", reader=reader, stream=stream)
    if (offset := _OFFSET.fullmatch(stream)) is not None:
        rows = await connection.fetch(
            "select at_offset as sequence, bytes as text from unreadable where reader = $1 and at_offset = $2",
            reader,
            int(offset[1]),
        )
    else:
        rows = await connection.fetch(
            "select sequence, text from waiting where reader = $1 and stream = $2 order by source, sequence",
            reader,
            stream,
        )
    events = tuple(_waiting(row["sequence"], row["text"], data) for row in rows)
    return StreamShown(**found[0].model_dump(), events=events)


def _waiting(sequence: int, text: bytes, data: bool) -> WaitingEvent:
    event = WaitingEvent(sequence=sequence, type=None, time=None)
    with suppress(Undecodable):
        event.type, event.time = type_of(text), event_time(text)
    if data:
        try:
            event.data = orjson.loads(text)["data"]
        except (ValueError, KeyError, TypeError):
            event.data = text.decode("utf-8", "backslashreplace")
    return event


async def wish_retry(connection: PooledConnection | Pool, by: str, reader: str, stream: str) -> None:
    """Have the stream tried again; raises `NotFound`. A wish that is there already stays."""
    row = await connection.fetchrow(
        "update parked set wish = coalesce(wish, 'retry'), wished_by = coalesce(wished_by, $1)"
        " where reader = $2 and stream = $3 returning true",
        by,
        reader,
        stream,
    )
    if row is None:
        raise NotFound("not_parked", reader=reader, stream=stream)


async def wish_retry_all(connection: PooledConnection | Pool, by: str) -> int:
    """Have every parked stream of this database tried again; how many there are."""
    rows = await connection.fetch(
        "update parked set wish = coalesce(wish, 'retry'), wished_by = coalesce(wished_by, $1) returning true", by
    )
    return len(rows)


async def wish_discard(
    connection: PooledConnection | Pool, by: str, reader: str, stream: str, reason: str, sequence: int | None = None
) -> None:
    """Have the failing event given up and the rest taken up; raises `NotFound`, or `Refused` where something is wished
    already or another event (not `sequence`) fails by now. Bytes that are no event are given up at once."""
    if (offset := _OFFSET.fullmatch(stream)) is not None:
        row = await connection.fetchrow(
            "with gone as (delete from unreadable where reader = $1 and at_offset = $2 returning reader, source)"
            " insert into discarded (reader, source, stream, sequence, error, reason, discarded_by)"
            " select reader, source, $3, $2, 'Undecodable', $4, $5 from gone returning true",
            reader,
            int(offset[1]),
            stream,
            reason,
            by,
        )
    else:
        row = await connection.fetchrow(
            "update parked set wish = 'discard', reason = $1, wished_by = $2 where reader = $3 and stream = $4"
            " and wish is null and sequence = coalesce($5, sequence) returning true",
            reason,
            by,
            reader,
            stream,
            sequence,
        )
    if row is not None:
        return
    found = await show(connection, reader, stream)
    raise Refused("parked_meanwhile", reader=reader, stream=stream, sequence=found.sequence, wish=found.wish)
