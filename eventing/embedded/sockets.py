"""Where PostgreSQL's Unix socket lies: in the home, or in a private folder when the home's path will not do."""

import os
import tempfile
from pathlib import Path

from eventing.embedded.child import RunAs, give
from eventing.embedded.home import Home

PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
LONGEST = 100  # bytes; the kernel takes 107
PREFIX = "gonglian-"


def make_socket_folder(home: Home, who: RunAs) -> Path:
    """Mode 0700: who reaches the socket is trusted. `run` in the home is the folder, or a link to it."""
    remove_socket_folder(home)
    if _usable(home.run):
        folder = home.run
        folder.mkdir(mode=0o700)
    else:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        if not _usable(folder):
            folder.rmdir()
            folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
        home.run.symlink_to(folder)
    give(who, folder)
    return folder


def remove_socket_folder(home: Home) -> None:
    """Also what a killed run left: its socket's lock file names a pid that may be anybody's by now."""
    folder = home.run.resolve()
    if home.run.is_symlink():
        home.run.unlink()
        if not folder.name.startswith(PREFIX):
            return
    if folder.is_dir():
        for name in (SOCKET, SOCKET + ".lock"):
            folder.joinpath(name).unlink(missing_ok=True)
        folder.rmdir()


def _usable(folder: Path) -> bool:
    """Short enough, and without the separators that PostgreSQL and asyncpg see in a list of hosts."""
    text = str(folder / SOCKET)
    return len(os.fsencode(text)) <= LONGEST and not set(',"') & set(text)
