"""The vault's table, written in the transaction of the events that it belongs to."""

from collections.abc import Sequence

import asyncpg

from contracts.event import Event
from eventing.database import Pool, PooledConnection
from eventing.vault import Erasure, Item, Twice, Vault, named

_LAY_IN = """
insert into vault (entry, name, content, mark, pos) values ($1, $2, $3, $4, $5)
on conflict (entry, name) do update
    set content = excluded.content, mark = excluded.mark, pos = coalesce(excluded.pos, vault.pos)
"""


async def lay_in(connection: PooledConnection, items: Sequence[Item], pos: int | None) -> None:
    """Keep these, in place of what their entries held under the same names. Raises `Twice`."""
    for item in items:
        try:
            await connection.execute(_LAY_IN, item.entry, item.name, item.content, item.mark, pos)
        except asyncpg.UniqueViolationError as taken:
            if taken.constraint_name != "vault_mark":
                raise
            raise Twice(item.name) from None  # the database's own words would quote the mark


async def kept(connection: Pool | PooledConnection, entry: str) -> list[Item]:
    """What lies under the entry, by name."""
    rows = await connection.fetch("select name, content, mark from vault where entry = $1 order by name", entry)
    return [Item(entry, row["name"], row["content"], row["mark"]) for row in rows]


async def erase(connection: PooledConnection, erasures: Sequence[Erasure], events: Sequence[Event]) -> None:
    """Let go what these events say."""
    if entries := named(erasures, events):
        await connection.execute("delete from vault where entry = any($1)", entries)


async def try_key(pool: Pool, vault: Vault) -> None:
    """Raise `WrongKey` where what lies there was encrypted by another key."""
    row = await pool.fetchrow("select entry, name, content from vault limit 1")
    if row is not None:
        vault.content(Item(row["entry"], row["name"], row["content"]))
