"""A service's whole database as one file, and back: every table by COPY at one instant, with a manifest."""

import json
import os
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

import asyncpg

from eventing.database import Connection, migrate_to
from eventing.dump_tables import content, definition, sequences, tables

FORMAT = 1
_MANIFEST = "manifest.json"
_SETTINGS = {"statement_timeout": "0", "idle_in_transaction_session_timeout": "0", "transaction_timeout": "0"}
_CHUNK = 1 << 20

Progress = Callable[[int, int], None]
"""Told how many rows of how many are done."""


class Damaged(Exception):
    """The file isn't what was written, or no backup at all."""


class NotEmpty(Exception):
    """The database holds data already."""


class InUse(Exception):
    """Somebody works on the database; names whom."""


class Unfitting(Exception):
    """The backup was made by a version whose migrations this one doesn't have, or for another service."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One table in the file. `definition` makes it where no migration does."""

    name: str
    rows: int
    sha256: str
    definition: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `migrations` are (folder, name, checksum); `positions` (reader, source, sequence, hash)."""

    format: int
    service: str
    source: str | None
    at: str
    sequence: int
    hash: str
    epoch: int
    unsealed: int
    migrations: tuple[tuple[str, str, str], ...]
    positions: tuple[tuple[str, str, int, str], ...]
    sequences: tuple[tuple[str, int], ...]
    tables: tuple[Kept, ...]


async def dump(dsn: str, service: str, file: Path, progress: Progress = lambda done, of: None) -> Manifest:
    """Write the backup; the service may run. Raises `FileExistsError`, and leaves no half of a file."""
    _must_be_new(file)
    draft = file.with_name(f"{file.name}.part")
    connection = await asyncpg.connect(dsn, server_settings={**_SETTINGS, "application_name": "gonglian backup"})
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                manifest = await _write(connection, service, out, progress)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)  # never over another's
        return manifest
    finally:
        draft.unlink(missing_ok=True)
        await connection.close()


def _must_be_new(file: Path) -> None:
    if file.exists():
        raise FileExistsError(file)


async def _write(connection: Connection, service: str, out: Any, progress: Progress) -> Manifest:
    migrations = await connection.fetch("select folder, name, checksum from migration order by folder, name")
    head = await connection.fetchrow("select * from head")
    positions = await connection.fetch("select reader, source, sequence, hash from position order by reader, source")
    found = await tables(connection)
    total, done, kept = sum(table.estimate for table in found), 0, list[Kept]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for table in found:
            digest = sha256()
            with archive.open(f"{table.name}.copy", "w", force_zip64=True) as member:

                async def take(data: bytes, digest: Any = digest, member: Any = member) -> None:
                    digest.update(data)
                    member.write(data)

                status = await connection.copy_from_table(table.name, output=take)
            rows = int(status.split()[-1])
            done += rows
            progress(done, max(total, done))
            kept.append(Kept(table.name, rows, digest.hexdigest(), await definition(connection, table.name)))
        manifest = Manifest(
            FORMAT,
            service,
            head["source"] if head else None,
            datetime.now(UTC).isoformat(timespec="seconds"),
            head["sequence"] if head else 0,
            head["hash"] if head else "",
            head["epoch"] if head else 0,
            await connection.fetchval("select count(*) from unsealed"),
            tuple((row["folder"], row["name"], row["checksum"]) for row in migrations),
            tuple((row["reader"], row["source"], row["sequence"], row["hash"]) for row in positions),
            await sequences(connection),
            tuple(kept),
        )
        archive.writestr(_MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    return manifest


def manifest_of(file: Path) -> Manifest:
    """What the file says that it holds; raises `Damaged`."""
    try:
        with zipfile.ZipFile(file) as archive:
            said = json.loads(archive.read(_MANIFEST))
        if said["format"] != FORMAT:
            raise Damaged(f"format {said['format']}")
        kept = tuple(Kept(t["name"], t["rows"], t["sha256"], tuple(t["definition"])) for t in said.pop("tables"))
        names = ("migrations", "positions", "sequences")
        lists: dict[str, Any] = {name: tuple(map(tuple, said.pop(name))) for name in names}
        return Manifest(**said, **lists, tables=kept)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as wrong:
        raise Damaged(f"{file.name}: {wrong}") from wrong


def check(file: Path) -> Manifest:
    """Read all of it and compare each table with its SHA-256; raises `Damaged`."""
    manifest = manifest_of(file)
    try:
        with zipfile.ZipFile(file) as archive:
            for table in manifest.tables:
                digest = sha256()
                with archive.open(f"{table.name}.copy") as member:
                    while chunk := member.read(_CHUNK):
                        digest.update(chunk)
                if digest.hexdigest() != table.sha256:
                    raise Damaged(f"{file.name}: {table.name}")
    except (zipfile.BadZipFile, KeyError, OSError) as wrong:
        raise Damaged(f"{file.name}: {wrong}") from wrong
    return manifest


async def load(
    dsn: str,
    service: str,
    file: Path,
    folders: Sequence[Path],
    erase: bool = False,
    progress: Progress = lambda done, of: None,
) -> Manifest:
    """Put the backup into the database, all or nothing; nobody else may be connected to it.

    Raises `Damaged`, `Unfitting`, `InUse`, and `NotEmpty` unless what is there may be erased.
    """
    manifest = check(file)
    if manifest.service != service:
        raise Unfitting(f"{manifest.service} ≠ {service}")
    connection = await asyncpg.connect(dsn, server_settings={**_SETTINGS, "application_name": "gonglian restore"})
    try:
        others = await connection.fetch(
            "select distinct application_name from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"
        )
        if others:
            raise InUse(", ".join(row["application_name"] for row in others))
        if not erase and (there := await content(connection)):
            raise NotEmpty(", ".join(there))
        async with connection.transaction():
            await _restore(connection, manifest, file, folders, progress)
    finally:
        await connection.close()
    return manifest


async def _restore(
    connection: Connection, manifest: Manifest, file: Path, folders: Sequence[Path], progress: Progress
) -> None:
    for found in await tables(connection, also_migration=True):
        await connection.execute(f'drop table if exists "{found.name}" cascade')
    missing = await migrate_to(connection, folders, manifest.migrations)
    if missing:
        raise Unfitting(", ".join(missing))
    migrated = {table.name for table in await tables(connection)}
    total, done = sum(table.rows for table in manifest.tables), 0
    with zipfile.ZipFile(file) as archive:
        for table in manifest.tables:
            if table.name not in migrated:
                for statement in table.definition:
                    await connection.execute(statement)
            with archive.open(f"{table.name}.copy") as member:
                await connection.copy_to_table(table.name, source=cast(BinaryIO, member))
            done += table.rows
            progress(done, total)
    for name, last in manifest.sequences:
        await connection.execute("select setval($1::regclass, $2)", name, last)
    # Until somebody outside confirms that nothing is missing, the relay seals nothing.
    await connection.execute("update head set restored_at = now()")
