"""The demo as a newcomer runs it, once for all tests that look at its board."""

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from contracts.cloudevent import Recorded, decode
from eventing.feed import split
from eventing.identity import Role
from tests.support.platform_process import PlatformProcess, free_port

_DEMO = (sys.executable, "-m", "services.cli", "demo", "--exit", "--json")


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data"


def _two_ports() -> int:
    """The first of two that nobody holds, where the kernel gives none to clients: each programme has a platform."""
    while True:
        with socket.socket() as beside, contextlib.suppress(OSError):
            port = free_port(below=32000)
            beside.bind(("127.0.0.1", port + 1))
            return port


def _demo(data: Path) -> dict[str, Any]:
    played = subprocess.run(
        [*_DEMO, "--data", str(data), "--port", str(_two_ports())],
        stdout=subprocess.PIPE,
        timeout=900,
        check=True,
        env=os.environ,
    )
    told: dict[str, Any] = json.loads(played.stdout)
    return told


@pytest.fixture(scope="session")
def played(demo_data: Path) -> dict[str, Any]:
    """What `gonglian demo --exit --json` prints, by programme."""
    return _demo(demo_data)


@pytest.fixture(scope="session")
def played_board(played: dict[str, Any]) -> dict[str, Any]:
    """The drive's scoreboards by region."""
    boards: dict[str, Any] = played["drive"]["boards"]
    return boards


@pytest.fixture(scope="session")
def played_again(played: dict[str, Any], demo_data: Path) -> dict[str, Any]:
    """The same on the data that the first one left."""
    return _demo(demo_data)


@pytest.fixture(scope="session")
def played_platform(played_again: dict[str, Any], demo_data: Path) -> Iterator[PlatformProcess]:
    """The platform on the played data."""
    process = PlatformProcess(demo_data)
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def played_log(played_platform: PlatformProcess) -> Sequence[Recorded]:
    """Every event that is published: the enterprise log's, then the reports'."""
    return _log(played_platform, "enterprise", "projection")


@pytest.fixture(scope="session")
def yuhang_platform(played_again: dict[str, Any], demo_data: Path) -> Iterator[PlatformProcess]:
    """Yuhang's platform on its played data."""
    process = PlatformProcess(demo_data / "330110", region="330110")
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def yuhang_log(yuhang_platform: PlatformProcess) -> Sequence[Recorded]:
    """Every event that Yuhang's stations publish."""
    return _log(yuhang_platform, "stations")


def _log(platform: PlatformProcess, *services: str) -> Sequence[Recorded]:
    found: list[Recorded] = []
    with platform.officer([Role.SUBSCRIBER], f"u-{platform.region}") as reader:
        for service in services:
            after = 0
            while page := split(
                reader.get(f"/api/{service}/events", params={"after": after, "limit": 1000}).raise_for_status().content
            ):
                found += [decode(sealed.text) for sealed in page]
                after = page[-1].sequence
    return found
