"""PostgreSQL as our child process: never as root, and never longer than we live."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eventing.embedded.cannot_start import CannotStart

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class RunAs:
    """`uid` and `gid` own the files on disk; `become` is called between fork and exec."""

    uid: int
    gid: int
    become: Callable[[], None]


def run_as(binary: Path, folder: Path) -> RunAs:
    """Who may run `binary` on data in `folder`: we, or, because PostgreSQL refuses uid 0, root under another number."""
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0:
        return RunAs(uid, gid, lambda: None)
    nobody = pwd.getpwnam("nobody")
    for who in (RunAs(uid, gid, _renumbered), RunAs(nobody.pw_uid, nobody.pw_gid, _as_nobody)):
        # Kept at 0700 where root's own files are used; nobody must be able to pass.
        folder.chmod(0o700 if who.uid == uid else 0o711)
        if _works(who, binary, folder):
            return who
    raise CannotStart(
        "root-refused",
        f"PostgreSQL 不能以 root 运行，而用户 nobody 进不了 {folder} 或 {binary.parent}。"
        "请以普通用户运行，或用 --data 选一个各级上级目录都可通行的目录（如 /var/lib/gonglian）。",
        f"PostgreSQL doesn't run as root, and user nobody cannot reach {folder} or {binary.parent}. Run gonglian as an "
        "ordinary user, or choose with --data a folder whose parents all let others pass (e.g. /var/lib/gonglian).",
    )


def spawn(command: Sequence[str | Path], who: RunAs, log: Path) -> subprocess.Popen[bytes]:
    """Start a child that gets SIGQUIT when we end, even by kill -9. Its output goes to `log`."""
    # The kernel sends that signal when the *thread* that forked ends, so a worker thread's child would die with it.
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("start PostgreSQL from the main thread")
    parent = os.getpid()

    def before_exec() -> None:
        who.become()
        # A shell starts background jobs with these ignored, and what is ignored stays ignored over exec.
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        if sys.platform == "linux":
            # After the change of user, which would clear it.
            _checked(_LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT))
        if os.getppid() != parent:
            os._exit(1)

    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={"PATH": os.defpath, "LC_ALL": "C"},  # no PGDATA, no PGOPTIONS, no secrets of ours
            start_new_session=True,  # Ctrl-C is for us; we stop it in order
            preexec_fn=before_exec,
        )


def give(who: RunAs, path: Path) -> None:
    """Make `path` and all in it the property of `who`, where we are root and it isn't yet."""
    if path.stat().st_uid == who.uid:
        return
    for folder, _, files in os.walk(path, topdown=False):
        for name in files:
            os.lchown(os.path.join(folder, name), who.uid, who.gid)
        os.lchown(folder, who.uid, who.gid)


def _works(who: RunAs, binary: Path, folder: Path) -> bool:
    def become() -> None:
        who.become()
        os.chdir(folder)

    try:
        return spawn([binary, "--version"], replace(who, become=become), Path(os.devnull)).wait() == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _renumbered() -> None:
    """Root's files stay root's, but in a user namespace of its own the process sees itself as uid 1000."""
    uid, gid = os.geteuid(), os.getegid()
    _checked(_LIBC.unshare(_CLONE_NEWUSER))
    for name, text in (("setgroups", "deny"), ("uid_map", f"1000 {uid} 1"), ("gid_map", f"1000 {gid} 1")):
        Path("/proc/self", name).write_text(text)


def _as_nobody() -> None:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)


def _checked(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
