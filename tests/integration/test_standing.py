"""How far a service says that it is, and which of its readers count."""

import pytest

from eventing.database import Pool
from eventing.standing import Standing, standing

HASH = "0" * 64


async def seen(pool: Pool) -> Standing:
    return await standing(pool, ["policy:kept"], ["board"])


@pytest.fixture
async def opened(pool: Pool) -> Pool:
    await pool.execute("insert into head (source, sequence) values ('/regions/610000/enterprise', 7)")
    return pool


async def test_policies_and_live_builds_count_and_nothing_else(opened: Pool) -> None:
    """Mechanism: `live` in eventing/standing.py; a position that is left over would keep played time from moving."""
    await opened.execute(
        "insert into build (fold, id, fingerprint, state)"
        " values ('board', 1, '', 'old'), ('board', 2, '', 'live'), ('board', 3, '', 'building'),"
        " ('dropped', 1, '', 'live')"
    )
    names = ["board/1", "board/2", "board/3", "dropped/1", "policy:kept", "policy:dropped"]
    await opened.executemany(
        "insert into position (reader, source, sequence) values ($1, '/regions/610000/enterprise', 6)",
        [(name,) for name in names],
    )
    at = await seen(opened)
    assert [reader.reader for reader in at.readers if reader.live] == ["board/2", "policy:kept"]
    assert at.behind({"/regions/610000/enterprise": 7}) == [
        "board/2 at /regions/610000/enterprise@6",
        "policy:kept at /regions/610000/enterprise@6",
    ]


async def test_what_waits_for_its_number_is_under_way(opened: Pool) -> None:
    await opened.execute("insert into unsealed values (1), (2)")
    at = await seen(opened)
    assert (at.sequence, at.unsealed, at.next_due_at, at.readers) == (7, 2, None, ())
    assert at.behind({}) == [
        "/regions/610000/enterprise unsealed 2",
        "/regions/610000/enterprise has no board yet",
    ]
