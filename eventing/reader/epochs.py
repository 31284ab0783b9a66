"""Epochs as a reader meets them: where the log that survived parts from what was read, and the way back there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from contracts.cloudevent import GENESIS, Sealed
from eventing.database import PooledConnection
from eventing.reader import parked
from eventing.reader.position import Moved, Position
from eventing.reader.sink import Place
from eventing.reader.source import Feed

_PAGE = 1000
_BACK = """
update position set sequence = $3, hash = $4, epoch = $5, epoch_after = $6, parkings = $7, moved_at = now()
where reader = $1 and source = $2 and sequence = $8 and hash = $9 and parkings = $10
"""
_OTHERS = """
update position set sequence = 0, hash = $3, hint = 0, parkings = parkings + 1, moved_at = now()
where reader = $1 and source <> $2
"""


@runtime_checkable
class Withdrawable(Protocol):
    """A sink that can take back all it has applied, and is then told everything again from the logs' beginning."""

    async def withdraw(self, connection: PooledConnection) -> None: ...


def advanced(old: Position, part: Sequence[Sealed], hint: int) -> Position:
    """The position after these events, which may lead into a new epoch."""
    epoch, since = old.epoch, old.epoch_after
    if part[-1].epoch > epoch:
        epoch = part[-1].epoch
        since = next(sealed.sequence for sealed in part if sealed.epoch == epoch) - 1
    return replace(old, sequence=part[-1].sequence, hash=part[-1].hash, hint=hint, epoch=epoch, epoch_after=since)


async def parting(feed: Feed, position: Position) -> Sealed | None:
    """The first event at or below the position that is of a later epoch; None when there is none."""
    found: Sealed | None = None
    after = position.sequence
    while after > 0:
        after = max(0, after - _PAGE)
        page = [sealed for sealed in await feed.after(after) if found is None or sealed.sequence < found.sequence]
        newer = [s for s in page if s.epoch > position.epoch and s.sequence <= position.sequence]
        found = newer[0] if newer else found
        if not newer or newer[0] is not page[0]:
            break
    return found


async def go_back(connection: PooledConnection, place: Place, old: Position, first: Sealed, sink: object) -> Position:
    """In the open transaction: to right before `first`, or to the beginning with all withdrawn; raises `Moved`."""
    new = replace(
        old,
        sequence=first.sequence - 1,
        hash=first.prevhash,
        parkings=old.parkings + 1,
        epoch=first.epoch,
        epoch_after=first.sequence - 1,
    )
    if isinstance(sink, Withdrawable):
        new = replace(new, sequence=0, hash=GENESIS)
    moved = await connection.execute(
        _BACK,
        place.reader,
        place.source,
        new.sequence,
        new.hash,
        new.epoch,
        new.epoch_after,
        new.parkings,
        old.sequence,
        old.hash,
        old.parkings,
    )
    if moved != "UPDATE 1":
        raise Moved(place.reader)
    if isinstance(sink, Withdrawable):
        # It is told of its other sources again too: they feed the same rows.
        await connection.execute(_OTHERS, place.reader, place.source, GENESIS)
        await sink.withdraw(connection)
        await parked.forget(connection, place.reader)
    else:
        await parked.forget_above(connection, place, new.sequence)
    return new
