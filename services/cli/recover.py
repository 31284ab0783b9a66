"""A restored service gets back what its backup lacks, or goes on without it in a new epoch."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
import httpx

from eventing.recovery import NothingLost, Recovered, StillSealing, open_epoch
from eventing.recovery import recover as put_back
from eventing.relay.publisher import UNREACHABLE
from eventing.shell.reach import Reach, reach, reach_all
from eventing.tails import FileTail, Tail, Tampered, TopicTail
from eventing.topics import topic_of
from services.cli.options import DATA, JSON, explained
from services.cli.progress import shown
from services.cli.witnessing import witnesses_of
from services.platform import BY_NAME


@click.command()
@click.argument("service", required=False, type=click.Choice(list(BY_NAME)))
@click.option("--from", "origin", default="kafka", help="kafka，或存有事件的文件。kafka, or a file of sealed events.")
@click.option(
    "--new-epoch", is_flag=True, help="放弃丢失的事件，开启新纪元。Give up what is lost, and open a new epoch."
)
@click.option("--reason", help="新纪元的缘由。Why; needed with --new-epoch.")
@DATA
@JSON
def recover(service: str | None, origin: str, new_epoch: bool, reason: str | None, data: Path, as_json: bool) -> None:
    """找回恢复备份后缺失的事件。Take back the events that a restored service lacks."""
    if new_epoch and (service is None or not reason):
        raise click.UsageError("--new-epoch 须指明服务和缘由。--new-epoch needs SERVICE and --reason.")
    with explained():
        reached = [reach(BY_NAME, service, data)] if service else reach_all(BY_NAME, data)
    told = []
    for one in reached:
        if not one.service.decisions:
            continue
        started = time.monotonic()
        with _told(one.service.name):
            try:
                done = asyncio.run(_epoch(one, reason or "") if new_epoch else _recovered(one, origin, as_json))
            except StillSealing:
                if service is not None:
                    raise
                continue  # of several, those that aren't behind are left alone
        told.append({"service": one.service.name} | asdict(done) | {"seconds": round(time.monotonic() - started, 3)})
        if not as_json:
            _say(one.service.name, done, new_epoch)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
    sys.exit(any(one["missing"] for one in told))


async def _recovered(reached: Reach, origin: str, as_json: bool) -> Recovered:
    tail: Tail = FileTail(Path(origin))
    if origin == "kafka":
        tail = TopicTail(reached.settings.kafka, topic_of(reached.source))
    async with httpx.AsyncClient() as http:
        heard = await witnesses_of(reached, http).ask()
    with shown(f"recover {reached.service.name}", quiet=as_json) as progress:
        return await put_back(reached.dsn, reached.service, reached.source, tail, heard.saw, progress)


async def _epoch(reached: Reach, reason: str) -> Recovered:
    async with httpx.AsyncClient() as http:
        heard = await witnesses_of(reached, http).ask()
    return await open_epoch(reached.dsn, reached.source, reason, heard.saw)


def _say(name: str, done: Recovered, new_epoch: bool) -> None:
    if new_epoch:
        click.echo(
            f"{name}: 纪元 {done.epoch} 自序号 {done.after} 之后开始。Epoch {done.epoch} begins after {done.after}."
        )
        return
    click.echo(
        f"{name}: {done.before} → {done.after}，找回 {done.taken} 个事件（其中 {done.ours} 个库里已有）。"
        f"{done.taken} events taken back, {done.ours} of them were here without their number."
    )
    for one in done.set_aside:
        click.echo(f"  搁置 set aside: {one.stream} v{one.version} {one.id}")
    if done.missing:
        click.echo(
            f"{name}: 仍缺序号 {done.missing} 起的事件；换一个来源（--from），或 --new-epoch。\n"
            f"{name}: {done.missing} and what follows is still missing; try another --from, or --new-epoch."
        )


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except Tampered as at:
        _refuse(
            f"{name}: 来源在序号 {at} 处与哈希链不符，未写入任何内容。",
            f"{name}: the source breaks the chain at {at}; nothing was written.",
        )
    except StillSealing:
        _refuse(f"{name}: 中继正在工作，日志并不落后。", f"{name}: its relay is at work, so the log isn't behind.")
    except NothingLost:
        _refuse(f"{name}: 没有丢失事件，无需新纪元。", f"{name}: nothing is lost, so no new epoch is needed.")
    except FileNotFoundError as lacking:
        _refuse(f"没有文件 {lacking.filename}。", f"There is no file {lacking.filename}.")
    except UNREACHABLE:
        _refuse(f"{name}: 连不上 Kafka。", f"{name}: Kafka isn't reachable.")


def _refuse(zh: str, en: str) -> None:
    click.echo(f"{zh}\n{en}", err=True)
    sys.exit(1)
