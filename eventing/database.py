"""A service's own PostgreSQL database: its pool with every timeout set, and its numbered migrations."""

from collections.abc import Mapping
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


async def migrate(pool: Pool, *folders: Path) -> None:
    """Run the numbered SQL files of each folder that have not run yet, one process at a time."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select pg_advisory_xact_lock(hashtext('gonglian migrations'))")
        await connection.execute(
            "create table if not exists migration (folder text, name text, checksum text not null,"
            " at timestamptz not null default now(), primary key (folder, name))"
        )
        done = {
            (row["folder"], row["name"]): row["checksum"]
            for row in await connection.fetch("select folder, name, checksum from migration")
        }
        for folder in folders:
            home = folder.parent.name
            for file in sorted(folder.glob("*.sql")):
                text = file.read_text(encoding="utf-8")
                checksum = sha256(text.encode()).hexdigest()
                if (home, file.name) in done:
                    if done[home, file.name] != checksum:
                        raise AlteredMigration(f"{home}/{file.name}")
                    continue
                await connection.execute(text)
                await connection.execute(
                    "insert into migration (folder, name, checksum) values ($1, $2, $3)", home, file.name, checksum
                )
