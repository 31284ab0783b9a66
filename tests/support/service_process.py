"""One service as a container runs it: `gonglian run` in a process of its own, and an operator's commands beside it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from eventing.identity import Role
from eventing.shell.issuer import Issuer
from tests.support.platform_process import _die_with_the_tests, free_port
from tests.support.vaults import VAULT_KEY
from tests.support.waiting import eventually_sync

ROOT = Path(__file__).parents[2]


class ServiceProcess:
    """`feeds` is where it reaches the other services' feeds; None: itself."""

    def __init__(self, service: str, dsn: str, kafka: str, key: str, log: Path, feeds: str | None = None) -> None:
        self.service, self.url = service, f"http://127.0.0.1:{(port := free_port())}"
        self._key, self._log = key, log
        self._process: subprocess.Popen[bytes] | None = None
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GONGLIAN_")},
            "GONGLIAN_SERVICE": service,
            "GONGLIAN_DATABASE_URL": dsn,
            "GONGLIAN_KAFKA": kafka,
            "GONGLIAN_SIGNING_KEY": key,
            "GONGLIAN_VAULT_KEY": VAULT_KEY,
            "GONGLIAN_PORT": str(port),
            "GONGLIAN_FEEDS_URL": feeds or self.url,
            "GONGLIAN_FETCH_WAIT_MS": "10",
        }

    def start(self) -> None:
        """Start, and wait until it answers; it may not be ready."""
        with self._log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.cli", "run", self.service],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                preexec_fn=_die_with_the_tests,
            )
        eventually_sync(self._answers, within=60)

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self._log.read_text("utf-8", "replace")[-2000:]
        try:
            return httpx.get(f"{self.url}/healthz", timeout=10).status_code == 200
        except httpx.TransportError:
            return False

    @property
    def unready(self) -> dict[str, str] | None:
        """What /readyz says of each part while it isn't ready; None when it is."""
        answer = httpx.get(f"{self.url}/readyz", timeout=10)
        return None if answer.status_code == 200 else dict(answer.json()["parts"])

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(number)
            process.wait(30)

    def gonglian(self, *words: str) -> tuple[int, str, str]:
        """An operator's command in this service's container: exit code, output, errors."""
        done = subprocess.run(
            [sys.executable, "-m", "services.cli", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.returncode, done.stdout, done.stderr

    def gonglian_json(self, *words: str) -> Any:
        code, out, errors = self.gonglian(*words, "--json")
        assert code == 0, f"{out}\n{errors}"
        return json.loads(out)

    def officer(self, roles: Collection[Role], union: str) -> httpx.Client:
        issuer = Issuer(None, "http://localhost:8610", "gonglian", self._key)
        token = issuer.token("p-drill", roles, union, timedelta(hours=1))
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=60)
