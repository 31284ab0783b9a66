"""Backup and restore: a service's whole database as one file at one instant, and the same database back."""

import asyncio
import json
import os
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from eventing.audit import verify
from eventing.database import SPINE, Pool, open_pool
from eventing.dump import Damaged, InUse, Manifest, NotEmpty, Unfitting, check, dump, load
from eventing.embedded import MockBroker, Postgres
from tests.support.building import fresh_build
from tests.support.logs import LogUnderTest
from tests.support.reading import seal_all
from tests.support.toy import enterprise
from tests.support.toy_fold import TOY, registered

TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1"
SHAPE = """
select 'column', attrelid::regclass::text, attname, format_type(atttypid, atttypmod),
    attnotnull::text || attgenerated::text
from pg_attribute join pg_class on oid = attrelid where relkind = 'r' and relnamespace = 'public'::regnamespace
    and attnum > 0
union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), ''
from pg_constraint where connamespace = 'public'::regnamespace
union all select 'index', tablename, indexname, indexdef, '' from pg_indexes where schemaname = 'public'
union all select 'options', relname, reloptions::text, '', '' from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1, 2, 3
"""


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LogUnderTest:
    return await LogUnderTest.made(pool, dsn, broker)


@pytest.fixture
async def elsewhere(dsn: str, postgres: Postgres) -> str:
    """An empty database that nobody is connected to."""
    name = f"{dsn.split('?')[0].rsplit('/', 1)[1]}restored"
    await postgres.ensure([name])
    return postgres.dsn(database=name)


@pytest.fixture
async def restored(elsewhere: str) -> AsyncIterator[Pool]:
    pool = await open_pool(elsewhere, "restored")
    yield pool
    await pool.close()


async def filled(log: LogUnderTest) -> None:
    """Sealed and unsealed events, a build with rows, an answer with every awkward character."""
    await log.append(12)
    await seal_all(log)
    await log.append(3)
    build = await fresh_build(log.pool, TOY)
    async with log.pool.acquire() as connection, connection.transaction():
        await build.table.fold_in(connection, [registered(enterprise(number)) for number in range(1, 6)])
    awkward = 'tab\t newline\n backslash \\N quote " 工会 \u2028 😀'
    await log.pool.execute("insert into answer (actor, key, fingerprint, body) values ('a', 'k', 'f', $1)", awkward)
    await log.pool.execute("insert into position (reader, source, sequence) values ('r', '/regions/1/x', 7)")


async def content(pool: Pool) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but what a restore itself writes."""
    found = {}
    for (table,) in await pool.fetch(TABLES):
        columns = "source, sequence, hash, published, epoch" if table == "head" else "*"
        if table == "migration":
            columns = "folder, name, checksum"
        rows = await pool.fetch(f'select {columns} from "{table}"')
        found[table] = sorted((tuple(row) for row in rows), key=repr)
    return found


async def backed_up(log: LogUnderTest, tmp_path: Path) -> tuple[Path, Manifest]:
    file = tmp_path / "enterprise.backup"
    return file, await dump(log.dsn, "enterprise", file)


async def test_what_is_restored_is_what_was_backed_up(
    log: LogUnderTest, elsewhere: str, restored: Pool, tmp_path: Path
) -> None:
    """Mechanism: every table by COPY; those that no migration makes, by their definition."""
    await filled(log)
    file, manifest = await backed_up(log, tmp_path)
    assert (manifest.sequence, manifest.unsealed, manifest.source) == (12, 3, log.source)
    assert ("r", "/regions/1/x", 7) in [position[:3] for position in manifest.positions]
    await load(elsewhere, "enterprise", file, [SPINE])
    assert await content(restored) == await content(log.pool)
    assert [tuple(row) for row in await restored.fetch(SHAPE)] == [tuple(row) for row in await log.pool.fetch(SHAPE)]
    assert (await verify(elsewhere, ())).finding is None


async def test_after_a_restore_new_events_get_new_places(
    log: LogUnderTest, elsewhere: str, restored: Pool, tmp_path: Path
) -> None:
    """Mechanism: sequences go on where they were; else the first append would collide."""
    await filled(log)
    file, _ = await backed_up(log, tmp_path)
    await load(elsewhere, "enterprise", file, [SPINE])
    other = LogUnderTest(restored, elsewhere, log.bootstrap)
    other._version = 40
    await other.append(1)
    assert await restored.fetchval("select max(pos) from event") > await log.pool.fetchval("select max(pos) from event")


async def test_a_restored_log_says_so_until_somebody_confirms_it(
    log: LogUnderTest, elsewhere: str, restored: Pool, tmp_path: Path
) -> None:
    await filled(log)
    file, _ = await backed_up(log, tmp_path)
    await load(elsewhere, "enterprise", file, [SPINE])
    assert await restored.fetchval("select restored_at is not null from head")
    assert await log.pool.fetchval("select restored_at is null from head")


async def test_a_backup_is_of_one_instant_while_writes_go_on(
    log: LogUnderTest, elsewhere: str, restored: Pool, tmp_path: Path
) -> None:
    """Mechanism: one repeatable-read transaction over all tables. `unsealed` and `log` are read long apart."""
    async with log.relayed():
        writing = asyncio.ensure_future(log.append(300))
        for number in range(4):
            await dump(log.dsn, "enterprise", tmp_path / f"{number}.backup")
        await writing
    for number in range(4):
        await load(elsewhere, "enterprise", tmp_path / f"{number}.backup", [SPINE], erase=True)
        assert (await verify(elsewhere, ())).finding is None


async def test_a_file_is_not_overwritten(log: LogUnderTest, tmp_path: Path) -> None:
    file, _ = await backed_up(log, tmp_path)
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        await dump(log.dsn, "enterprise", file)
    assert file.read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == [file.name]
    assert file.stat().st_mode & 0o077 == 0


async def test_what_is_there_is_not_erased_unless_told(log: LogUnderTest, elsewhere: str, tmp_path: Path) -> None:
    await filled(log)
    file, _ = await backed_up(log, tmp_path)
    await load(elsewhere, "enterprise", file, [SPINE])
    with pytest.raises(NotEmpty, match="event"):
        await load(elsewhere, "enterprise", file, [SPINE])
    await load(elsewhere, "enterprise", file, [SPINE], erase=True)
    assert (await verify(elsewhere, ())).events == 12


async def test_a_database_in_use_is_not_restored(log: LogUnderTest, tmp_path: Path) -> None:
    await filled(log)
    file, _ = await backed_up(log, tmp_path)
    with pytest.raises(InUse, match="test"):
        await load(log.dsn, "enterprise", file, [SPINE], erase=True)


async def test_a_damaged_file_restores_nothing(
    log: LogUnderTest, elsewhere: str, restored: Pool, tmp_path: Path
) -> None:
    """Mechanism: each table's SHA-256 is in the manifest, and all is read before anything is written."""
    await filled(log)
    file, _ = await backed_up(log, tmp_path)
    other = tmp_path / "other.backup"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"2025-05-03", b"2025-05-04") if name == "event.copy" else content)
    cut = tmp_path / "cut.backup"
    cut.write_bytes(file.read_bytes()[:-200])
    for bad in (other, cut):
        with pytest.raises(Damaged):
            await load(elsewhere, "enterprise", bad, [SPINE])
    assert await restored.fetch(TABLES) == []


async def test_a_backup_of_another_service_or_a_newer_version_is_refused(
    log: LogUnderTest, elsewhere: str, restored: Pool, tmp_path: Path
) -> None:
    file, _ = await backed_up(log, tmp_path)
    with pytest.raises(Unfitting):
        await load(elsewhere, "projection", file, [SPINE])
    newer = tmp_path / "newer.backup"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(newer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                manifest["migrations"].append(["eventing", "9999_later.sql", "0" * 64])
                content = json.dumps(manifest).encode()
            target.writestr(name, content)
    with pytest.raises(Unfitting, match="9999_later"):
        await load(elsewhere, "enterprise", newer, [SPINE])
    assert await restored.fetch(TABLES) == []
    assert check(file).service == "enterprise"
