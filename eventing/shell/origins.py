"""Both ways to another service's log, by a process's settings."""

from collections.abc import Callable

import httpx
from faststream.kafka import KafkaBroker

from eventing.reader.source import HttpFeed
from eventing.reader.tap import Tap
from eventing.reader.whole import Origin
from eventing.shell.settings import Settings
from eventing.topics import source_of, topic_of


def origin_of(
    context: str, settings: Settings, broker: KafkaBroker, http: httpx.AsyncClient, token: Callable[[], str]
) -> Origin:
    """The log of that context, with a tap of its own."""
    source = source_of(settings.region, context)
    feed = HttpFeed(http, f"{settings.gateway}/api/{context}/events", token)
    return Origin(source, feed, Tap(broker, topic_of(source), settings.fetch_wait_ms))
