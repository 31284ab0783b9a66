"""Make read models anew beside those in use, and swap them in; views likewise."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.cli.options import DATA, JSON, explained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventing.reader.whole import Way
    from eventing.rebuild import Progress, Rebuilt
    from services.cli.models import Named


@click.command()
@click.argument("name", required=False)
@click.option("--all", "everything", is_flag=True, help="全部读模型和视图。Every read model and view in reach.")
@click.option(
    "--from",
    "way",
    type=click.Choice(["kafka", "feed"]),
    default="kafka",
    help="先从哪里读；Kafka 自第 1 条起连续才用。Where to read first; Kafka only while contiguous from 1.",
)
@JSON
@DATA
def rebuild(name: str | None, everything: bool, way: str, as_json: bool, data: Path) -> None:
    """重建读模型，期间旧的照常可查。Make a read model anew; the old one serves until it is swapped."""
    if (name is None) is not everything:
        raise click.UsageError("给出一个名称，或 --all。Give a name, or --all.")
    import uvloop

    from eventing.reader.whole import Way
    from services.cli.models import named

    with explained():
        chosen = named(name, data)
    sys.exit(uvloop.run(_rebuild_all(chosen, Way(way), as_json)))


async def _rebuild_all(chosen: "Sequence[Named]", way: "Way", as_json: bool) -> int:
    import orjson

    from eventing.rebuild import Progress
    from services.cli.models import FAILS, explain
    from services.cli.progress import shown

    made, failed = [], 0
    for one in chosen:
        with shown(one.fold.name, quiet=as_json) as tell:
            try:
                rebuilt = await _rebuild(one, way, Progress(tell=tell))
            except FAILS as wrong:
                failed += 1
                click.echo(explain(one, wrong), err=True)
                continue
        made.append(rebuilt)
        if not as_json:
            _say(rebuilt)
    if as_json:
        click.echo(orjson.dumps([asdict(one) for one in made]).decode())
    return 1 if failed else 0


async def _rebuild(one: "Named", way: "Way", progress: "Progress") -> "Rebuilt":
    from eventing.rebuild import Rebuild
    from eventing.tasks import until_one_ends
    from eventing.view_rebuild import rebuild_view
    from services.cli.models import sources

    if not one.contexts:
        return await rebuild_view(one.reach.dsn, one.fold, progress)
    made: list[Rebuilt] = []
    async with sources(one) as (origins, means):

        async def make() -> None:
            made.append(await Rebuild(one.fold, origins, means, way, progress=progress).run())

        await until_one_ends(make(), means.leases.run(), means.beacons.run())
    return made[0]


def _say(rebuilt: "Rebuilt") -> None:
    at = ", ".join(f"{source}@{sequence}" for source, sequence in rebuilt.positions.items())
    rate = rebuilt.in_memory / rebuilt.seconds if rebuilt.seconds else 0
    click.echo(
        f"{rebuilt.name}：已换用第 {rebuilt.build} 版。Build {rebuilt.build} is in use: {rebuilt.events:,} events"
        f" in {rebuilt.seconds:.1f} s ({rate:,.0f}/s), {at}"
        + ("；接续上次中断的重建 went on from a rebuild that was killed" if rebuilt.continued else "")
    )
