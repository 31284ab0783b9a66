"""How far a service is: its log, what waits for its number, its readers, its next due date; all of one instant."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import orjson
from pydantic import BaseModel

from eventing.database import Pool

# One statement is one snapshot: a reaction and the position that it moved are seen together or not at all.
_STANDING = """
select source, sequence, hash,
    (select count(*) from unsealed) as unsealed,
    (select min(due_at) from deadline) as next_due_at,
    (select coalesce(json_agg(at order by at.reader, at.source), '[]') from (
        select reader, source, sequence, hash, epoch, reader = any($1) or exists (
            select from build where state = 'live' and fold = any($2) and fold || '/' || id = reader
        ) as live
        from position
    ) at) as readers,
    array(
        select fold from unnest($2::text[]) fold
        where not exists (select from build where build.fold = fold.fold and state = 'live') order by fold
    ) as unbuilt
from head
"""


class ReaderAt(BaseModel):
    """A reader's position in a source: the last sequence applied and that event's hash.

    `live`: a policy of this service or a live build. Others (a build that is being made, one that is gone) are waited
    for by nobody.
    """

    reader: str
    source: str
    sequence: int
    hash: str
    epoch: int = 0
    live: bool


class Standing(BaseModel):
    """How far a service is. `sequence` is its log's head, `unsealed` counts what waits for its number."""

    source: str
    sequence: int
    hash: str
    unsealed: int
    next_due_at: datetime | None
    readers: tuple[ReaderAt, ...]
    unbuilt: tuple[str, ...] = ()
    """Read models whose first build isn't there yet."""

    def behind(self, heads: Mapping[str, int]) -> list[str]:
        """What is still under way here: unsealed events, and live readers that have not come to their log's head."""
        waiting = [f"{self.source} unsealed {self.unsealed}"] if self.unsealed else []
        waiting += [f"{self.source} has no {fold} yet" for fold in self.unbuilt]
        return waiting + [
            f"{reader.reader} at {reader.source}@{reader.sequence}"
            for reader in self.readers
            if reader.live and reader.sequence < heads.get(reader.source, 0)
        ]


async def standing(pool: Pool, policies: Sequence[str], folds: Sequence[str]) -> Standing:
    """Of the service with that database; `policies` and `folds` are the names of the readers and read models it has."""
    row = await pool.fetchrow(_STANDING, policies, folds)
    assert row is not None, "made when the runtime was opened"
    return Standing.model_validate({**row, "readers": orjson.loads(row["readers"])})
