"""Kafka 4 in a container of the official image, where a Docker engine answers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.ports import steady_port

IMAGE = "apache/kafka:4.1.0"
_LONGEST = 1800
"""Seconds after which the container ends by itself, whatever has become of the tests."""


def why_not() -> str | None:
    """What is missing for one; None when nothing is."""
    try:
        import docker
        import testcontainers  # noqa: F401
    except ImportError as missing:
        return f"{missing.name} isn't installed"
    from docker.errors import APIError, DockerException

    try:
        client = docker.from_env(timeout=60)
        client.ping()
    except DockerException:
        return "no Docker engine answers"
    try:
        if not client.images.list(IMAGE):
            client.images.pull(IMAGE)
    except APIError:
        return f"no image {IMAGE}, and it can't be pulled"
    finally:
        client.close()
    return None


@contextmanager
def running(within: int = 60) -> Iterator[str]:
    """A broker in a container while the block lasts; its address."""
    # The reaper is an image of its own, which isn't everywhere; the container's life is bounded without it.
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    from testcontainers.core.container import DockerContainer
    from testcontainers.core.wait_strategies import LogMessageWaitStrategy

    # One port inside and out: a broker tells its clients where it is, and must know that when it starts.
    port = steady_port()
    container = DockerContainer(IMAGE).with_command(["timeout", str(_LONGEST), "/etc/kafka/docker/run"])
    container.ports[f"{port}/tcp"] = ("127.0.0.1", port)  # type: ignore[assignment]  # on loopback alone
    for name, value in _settings(port).items():
        container.with_env(f"KAFKA_{name}", value)
    container.waiting_for(LogMessageWaitStrategy("Kafka Server started").with_startup_timeout(within))
    with container:
        yield f"127.0.0.1:{port}"


def _settings(port: int) -> dict[str, str]:
    return {
        "NODE_ID": "1",
        "PROCESS_ROLES": "broker,controller",
        "LISTENERS": f"PLAINTEXT://:{port},CONTROLLER://:9094",
        "ADVERTISED_LISTENERS": f"PLAINTEXT://127.0.0.1:{port}",
        "LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "CONTROLLER_QUORUM_VOTERS": "1@localhost:9094",
        "AUTO_CREATE_TOPICS_ENABLE": "false",
        "OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "HEAP_OPTS": "-Xms64m -Xmx384m",
    }
