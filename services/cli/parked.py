"""What the readers have set aside: see it, have it tried again, give an event up."""

import asyncio
import getpass
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from services.cli.options import DATA, JSON, explained
from services.platform import BY_NAME

if TYPE_CHECKING:
    from eventing.database import Connection
    from eventing.parking import Parked, StreamShown

_WAIT = click.option(
    "--wait", type=click.IntRange(0, 600), default=15, help="等候秒数 Seconds to wait for the readers to do it."
)
_READER, _STREAM = click.argument("reader"), click.argument("stream")


@click.group()
def parked() -> None:
    """搁置的事件：查看、重试、放弃。What readers have set aside: list, show, retry, discard."""


@parked.command("list")
@DATA
@JSON
def list_(data: Path, as_json: bool) -> None:
    """列出搁置的事件流。List the parked streams, unknown types and unreadable records."""
    from services.cli.parked_tables import tables

    found = _everywhere(data, _all_parked)
    if as_json:
        _print({key: [row for each in found for row in each.model_dump(mode="json")[key]] for key in _KEYS})
        return
    tables(found)


@parked.command()
@_READER
@_STREAM
@DATA
@JSON
@click.option("--with-data", is_flag=True, help="连同事件内容。With the events' data.")
def show(reader: str, stream: str, data: Path, as_json: bool, with_data: bool) -> None:
    """查看一个事件流中等候的事件。Show what waits in one stream, the failing event first."""

    from services.cli.parked_tables import table_of

    async def look(connection: "Connection") -> "StreamShown":
        from eventing import parking

        return await parking.show(connection, reader, stream, with_data)

    (shown,) = _where_parked(data, look)
    if as_json:
        _print(shown.model_dump(mode="json", exclude_none=True))
        return
    table_of(shown, with_data)


@parked.command()
@click.argument("reader", required=False)
@click.argument("stream", required=False)
@click.option("--all", "everything", is_flag=True, help="全部。Every parked stream.")
@DATA
@JSON
@_WAIT
def retry(reader: str | None, stream: str | None, everything: bool, data: Path, as_json: bool, wait: int) -> None:
    """重试：失败的事件和其后等候的，按顺序。Try the failing event again, and what waits behind it, in order."""
    if everything == (reader is not None) or (reader is None) != (stream is None):
        raise click.UsageError("请给出 READER STREAM，或 --all。Give READER STREAM, or --all.")

    async def wish(connection: "Connection") -> int:
        from eventing import parking

        if reader is None or stream is None:
            return await parking.wish_retry_all(connection, _who())
        await parking.wish_retry(connection, _who(), reader, stream)
        return 1

    _everywhere(data, wish) if everything else _where_parked(data, wish)
    _tell_outcome(data, None if reader is None or stream is None else (reader, stream), wait, as_json)


@parked.command()
@_READER
@_STREAM
@click.option("--reason", required=True, help="理由（代码或短语，不写人名）。Why: a code or a few words, no names.")
@click.option("--sequence", type=int, help="只放弃这个序号的事件。Only if the failing event is this one.")
@DATA
@JSON
@_WAIT
def discard(reader: str, stream: str, reason: str, sequence: int | None, data: Path, as_json: bool, wait: int) -> None:
    """放弃失败的那个事件，其后的照常处理。Give up the failing event; what waits behind it is taken up."""
    if not 1 <= len(reason.strip()) <= 500:
        raise click.BadParameter("1–500 字符 characters", param_hint="--reason")

    async def wish(connection: "Connection") -> None:
        from eventing import parking

        await parking.wish_discard(connection, _who(), reader, stream, reason.strip(), sequence)

    _where_parked(data, wish)
    _tell_outcome(data, (reader, stream), wait, as_json)


_KEYS = ("parked", "unknown", "unreadable")


async def _all_parked(connection: "Connection") -> "Parked":
    from eventing import parking

    return await parking.all_parked(connection)


def _everywhere(data: Path, work: "Callable[[Connection], Awaitable[Any]]") -> list[Any]:
    """The work's result in each service within reach."""
    return [done for done, _ in _each(data, work)]


def _where_parked(data: Path, work: "Callable[[Connection], Awaitable[Any]]") -> list[Any]:
    """The work's result in the services that have it parked; says a refusal and leaves with 1."""
    from eventing.shell.texts import Texts

    results = _each(data, work)
    if done := [result for result, refused in results if refused is None]:
        return done[:1]
    refusals = [refused for _, refused in results if refused is not None]
    # Whoever has the stream knows best why it can't be done.
    refused = next((each for each in refusals if each.code != "not_parked"), refusals[0])
    for language in ("zh", "en"):
        click.echo(Texts().text(refused.code, language, refused.facts).detail, err=True)
    sys.exit(1)


def _each(data: Path, work: "Callable[[Connection], Awaitable[Any]]") -> list[tuple[Any, Any]]:
    from eventing.refusal import Refused
    from eventing.shell.reach import reach_all

    async def run() -> list[tuple[Any, Any]]:
        import asyncpg

        results: list[tuple[Any, Any]] = []
        for reached in reach_all(BY_NAME, data):
            connection = await asyncpg.connect(reached.dsn, timeout=10)
            try:
                results.append((await work(connection), None))
            except Refused as refused:
                results.append((None, refused))
            finally:
                await connection.close()
        return results

    with explained():
        return asyncio.run(run())


def _who() -> str:
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return f"cli:{os.getuid()}"


def _tell_outcome(data: Path, one: tuple[str, str] | None, wait: int, as_json: bool) -> None:
    """Wait until the readers have done it; 0 when nothing of it is parked any more."""
    from rich.console import Console

    until = time.monotonic() + wait
    with Console(stderr=True).status("等候读者处理 waiting for the readers …"):
        while True:
            found = _everywhere(data, _all_parked)
            rest = [
                row
                for each in found
                for row in each.parked
                if ((row.reader, row.stream) == one if one else not row.stream.startswith("offset:"))
            ]
            if not any(row.wish for row in rest) or time.monotonic() > until:
                break
            time.sleep(0.3)
    if as_json:
        _print({"parked": [row.model_dump(mode="json") for row in rest]})
    elif not rest:
        click.echo("已恢复 mended: nothing of it is parked any more.")
    for row in rest if not as_json else ():
        told = "尚未处理 not done yet: no reader holds it" if row.wish else f"仍搁置 stays parked: {row.error}"
        click.echo(f"{row.reader} {row.stream} @{row.sequence}: {told}")
    sys.exit(1 if rest else 0)


def _print(value: object) -> None:
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
