"""One enterprise's whole history, printed."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.cli.options import DATA, JSON, explained
from services.platform import BY_NAME

if TYPE_CHECKING:
    from services.enterprise.queries.timeline import Entry


@click.command()
@click.argument("code")
@click.option("--supervision", is_flag=True, help="连同重点督导（内部）。With joint supervision, which is internal.")
@JSON
@DATA
def timeline(code: str, supervision: bool, as_json: bool, data: Path) -> None:
    """企业时间线：何人、何时、期限、是否逾期。One enterprise's history: who, when, due, late."""
    import orjson

    from contracts.creditcode import check_credit_code

    try:
        check_credit_code(code)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param_hint="CODE") from None
    entries = asyncio.run(_history(code, supervision, data))
    if not entries:
        click.echo(f"{code} 不在名单上。{code} is not on the list.", err=True)
        sys.exit(1)
    if as_json:
        click.echo(orjson.dumps(entries, option=orjson.OPT_INDENT_2).decode())
        return
    show_entries(code, entries)


async def _history(code: str, supervision: bool, data: Path) -> "list[Entry]":
    import asyncpg

    from eventing.shell.reach import reach
    from eventing.store.postgres import history
    from services.enterprise.queries.timeline import streams, told

    with explained():
        dsn = reach(BY_NAME, "enterprise", data).dsn
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        return told(await history(connection, streams(code, supervision)))
    finally:
        await connection.close()


def show_entries(title: str, entries: "list[Entry]") -> None:
    """Print a history as a table, in both languages."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, box=box.SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    for head in ("日期 day", "录入 entered", "事项 what", "何人 who", "期限 due", "逾期 late"):
        table.add_column(head, overflow="fold")
    for entry in entries:
        table.add_row(
            str(entry.happened_on),
            str(entry.entered_on) if entry.entered_late else "",
            Text(f"{entry.zh}\n{entry.en}"),  # as Text: rich would read brackets in a name as markup
            entry.who or "",
            str(entry.due_on or ""),
            {True: "是 yes", False: "否 no", None: ""}[entry.late],
        )
    Console().print(table)
