"""Ledgers in and out: a template to fill in, what is wrong with a filled-in one, enter it, get a list as one."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.cli.ledger_access import AT, TOKEN, TOKEN_FILE, UNION, Access, access
from services.cli.ledger_files import Chosen, Opened, named, told
from services.cli.options import DATA, JSON, explained

if TYPE_CHECKING:
    from eventing.ledger.checking import Finding
    from eventing.ledger.importing import Imported
    from eventing.shell.texts import Language

_LANES = 16
"""Rows that are under way at once."""
_LEDGER = click.argument("name", metavar="LEDGER")
_FILE = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_OUT = click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写到 File.")
_REPORT = click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="问题表 Workbook with what is wrong, to hand back.",
)
_LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="说明用的语言 Language of reasons.")


@click.group()
def ledger() -> None:
    """台账：模板、检查、导入、导出。Spreadsheets in and out: template, check, import, export."""


@ledger.command()
@_LEDGER
@_OUT
@click.option("--csv", "as_csv", is_flag=True, help="csv 而不是 xlsx。As csv.")
def template(name: str, output: Path, as_csv: bool) -> None:
    """写一份空白模板。Write an empty ledger: headers, drop-downs, an example row, each column explained."""
    from eventing.ledger.forms import write_csv_template, write_template

    chosen = named(name)
    with output.open("wb") as file:
        (write_csv_template if as_csv else write_template)(file, chosen.ledger)


@ledger.command()
@_LEDGER
@_FILE
@_REPORT
@_LANG
@JSON
def check(name: str, file: Path, report: Path | None, lang: "Language", as_json: bool) -> None:
    """检查填好的台账，不录入。List every bad row; exit code 1 where there is one. Needs no platform."""
    from services.cli.progress import shown

    chosen = named(name)
    with file.open("rb") as opened, told(chosen.texts, lang):
        read = Opened(chosen, opened, lang)
        found: dict[int, Sequence[Finding]] = {}
        rows = 0
        with shown(chosen.ledger.zh, quiet=as_json) as tell:
            for rows, row in enumerate(read.checker.rows(), 1):
                if row.findings:
                    found[row.number] = row.findings
                if rows % 500 == 0:
                    tell(rows, read.table.height)
        read.report(report, found)
    read.say("good", rows, rows - len(found), found, as_json)
    sys.exit(1 if found else 0)


@ledger.command("import")
@_LEDGER
@_FILE
@_REPORT
@_LANG
@JSON
@AT
@TOKEN
@TOKEN_FILE
@UNION
@DATA
@click.option(
    "--patience", type=click.IntRange(1, 3600), default=60, help="无应答时等候秒数 Seconds to wait for an answer."
)
def import_(
    name: str,
    file: Path,
    report: Path | None,
    lang: "Language",
    as_json: bool,
    at: str | None,
    token: str | None,
    token_file: Path | None,
    union: str | None,
    data: Path,
    patience: int,
) -> None:
    """导入台账。Enter a ledger's rows; again changes nothing. Exit code 1 where a row was refused.

    合格的行录入，其余的列出原因；中断后再运行一次即可。Broken off? Run it again.
    """
    import uvloop

    chosen = named(name)
    with explained(), file.open("rb") as opened, told(chosen.texts, lang):
        reached = access(at, token, token_file, union, data)
        read = Opened(chosen, opened, lang)
        imported = uvloop.run(_import(read, reached, patience, as_json))
        read.report(report, imported.findings)
    read.say("done", imported.rows, imported.done, imported.findings, as_json)
    sys.exit(1 if imported.findings else 0)


@ledger.command()
@_LEDGER
@_OUT
@click.argument("filters", nargs=-1, metavar="[NAME=VALUE]...")
@AT
@TOKEN
@TOKEN_FILE
@UNION
@DATA
@_LANG
def export(
    name: str,
    output: Path,
    filters: tuple[str, ...],
    at: str | None,
    token: str | None,
    token_file: Path | None,
    union: str | None,
    data: Path,
    lang: "Language",
) -> None:
    """导出列表所示。Write what a list shows, by its filters (region=610100), as xlsx or csv."""
    asked = dict(one.partition("=")[::2] for one in filters)
    if not all(filters) or any("=" not in one for one in filters):
        raise click.UsageError("筛选写作 名称=值。A filter is NAME=VALUE.")
    if output.suffix not in (".xlsx", ".csv"):
        raise click.BadParameter("文件名以 .xlsx 或 .csv 结尾 ends in .xlsx or .csv", param_hint="-o")
    chosen = named(name)
    with explained():
        reached = access(at, token, token_file, union, data)
    asyncio.run(_export(chosen, reached, {**asked, "format": output.suffix[1:]}, output, lang))


async def _import(read: Opened, reached: Access, patience: int, as_json: bool) -> "Imported":
    from eventing.ledger.importing import import_rows
    from eventing.ledger.posting import Posting
    from services.cli.progress import shown

    height = read.table.height
    with shown(read.chosen.ledger.zh, quiet=as_json) as tell:
        async with reached.client(read.language) as http:
            send = Posting(http, read.chosen.service, patience)
            return await import_rows(
                read.chosen.ledger,
                read.checker,
                read.checker.rows(),
                send,
                _LANES,
                lambda done, _: tell(done, height),
            )


async def _export(chosen: Chosen, reached: Access, asked: Mapping[str, str], output: Path, lang: "Language") -> None:
    import httpx

    from eventing.ledger.exporting import POSITION
    from services.cli.progress import shown

    unfinished = output.with_name(f"{output.name}.part")
    path = f"/api/{chosen.service}/ledgers/{chosen.ledger.name}/export"
    try:
        with shown(chosen.ledger.zh) as tell, unfinished.open("wb") as file:
            async with reached.client(lang) as http, http.stream("GET", path, params=asked, timeout=600) as answer:
                if answer.status_code != 200:
                    problem = (await answer.aread()).decode("utf-8", "replace")
                    raise click.ClickException(_problem(problem))
                async for piece in answer.aiter_bytes():
                    file.write(piece)
                    tell(file.tell(), int(answer.headers.get("content-length", 0)) or None)
        unfinished.replace(output)
    except httpx.TransportError as away:
        raise click.ClickException(f"没有应答 no answer: {away}") from away
    finally:
        unfinished.unlink(missing_ok=True)
    click.echo(f"{output}：{answer.headers[POSITION]}")


def _problem(text: str) -> str:
    import orjson

    try:
        problem = orjson.loads(text)
        return f"{problem['title']}：{problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return text[:500]
