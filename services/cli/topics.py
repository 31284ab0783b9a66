"""The topics of the platform's logs."""

import asyncio

import click

from services.cli.options import explained
from services.platform import BY_NAME


@click.group()
def topics() -> None:
    """主题。The topics of the platform's logs."""


@topics.command()
def apply() -> None:
    """建立缺少的主题。Create the topics that are missing: one partition for each log, and the heads' (compacted)."""
    from eventing.shell import settings

    with explained():
        asyncio.run(_apply(settings.read().kafka, settings.read().region))


async def _apply(kafka: str, region: str) -> None:
    from aiokafka.admin import AIOKafkaAdminClient, NewTopic

    from eventing.topics import HEADS, source_of, topic_of

    wanted = {topic_of(source_of(region, name)): {"retention.ms": "-1"} for name in BY_NAME}
    wanted[HEADS] = {"cleanup.policy": "compact"}
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        missing = wanted.keys() - set(await admin.list_topics())
        await admin.create_topics(
            [NewTopic(name, num_partitions=1, replication_factor=1, topic_configs=wanted[name]) for name in missing]
        )
    finally:
        await admin.close()
    click.echo(f"主题 topics: {len(missing)} 新建 created, {len(wanted) - len(missing)} 已有 there")
