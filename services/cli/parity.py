"""Compare read models and views with an independent fold of the same events, while writing goes on."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.cli.options import DATA, JSON, explained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventing.parity import Parity
    from eventing.rebuild import Progress
    from services.cli.models import Named


@click.command()
@click.argument("name", required=False)
@click.option("--all", "everything", is_flag=True, help="全部读模型和视图。Every read model and view in reach.")
@click.option(
    "--at-most", type=click.IntRange(1, 100_000), default=20, help="最多列出几处差异。Differences to print at most."
)
@JSON
@DATA
def parity(name: str | None, everything: bool, at_most: int, as_json: bool, data: Path) -> None:
    """核对读模型与事件是否一致。Compare every row with an independent fold; exit code 1 where anything differs."""
    if (name is None) is not everything:
        raise click.UsageError("给出一个名称，或 --all。Give a name, or --all.")
    import uvloop

    from services.cli.models import named

    with explained():
        chosen = named(name, data)
    sys.exit(uvloop.run(_compare_all(chosen, at_most, as_json)))


async def _compare_all(chosen: "Sequence[Named]", at_most: int, as_json: bool) -> int:
    import orjson

    from eventing.rebuild import Progress
    from services.cli.models import FAILS, explain
    from services.cli.progress import shown

    found, wrong = [], False
    for one in chosen:
        with shown(one.fold.name, quiet=as_json) as tell:
            try:
                compared = await _compare(one, Progress(tell=tell), at_most)
            except FAILS as failed:
                wrong = True
                click.echo(explain(one, failed), err=True)
                continue
        wrong = wrong or compared.total > 0
        found.append(compared)
        if not as_json:
            _say(compared)
    if as_json:
        click.echo(orjson.dumps([asdict(one) for one in found]).decode())
    return int(wrong)


async def _compare(one: "Named", progress: "Progress", at_most: int) -> "Parity":
    from eventing.parity import model_parity, view_parity
    from services.cli.models import sources

    if not one.contexts:
        return await view_parity(one.reach.dsn, one.fold, progress, at_most)
    async with sources(one) as (origins, means):
        return await model_parity(means.dsn, one.fold, origins, progress, at_most)


def _say(compared: "Parity") -> None:
    at = ", ".join(f"{source}@{sequence}" for source, sequence in compared.positions.items())
    verdict = "一致 the same" if not compared.total else f"{compared.total} 处不同 differences"
    click.echo(f"{compared.name}：{verdict}; {compared.rows:,} rows, {compared.cells:,} cells, {at}")
    for one in compared.differences:
        where = f"{one.table} {' '.join(one.key)}" + (f" {one.column}" if one.column else "")
        click.echo(f"  {where}：现为 there: {_shown(one.there)}；应为 should be: {_shown(one.should_be)}")
    if compared.total > len(compared.differences):
        click.echo(f"  … 另有 and {compared.total - len(compared.differences)} more (--at-most)")
    if compared.parked:
        click.echo(f"  未核对（已搁置）not compared, parked: {', '.join(compared.parked)}")


def _shown(value: str | None) -> str:
    return "—" if value is None else value
