"""One PostgreSQL role and one database a service."""

import asyncio
from collections.abc import Sequence


async def ensure_databases(superuser_dsn: str, names: Sequence[str]) -> None:
    """A killed run may have left a role without its database, or a database still open to all: both are mended."""
    import asyncpg

    connection = await asyncpg.connect(superuser_dsn)
    try:
        closed = await connection.fetch(
            "select datname from pg_database where not has_database_privilege('public', oid, 'connect')"
        )
    finally:
        await connection.close()
    missing = set(names) - {row["datname"] for row in closed}
    await asyncio.gather(*(_ensure(superuser_dsn, name) for name in sorted(missing)))


async def _ensure(superuser_dsn: str, name: str) -> None:
    import asyncpg

    quoted = '"' + name.replace('"', '""') + '"'
    connection = await asyncpg.connect(superuser_dsn)
    try:
        if not await connection.fetchval("select true from pg_roles where rolname = $1", name):
            await connection.execute(f"create role {quoted} login")
        if not await connection.fetchval("select true from pg_database where datname = $1", name):
            await connection.execute(f"create database {quoted} owner {quoted}")
        await connection.execute(f"revoke connect on database {quoted} from public")
    finally:
        await connection.close()
