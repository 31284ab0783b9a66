"""The stack that these tests share. Run by `make compose-test`, not by `make test`."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.support.compose import Stack, missing_engine


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require-engine", action="store_true", help="fail, instead of skipping, where no engine answers")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Up on played time; gone when the tests end, after its logs' tail where one has failed."""
    if missing := missing_engine():
        if request.config.getoption("--require-engine"):
            pytest.fail(missing)
        pytest.skip(missing)
    stack = Stack(tmp_path_factory.mktemp("compose"), "2025-05-06T08:00:00+08:00")
    try:
        stack.build()
        yield stack
    finally:
        if request.session.testsfailed:
            capture = request.config.pluginmanager.getplugin("capturemanager")
            with capture.global_and_fixture_disabled():
                print(stack.logs(tail=60), file=sys.stderr)
        stack.down()


@pytest.fixture(scope="session")
def seconds_to_healthy(stack: Stack) -> float:
    """How long it took, images being there."""
    return stack.up()


@pytest.fixture(scope="session")
def running(stack: Stack, seconds_to_healthy: float) -> Stack:
    return stack


@pytest.fixture(scope="session")
def boards(running: Stack) -> dict[str, Any]:
    """What the demo prints, played on the containers."""
    at = ("--at", running.url, "--env-file", str(running.env_file))
    return _demo(*at)


@pytest.fixture(scope="session")
def embedded_boards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the embedded demo prints; `GONGLIAN_EMBEDDED_BOARD` may name a file with it, where it was just played."""
    if file := os.environ.get("GONGLIAN_EMBEDDED_BOARD"):
        board: dict[str, Any] = orjson.loads(Path(file).read_bytes())
        return board
    return _demo("--exit", "--data", str(tmp_path_factory.mktemp("embedded") / "data"), "--port", "8611")


def _demo(*options: str) -> dict[str, Any]:
    played = subprocess.run(
        [sys.executable, "-m", "services.cli", "demo", "--json", *options],
        stdout=subprocess.PIPE,
        timeout=1200,
        check=True,
    )
    board: dict[str, Any] = orjson.loads(played.stdout)
    return board
