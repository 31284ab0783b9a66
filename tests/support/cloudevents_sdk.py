"""A Kafka record read as any stranger would read it: with the CloudEvents SDK and nothing of ours."""

from collections.abc import Iterable

from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka
from cloudevents.core.formats.json import JSONFormat


def read_structured(value: bytes, headers: Iterable[tuple[str, bytes]]) -> BaseCloudEvent:
    """The event of a record, by the SDK's Kafka binding; `headers` as aiokafka and confluent-kafka give them.

    The key is left out: the SDK would add it as an attribute, `partitionkey`, that the event doesn't have.
    """
    message = KafkaMessage(headers=dict(headers), key=None, value=value)
    # The binding takes any record without ce_ headers for structured JSON, so what declares it is checked here.
    assert message.headers.get("content-type", b"").startswith(b"application/cloudevents+json"), message.headers
    return from_kafka(message, JSONFormat())
