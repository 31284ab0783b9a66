"""The platform in containers, for tests: a compose project of its own, on a port, a `.env` and volumes of its own."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from dotenv import dotenv_values

from eventing.identity import Role
from services.cli.signing import issuer_of
from tests.support.platform_process import free_port

HOME = Path(__file__).parents[2]
IMAGE = "gonglian:test"
DOCKER_UP = "GONGLIAN_DOCKER_UP"
_IMAGES = ("python", "postgres", "kafka", "nginx")


def missing_engine() -> str | None:
    """Why no engine with Compose is at hand; None when there is one.

    `GONGLIAN_DOCKER_UP` may name a program that sets one up with these images, where no image registry is in reach.
    """
    if up := os.environ.get(DOCKER_UP):
        try:
            done = subprocess.run([up, *_IMAGES], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=900)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{DOCKER_UP}={up}: {error}"
        if done.returncode:
            return f"{DOCKER_UP}={up}: {done.stderr.decode('utf-8', 'replace')[-500:]}"
    if shutil.which("docker") is None:
        return f"there is no docker command; {DOCKER_UP} may name a program that sets one up"
    for asked in (["docker", "info"], ["docker", "compose", "version"]):
        if subprocess.run(asked, capture_output=True, timeout=60).returncode:
            return f"`{' '.join(asked)}` fails; {DOCKER_UP} may name a program that sets an engine up"
    return None


class Stack:
    """Started by `up`, ended by `down`, which forgets its volumes too."""

    def __init__(self, folder: Path, played_from: str) -> None:
        self.project, self.port = f"gonglian-test-{os.getpid()}", free_port(below=32768)
        self.url, self.env_file = f"http://127.0.0.1:{self.port}", folder / ".env"
        subprocess.run([sys.executable, "-m", "services.cli", "secrets", "--file", str(self.env_file)], check=True)
        with self.env_file.open("a", encoding="utf-8") as env:
            env.write(f"GATEWAY_PORT={self.port}\nGONGLIAN_VERSION=test\nGONGLIAN_PLAYED_FROM={played_from}\n")
            env.write(f"GONGLIAN_PUBLIC_URL={self.url}\n")

    def compose(self, *words: str, within: float = 300, check: bool = True) -> str:
        """What `docker compose WORDS` prints."""
        done = subprocess.run(
            ["docker", "compose", "-p", self.project, "--env-file", str(self.env_file), *words],
            cwd=HOME,
            capture_output=True,
            timeout=within,
            # What a person has set for a stack of their own isn't for this one.
            env={name: value for name, value in os.environ.items() if not name.startswith(("GONGLIAN_", "GATEWAY_"))},
        )
        if check and done.returncode:
            raise AssertionError(f"docker compose {' '.join(words)}: {done.stderr.decode('utf-8', 'replace')[-3000:]}")
        return done.stdout.decode("utf-8", "replace")

    def secret(self, name: str) -> str:
        """What `.env` says for that name."""
        said = dotenv_values(self.env_file)[name]
        assert said, name
        return said

    def set_secret(self, name: str, value: str) -> None:
        """Another value in `.env`; the last line of a name counts."""
        with self.env_file.open("a", encoding="utf-8") as env:
            env.write(f"{name}={value}\n")

    def build(self) -> None:
        self.compose("build", "--quiet", within=600)
        self.compose("pull", "--quiet", "--policy", "missing", "postgres", "kafka", "gateway", within=600)

    def up(self, *options: str, within: float = 300) -> float:
        """Start what isn't running and wait until all is healthy; how many seconds it took."""
        started = time.monotonic()
        self.compose("up", "-d", "--wait", "--no-build", *options, within=within)
        return time.monotonic() - started

    def down(self) -> None:
        self.compose("down", "-v", "--remove-orphans", "--timeout", "5", check=False)

    def logs(self, *services: str, tail: int | None = None) -> str:
        last = [] if tail is None else ["--tail", str(tail)]
        return self.compose("logs", "--no-color", *last, *services, check=False)

    def containers(self, service: str) -> list[dict[str, Any]]:
        """As `docker inspect` shows them."""
        ids = self.compose("ps", "-q", "-a", service).split()
        shown = subprocess.run(["docker", "inspect", *ids], capture_output=True, check=True, timeout=60)
        found: list[dict[str, Any]] = json.loads(shown.stdout)
        return found

    def crash(self, service: str) -> int:
        """kill -9 of the service's first process, as its own fault or the kernel would do; how often it was restarted.

        Not `docker kill`: a container that is killed so counts as stopped by a person, and stays down.
        """
        container = self.containers(service)[0]
        as_the_host = ["docker", "run", "--rm", "--pid", "host", "--user", "0", "--entrypoint", "bash", IMAGE]
        subprocess.run(
            [*as_the_host, "-c", f"kill -9 {container['State']['Pid']}"],
            check=True,
            capture_output=True,
            timeout=60,
        )
        return int(container["RestartCount"])

    def is_back(self, service: str, restarts: int) -> bool:
        """Whether it has been restarted more often than that, and is healthy."""
        container = self.containers(service)[0]
        return bool(container["RestartCount"] > restarts and container["State"]["Health"]["Status"] == "healthy")

    def officer(self, roles: Collection[Role], union: str, subject: str = "p-tester") -> httpx.Client:
        """An HTTP client with that officer's token."""
        token = issuer_of(self.env_file).token(subject, roles, union, timedelta(hours=2))
        return httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=120, trust_env=False
        )
