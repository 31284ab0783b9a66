"""A service's own PostgreSQL database: its pool with every timeout set, and its numbered migrations."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]
    Pool = asyncpg.Pool[asyncpg.Record]
    PooledConnection = asyncpg.pool.PoolConnectionProxy[asyncpg.Record] | Connection
else:
    Connection = Pool = PooledConnection = Any

NO_ENTRY = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError)
"""PostgreSQL is there and lets nobody in: no such role or database, or another password."""

SPINE = Path(__file__).parent / "migrations"

TIMEOUTS: Mapping[str, str] = {
    "statement_timeout": "20s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "10s",
    "transaction_timeout": "30s",  # a longer one holds dead rows back and slows the sealer (see docs/adr/0003)
}


async def open_pool(dsn: str, application: str, size: int = 3) -> Pool:
    """A small pool that connects on demand. Connections carry no session state, so none is reset on release."""

    async def nothing_to_reset(_: Any) -> None: ...

    return await asyncpg.create_pool(
        dsn,
        min_size=0,
        max_size=size,
        timeout=5,
        command_timeout=30,
        reset=nothing_to_reset,
        server_settings={**TIMEOUTS, "application_name": application},
    )


class AlteredMigration(Exception):
    """A migration that has run isn't what it was: it must never be edited, only followed by another."""


Migration = tuple[str, str, str]
"""Folder, file name and checksum of a migration."""


async def migrate(pool: Pool, *folders: Path) -> None:
    """Run the numbered SQL files of each folder that have not run yet, one process at a time."""
    async with pool.acquire() as connection, connection.transaction():
        await _run(connection, _migrations(folders))


async def migrate_to(connection: PooledConnection, folders: Sequence[Path], wanted: Collection[Migration]) -> list[str]:
    """Run just these, as an older version had them, in the open transaction; the names of those that we don't have."""
    known = {migration: file for migration, file in _migrations(folders).items() if migration in wanted}
    await _run(connection, known)
    return ["/".join(migration[:2]) for migration in wanted if migration not in known]


def _migrations(folders: Sequence[Path]) -> dict[Migration, str]:
    texts = {}
    for folder in folders:
        for file in sorted(folder.glob("*.sql")):
            text = file.read_text(encoding="utf-8")
            texts[folder.parent.name, file.name, sha256(text.encode()).hexdigest()] = text
    return texts


async def _run(connection: PooledConnection, texts: Mapping[Migration, str]) -> None:
    await connection.execute("select pg_advisory_xact_lock(hashtext('gonglian migrations'))")
    await connection.execute(
        "create table if not exists migration (folder text, name text, checksum text not null,"
        " at timestamptz not null default now(), primary key (folder, name))"
    )
    done = {
        (row["folder"], row["name"]): row["checksum"]
        for row in await connection.fetch("select folder, name, checksum from migration")
    }
    for (home, name, checksum), text in texts.items():
        if (home, name) in done:
            if done[home, name] != checksum:
                raise AlteredMigration(f"{home}/{name}")
            continue
        await connection.execute(text)
        await connection.execute(
            "insert into migration (folder, name, checksum) values ($1, $2, $3)", home, name, checksum
        )
