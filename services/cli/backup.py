"""A service's whole database as one file, and back."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click

from eventing.database import NO_ENTRY, SPINE
from eventing.dump import Damaged, InUse, Manifest, NotEmpty, Unfitting, dump, load
from services.cli.offline import database_of
from services.cli.options import DATA, JSON, explained
from services.cli.progress import shown
from services.platform import BY_NAME

_SERVICE = click.argument("service", type=click.Choice(list(BY_NAME)))


@click.command()
@_SERVICE
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@DATA
@JSON
def backup(service: str, file: Path, data: Path, as_json: bool) -> None:
    """备份一个服务的数据库，服务可照常运行。Back up one service's database; the service may go on."""
    started = time.monotonic()
    with (
        explained(),
        _told(service, file),
        database_of(service, data, stopped=False) as dsn,
        shown(f"backup {service}", quiet=as_json) as progress,
    ):
        manifest = asyncio.run(dump(dsn, service, file, progress))
    _say(manifest, file, time.monotonic() - started, "已备份 Backed up", as_json)


@click.command()
@_SERVICE
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--erase-existing-data",
    "erase",
    is_flag=True,
    help="清除该库现有数据。Erase what the service's database holds now.",
)
@DATA
@JSON
def restore(service: str, file: Path, erase: bool, data: Path, as_json: bool) -> None:
    """把备份恢复到一个服务的数据库；须先停止服务。Restore one service's database; stop the service first."""
    started = time.monotonic()
    folders = [folder for folder in (SPINE, BY_NAME[service]().home / "migrations") if folder.is_dir()]
    with (
        explained(),
        _told(service, file),
        database_of(service, data, stopped=True) as dsn,
        shown(f"restore {service}", quiet=as_json) as progress,
    ):
        manifest = asyncio.run(load(dsn, service, file, folders, erase, progress))
    _say(manifest, file, time.monotonic() - started, "已恢复 Restored", as_json)
    if not as_json and BY_NAME[service]().decisions:
        click.echo(
            "启动后，中继先与外界核对；若日志落后，请运行 gonglian recover。\n"
            "After the start its relay first asks what the world has seen; where the log is behind, run"
            f" gonglian recover {service}."
        )


def _say(manifest: Manifest, file: Path, seconds: float, done: str, as_json: bool) -> None:
    if as_json:
        said = asdict(manifest) | {"file": str(file), "bytes": file.stat().st_size, "seconds": round(seconds, 3)}
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    rows = sum(table.rows for table in manifest.tables)
    click.echo(
        f"{done}: {manifest.service} @ {manifest.sequence} (+{manifest.unsealed}), {len(manifest.tables)} 表 tables,"
        f" {rows:,} 行 rows, {file.stat().st_size / 1e6:.1f} MB, {seconds:.1f} s — {file}"
    )


@contextmanager
def _told(service: str, file: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        _refuse(f"{file} 已存在，不覆盖。", f"{file} exists already and isn't overwritten.")
    except OSError as wrong:
        if wrong.filename is None:
            _refuse(f"连不上 {service} 的数据库。", f"{service}'s database isn't reachable.")
        _refuse(f"{file}：不能读写（{wrong.strerror}）。", f"{file} can't be read or written: {wrong.strerror}.")
    except NO_ENTRY as wrong:
        _refuse(
            f"PostgreSQL 拒绝连接（{wrong}）。在容器中请先运行 docker compose run --rm databases。",
            f"PostgreSQL refuses ({wrong}). In compose, `docker compose run --rm databases` comes first.",
        )
    except Damaged as wrong:
        _refuse(f"备份文件已损坏：{wrong}", f"The file is damaged, or no backup: {wrong}")
    except Unfitting as wrong:
        _refuse(f"备份与本服务或本版本不符：{wrong}", f"The backup is another service's or a newer version's: {wrong}")
    except InUse as wrong:
        _refuse(
            f"{service} 的数据库正被使用（{wrong}），请先停止。", f"{service}'s database is in use ({wrong}): stop it."
        )
    except NotEmpty as there:
        _refuse(
            f"{service} 的数据库里已有数据（{there}）。确要清除，请加 --erase-existing-data。",
            f"{service}'s database holds data ({there}). To erase it, add --erase-existing-data.",
        )


def _refuse(zh: str, en: str) -> NoReturn:
    click.echo(f"{zh}\n{en}", err=True)
    sys.exit(1)
