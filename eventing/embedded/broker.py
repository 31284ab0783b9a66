"""A Kafka broker for one process: librdkafka's mock cluster, in memory, at another port each time."""

import logging
from collections.abc import Iterable
from typing import Any

from eventing.embedded.cannot_start import CannotStart


class MockBroker:
    """It forgets everything at `stop` and keeps about 5 MB a partition: the logs are the truth and the feed heals."""

    def __init__(self) -> None:
        self._owner: Any = None
        self._address = ""

    @property
    def address(self) -> str:
        """`host:port`, for `bootstrap_servers`."""
        assert self._owner is not None, "not started"
        return self._address

    def start(self, timeout: float = 5) -> None:
        from confluent_kafka import KafkaException, Producer

        quiet = logging.getLogger("gonglian.mock-broker")
        quiet.addHandler(logging.NullHandler())
        quiet.propagate = False
        # The cluster lives as long as this producer, which produces nothing.
        self._owner = Producer({"bootstrap.servers": "x", "test.mock.num.brokers": 1, "log_level": 0}, logger=quiet)
        try:
            (broker,) = self._owner.list_topics(timeout=timeout).brokers.values()
        except KafkaException as error:
            self.stop()
            raise CannotStart(
                "broker-failed", f"嵌入式消息代理没有启动：{error}", f"The embedded broker did not start: {error}"
            ) from error
        self._address = f"{broker.host}:{broker.port}"

    def ensure_topics(self, names: Iterable[str], timeout: float = 5) -> None:
        """Make each topic (4 partitions; we use 0). The mock has no admin calls: asking for a topic makes it."""
        assert self._owner is not None, "not started"
        for name in names:
            self._owner.list_topics(name, timeout=timeout)

    def stop(self) -> None:
        if self._owner is not None:
            self._owner.close()
            self._owner = None
