"""The relay's work, where an operator has to ask for it."""

import asyncio
import json
import sys
from pathlib import Path

import click

from eventing.database import open_pool
from eventing.relay.publisher import UNREACHABLE, Publisher
from eventing.resend import resend as send_again
from eventing.shell.reach import Reach, reach
from services.cli.options import DATA, JSON, explained
from services.cli.progress import shown
from services.platform import BY_NAME


@click.group()
def relay() -> None:
    """中继。What the relay has published."""


@relay.command()
@click.argument("service", type=click.Choice(list(BY_NAME)))
@click.option("--after", type=click.IntRange(0), required=True, help="从此序号之后开始。Begin after this sequence.")
@click.option("--to", type=click.IntRange(1), help="到此序号为止。End with this sequence; else with the last one.")
@DATA
@JSON
def resend(service: str, after: int, to: int | None, data: Path, as_json: bool) -> None:
    """把已发布的事件重新写入主题，供丢失了事件的外部系统读取。Publish events again, for outsiders who lost them."""
    with explained():
        reached = reach(BY_NAME, service, data)
    try:
        count, last = asyncio.run(_resent(reached, after, to, as_json))
    except UNREACHABLE:
        click.echo("连不上 Kafka；可以重来一遍。\nKafka isn't reachable; it may be begun again.", err=True)
        sys.exit(1)
    if as_json:
        click.echo(json.dumps({"service": service, "resent": count, "last": last}))
    else:
        click.echo(
            f"{service}: 重新发布 {count:,} 个事件，至序号 {last}。{count:,} events published again, up to {last}."
        )


async def _resent(reached: Reach, after: int, to: int | None, as_json: bool) -> tuple[int, int]:
    pool, publisher = await open_pool(reached.dsn, "gonglian relay resend"), Publisher(reached.settings.kafka)
    try:
        with shown(f"resend {reached.service.name}", quiet=as_json) as progress:
            return await send_again(pool, publisher, after, to, progress)
    finally:
        await publisher.discard()
        await pool.close()
