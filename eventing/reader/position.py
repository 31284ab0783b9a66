"""How far a reader has come: kept in its own database, moved by compare-and-set with what it wrote."""

from dataclasses import dataclass, replace
from datetime import datetime

from contracts.cloudevent import GENESIS, Sealed
from eventing.database import Pool, PooledConnection
from eventing.reader.sink import Place


@dataclass(frozen=True, slots=True)
class Followed:
    """The epoch that a reader follows, and the last sequence before it."""

    number: int
    after: int

    def gave_up(self, sealed: Sealed) -> bool:
        """Whether a record of the topic is, or may be, of a history that was given up.

        At or below the epoch's beginning a topic can't be trusted: it holds the old events beside those that survived.
        """
        return self.number > 0 and (sealed.epoch < self.number or sealed.sequence <= self.after)


@dataclass(frozen=True, slots=True)
class Position:
    """The last event applied: its sequence, its hash, and the Kafka offset after it (a hint, never trusted).

    `parkings` counts how often this reader has changed what it has parked: who has missed a change can't move on.
    `epoch` is the one that is followed, `epoch_after` the last sequence before it.
    """

    sequence: int = 0
    hash: str = GENESIS
    hint: int = 0
    parkings: int = 0
    epoch: int = 0
    epoch_after: int = 0

    @property
    def followed(self) -> Followed:
        return Followed(self.epoch, self.epoch_after)


class Moved(Exception):
    """Another holder has moved the position: reload it."""


async def load(pool: Pool, reader: str, source: str) -> Position:
    """The position of the reader in the source; made at the log's beginning where there is none."""
    row = await pool.fetchrow(
        "insert into position (reader, source) values ($1, $2) on conflict (reader, source)"
        " do update set reader = excluded.reader returning sequence, hash, hint, parkings, epoch, epoch_after",
        reader,
        source,
    )
    if row is None:
        raise Moved(reader)
    return Position(*row)


async def move(
    connection: PooledConnection, reader: str, source: str, old: Position, new: Position, event_time: datetime | None
) -> None:
    """Move it, before anything else in the transaction; raises `Moved`. `event_time` is the last event's, if it has
    one."""
    moved = await connection.execute(
        "update position set sequence = $3, hash = $4, hint = $5, event_time = coalesce($6, event_time),"
        " moved_at = now(), parkings = $7, epoch = $8, epoch_after = $9"
        " where reader = $1 and source = $2 and sequence = $10 and hash = $11 and parkings = $12",
        reader,
        source,
        new.sequence,
        new.hash,
        new.hint,
        event_time,
        new.parkings,
        new.epoch,
        new.epoch_after,
        old.sequence,
        old.hash,
        old.parkings,
    )
    if moved != "UPDATE 1":
        raise Moved(reader)


async def change_parked(connection: PooledConnection, place: Place, old: Position) -> Position:
    """Count a change of what is parked, before anything else in the transaction; raises `Moved`."""
    new = replace(old, parkings=old.parkings + 1)
    changed = await connection.execute(
        "update position set parkings = $3"
        " where reader = $1 and source = $2 and sequence = $4 and hash = $5 and parkings = $6",
        place.reader,
        place.source,
        new.parkings,
        old.sequence,
        old.hash,
        old.parkings,
    )
    if changed != "UPDATE 1":
        raise Moved(place.reader)
    return new
