"""The platform's topics on a real Kafka, for an operator: what differs from what they should be, and the change."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from services.cli.options import JSON, explained

if TYPE_CHECKING:
    from eventing.topics_admin import Difference, Plan

_DIFFERS = 2


@click.group()
def topics() -> None:
    """主题：检查并设置。The platform's topics: compare them, set them. Nothing is ever deleted or repartitioned."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    kafka = click.option("--kafka", help="引导服务器 Bootstrap servers, host:port,…  [GONGLIAN_KAFKA]")
    replication = click.option(
        "--replication",
        type=click.IntRange(1, 9),
        help="副本数 Replicas; default: 3, or the number of brokers.",
    )
    return kafka(replication(JSON(command)))


@topics.command()
@_options
def plan(kafka: str | None, replication: int | None, as_json: bool) -> None:
    """显示差异，不作修改。Show what differs. Exit code 0: nothing; 2: something; 1: it can't be told or set."""
    with _explained():
        found = _administration(kafka).plan(_names(), replication)
        _show(found, as_json, applied=False)
        if found.partitions:
            _refuse(found)
    sys.exit(_DIFFERS if found.differences else 0)


@topics.command()
@_options
def apply(kafka: str | None, replication: int | None, as_json: bool) -> None:
    """只改差异，并显示所改。Change only what differs, and show it. Exit code 1: something is left to do by hand."""
    with _explained():
        administration = _administration(kafka)
        found = administration.plan(_names(), replication)
        if found.partitions:
            _refuse(found)
        administration.apply(found)
        _show(found, as_json, applied=True)
    sys.exit(1 if len(found.changes) < len(found.differences) else 0)


def _names() -> list[str]:
    """The heads' topic, and that of each service that has a log."""
    from eventing.shell import settings
    from eventing.topics import HEADS, source_of, topic_of
    from services.platform import SERVICES

    region = settings.read().region
    logs = [service.name for service in (make() for make in SERVICES) if service.decisions]
    return [HEADS, *(topic_of(source_of(region, name)) for name in logs)]


def _administration(kafka: str | None) -> Any:
    from eventing.shell import settings
    from eventing.topics_admin import TopicsAdmin

    return TopicsAdmin(kafka or settings.read().kafka)


def _show(plan: "Plan", as_json: bool, applied: bool) -> None:
    if as_json:
        rows = [_row(difference, applied) for difference in plan.differences]
        told = {"differences": rows, "partitions": plan.partitions, "auto_creating_brokers": plan.auto_creating}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not plan.differences:
        click.echo("主题均符合要求。All topics are as they should be.")
    else:
        _table(plan.differences, applied)
    if plan.auto_creating:
        click.echo(
            f"警告：代理 {_listed(plan.auto_creating)} 会自动创建主题（auto.create.topics.enable=true），"
            "写错的名字也会变成主题。请在代理的配置中关闭，此处不能修改。\n"
            f"Warning: brokers {_listed(plan.auto_creating)} make topics by themselves, out of any misspelt name"
            " (auto.create.topics.enable=true). Turn it off in their own settings; it can't be changed from here.",
            err=True,
        )
    elif plan.auto_creating is None:
        click.echo(
            "无权读取代理配置，请自行确认 auto.create.topics.enable=false。\n"
            "The brokers' settings may not be read: see for yourself that auto.create.topics.enable is false.",
            err=True,
        )


def _row(difference: "Difference", applied: bool) -> dict[str, object]:
    return {
        "topic": difference.topic,
        "setting": difference.setting,
        "is" if not applied else "was": difference.now,
        "should_be": difference.then,
        "by_hand": difference.by_hand,
        "applied": applied and not difference.by_hand,
    }


def _table(differences: "Sequence[Difference]", applied: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table("主题 topic", "设置 setting", "原值 was" if applied else "现值 is", "应为 should be", "")
    for one in differences:
        note = "须人工处理 by hand" if one.by_hand else "已改 done" if applied else ""
        table.add_row(one.topic, one.setting, "无 none" if one.now is None else one.now, one.then, note)
    console.print(table)
    if any(one.by_hand for one in differences):
        console.print(
            "副本数须由 kafka-reassign-partitions 调整；min.insync.replicas 按现有副本数设定，调整后请再次 apply。\n"
            "Replicas are moved by kafka-reassign-partitions; min.insync.replicas goes by those that there are:"
            " apply again afterwards."
        )


def _refuse(plan: "Plan") -> None:
    counts = ", ".join(f"{name}: {count}" for name, count in plan.partitions.items())
    click.echo(
        f"拒绝：每个日志的主题只能有一个分区，现有 {counts}。分区数不能减少，其中记录的次序已无从恢复。"
        "请自行删除这些主题后再次 apply（日志可由中继重发）。未作任何修改。\n"
        f"Refused: a log's topic has exactly one partition, but there are {counts}. They can't become fewer, and the"
        " order of what lies in them is lost. Delete those topics yourself and apply again (the relay can send their"
        " logs again). Nothing was changed.",
        err=True,
    )
    sys.exit(1)


def _listed(numbers: "Sequence[int]") -> str:
    return ", ".join(map(str, numbers))


@contextmanager
def _explained() -> Iterator[None]:
    from confluent_kafka import KafkaException

    from eventing.embedded import CannotStart
    from eventing.topics_admin import Unreachable

    with explained():
        try:
            yield
        except Unreachable as away:
            raise CannotStart(
                "broker-unreachable",
                f"连接不上 Kafka（{away}）。请检查 --kafka 或 GONGLIAN_KAFKA，以及代理是否在运行。",
                f"No Kafka answers ({away}). See whether --kafka or GONGLIAN_KAFKA is right, and whether it runs.",
            ) from away
        except KafkaException as refused:
            said = refused.args[0].str()
            raise CannotStart("broker-refuses", f"Kafka 拒绝：{said}", f"Kafka refuses: {said}") from refused
