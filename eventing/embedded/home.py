"""The folder that holds all data of an embedded platform, used by one process at a time."""

import errno
import fcntl
import json
import os
import pwd
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventing.embedded.cannot_start import CannotStart

FORMAT = {"format": 1, "postgres": "18"}
MEBIBYTE = 1 << 20
ROOM_FOR_NEW, ROOM_TO_GO_ON = 256 * MEBIBYTE, 64 * MEBIBYTE


class Home:
    """`open` locks the folder until `close` or the end of the process, however it ends."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.cluster = self.root / "postgres"
        self.run = self.root / "run"
        self.log = self.root / "postgres.log"
        self._format = self.root / "format.json"
        self._serving = self.root / "serving.json"
        self._region = self.root / "region"
        self._lock: int | None = None

    @property
    def is_open(self) -> bool:
        return self._lock is not None

    def open(self, port: int | None = None) -> None:
        """Make the folder or check it, and lock it. `port` only tells a second starter where we serve."""
        with _explained(self.root):
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._check_owner()
            self._check_content()
            self._take_lock(port)
            try:
                self.root.chmod(0o700)
                self._check_room()
                self._check_format()
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def region(self) -> str | None:
        """The region that the data belongs to, once it was begun."""
        return self._region.read_text("ascii") if self._region.exists() else None

    def belong_to(self, region: str) -> None:
        """Kept with the data: its logs are named by it."""
        _write_durably(self._region, region)

    def say(self, url: str, kafka: str) -> None:
        """Tell an operator's commands where the platform on this data answers, and where its broker is."""
        _write_durably(self._serving, json.dumps({"url": url, "kafka": kafka}))

    def say_nothing(self) -> None:
        self._serving.unlink(missing_ok=True)

    def said(self) -> tuple[str, str] | None:
        """URL and broker of the platform that serves from this data now; None when none does."""
        try:
            with (self.root / "lock").open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return None  # a file that a kill left behind may be there all the same
        except BlockingIOError:
            found = _parsed(self._serving.read_text("utf-8")) if self._serving.exists() else None
            return (str(found["url"]), str(found["kafka"])) if isinstance(found, dict) else None
        except OSError:
            return None

    def _check_owner(self) -> None:
        owner, we = self.root.stat().st_uid, os.geteuid()
        if owner != we:
            raise CannotStart(
                "wrong-user",
                f"数据目录 {self.root} 属于用户 {_name(owner)}，当前用户是 {_name(we)}。"
                f"请用 {_name(owner)} 运行，或用 --data 另选目录。",
                f"The data in {self.root} belongs to user {_name(owner)}, and this is {_name(we)}. "
                f"Run gonglian as {_name(owner)}, or choose another folder with --data.",
            )

    def _check_content(self) -> None:
        strangers = {entry.name for entry in self.root.iterdir()} - {"lock", "format.json.new", "lost+found"}
        if strangers and not self._format.exists():
            raise CannotStart(
                "not-ours",
                f"目录 {self.root} 里有别的内容（如 {min(strangers)}），不是工联的数据。请用 --data 另选一个空目录。",
                f"{self.root} holds something else ({min(strangers)}), not gonglian's data. "
                "Choose an empty folder with --data.",
            )

    def _take_lock(self, port: int | None) -> None:
        # flock, not lockf: a POSIX lock is lost as soon as anything in this process closes the file.
        lock = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 100, 0).decode() or "pid ?"
            os.close(lock)
            raise CannotStart(
                "in-use",
                f"另一个工联（{holder}）正在使用 {self.root}。请用那一个，或先停掉它，或用 --data 另选目录。",
                f"Another gonglian ({holder}) uses the data in {self.root}. "
                "Use that one, or stop it first, or choose another folder with --data.",
            ) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, (f"pid {os.getpid()}" + (f", port {port}" if port else "")).encode(), 0)
        self._lock = lock

    def _check_room(self) -> None:
        needed = ROOM_TO_GO_ON if self.cluster.exists() else ROOM_FOR_NEW
        if shutil.disk_usage(self.root).free < needed:
            raise _disk_full(self.root, needed)

    def _check_format(self) -> None:
        if not self._format.exists():
            _write_durably(self._format, json.dumps(FORMAT))
        found = self._format.read_text(errors="replace")
        if _parsed(found) != FORMAT:
            raise CannotStart(
                "other-version",
                f"{self.root} 的数据是另一个版本写的：{found}；本版本要求 {json.dumps(FORMAT)}。"
                "请用写它的版本运行，或用 --data 另选目录。",
                f"The data in {self.root} was written by another version: {found}; this one reads "
                f"{json.dumps(FORMAT)}. Run the version that wrote it, or choose another folder with --data.",
            )


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _write_durably(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    with new.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _disk_full(root: Path, needed: int) -> CannotStart:
    return CannotStart(
        "disk-full",
        f"{root} 所在磁盘空间不足，至少需要 {needed // MEBIBYTE} MB。请清理，或用 --data 另选目录。",
        f"The disk of {root} has no room: at least {needed // MEBIBYTE} MB are needed. "
        "Make room, or choose another folder with --data.",
    )


@contextmanager
def _explained(root: Path) -> Iterator[None]:
    try:
        yield
    except (FileExistsError, NotADirectoryError):
        raise CannotStart(
            "not-a-folder",
            f"{root} 是文件，或其上级是文件，不能作数据目录。请用 --data 另选目录。",
            f"{root}, or what it lies in, is a file and cannot hold the data. Choose another folder with --data.",
        ) from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _disk_full(root, ROOM_FOR_NEW) from error
        raise CannotStart(
            "not-writable",
            f"用户 {_name(os.geteuid())} 不能写入数据目录 {root}（{error.strerror}）。"
            "请用 --data 另选目录，或换一个用户运行。",
            f"User {_name(os.geteuid())} cannot write the data folder {root} ({error.strerror}). "
            "Choose another folder with --data, or run as another user.",
        ) from error
