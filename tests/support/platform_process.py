"""The platform as somebody runs it: `gonglian serve` in a process of its own, on a folder and a free port."""

import contextlib
import ctypes
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import httpx

from eventing.identity import Role
from eventing.shell.issuer import Issuer
from eventing.shell.settings import Settings


def free_port(below: int = 65536) -> int:
    """One that nobody holds; with `below`, outside the range from which the kernel gives ports to clients."""
    while True:
        with socket.socket() as found, contextlib.suppress(OSError):
            found.bind(("127.0.0.1", 0 if below == 65536 else random.randrange(20000, below)))
            return int(found.getsockname()[1])


def _die_with_the_tests() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class PlatformProcess:
    """Started by `start`, ended by `stop` (Ctrl-C) or `kill` (-9)."""

    def __init__(self, data: Path, port: int | None = None, region: str = "610000") -> None:
        self.data, self.port, self.region = data, port or free_port(), region
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str, within: float = 60) -> float:
        """Start and wait for the first answer; how many seconds it took."""
        started = time.monotonic()
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with (self.data.parent / "platform.out").open("ab") as out:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "services.cli",
                    "serve",
                    "--data",
                    str(self.data),
                    "--port",
                    str(self.port),
                    *options,
                ],
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={
                    **os.environ,
                    "GONGLIAN_WAIT_LIMIT_SECONDS": "2",
                    "GONGLIAN_REGION": self.region,
                    # All tests ask from one address, more than 30 commands a minute; the bound has tests of its own.
                    "GONGLIAN_PUBLIC_COMMANDS_PER_MINUTE": "100000",
                },
                preexec_fn=_die_with_the_tests,
            )
        while time.monotonic() < started + within:
            assert self._process.poll() is None, self.output()[-2000:]
            try:
                if httpx.get(f"{self.url}/healthz", timeout=within).status_code == 200:
                    return time.monotonic() - started
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError(f"no answer within {within} s: {self.output()[-2000:]}")

    def output(self) -> str:
        return (self.data.parent / "platform.out").read_text("utf-8", "replace")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        return self._end(signal.SIGINT)

    def kill(self) -> None:
        """As if the power had gone."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        os.kill(process.pid, number)
        return process.wait(30)

    def token(self, *roles: Role, union: str, subject: str = "p-tester") -> str:
        settings = Settings()
        issuer = Issuer(self.data, settings.issuer, settings.audience)
        return issuer.token(subject, roles, union, timedelta(hours=1))

    def officer(self, roles: Collection[Role], union: str, subject: str = "p-tester") -> httpx.Client:
        """An HTTP client with that officer's token."""
        headers = {"Authorization": f"Bearer {self.token(*roles, union=union, subject=subject)}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=60)
