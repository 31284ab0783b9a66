"""The data folder has one user, one version and one running platform, and says so when it isn't as it must be."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventing.embedded import CannotStart, Home, reserve_port

HOLDER = """
import signal, sys
from pathlib import Path
from eventing.embedded import Home
Home(Path(sys.argv[1])).open(port=8000)
print("open", flush=True)
signal.pause()
"""
AS_NOBODY = """
import os, pwd, sys
from pathlib import Path
from eventing.embedded import CannotStart, Home
os.setuid(pwd.getpwnam("nobody").pw_uid)  # only now: Python itself may lie where nobody cannot go
try:
    Home(Path(sys.argv[1])).open()
except CannotStart as reason:
    print(reason.code, reason.en)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / ".gonglian"


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that other users can pass, which pytest's own is not."""
    with tempfile.TemporaryDirectory(prefix="home-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def refusal(home: Home) -> CannotStart:
    with pytest.raises(CannotStart) as caught:
        home.open()
    return caught.value


def test_a_new_home_is_private_and_knows_its_version(root: Path) -> None:
    home = Home(root)
    home.open()
    assert root.stat().st_mode & 0o777 == 0o700
    assert json.loads((root / "format.json").read_text()) == {"format": 1, "postgres": "18"}
    home.close()
    home.open()  # and opens again
    home.close()


def test_a_second_platform_on_the_same_data_is_told_who_holds_it(root: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, root], stdout=subprocess.PIPE, text=True)
    with holder:
        assert holder.stdout is not None
        try:
            assert holder.stdout.readline() == "open\n"
            reason = refusal(Home(root))
        finally:
            holder.kill()
    assert reason.code == "in-use"
    for text in (reason.zh, reason.en):
        assert f"pid {holder.pid}, port 8000" in text
    home = Home(root)
    home.open()  # kill -9 has freed it
    home.close()


def test_a_second_home_in_the_same_process_neither_gets_in_nor_frees_the_lock(root: Path) -> None:
    home = Home(root)
    home.open()
    assert refusal(Home(root)).code == "in-use"
    assert refusal(Home(root)).code == "in-use"
    home.close()


@pytest.mark.parametrize("written", ['{"format": 2, "postgres": "18"}', '{"format": 1, "postgres": "19"}', ""])
def test_data_of_another_version_is_named_and_left_alone(root: Path, written: str) -> None:
    root.mkdir()
    (root / "format.json").write_text(written)
    reason = refusal(Home(root))
    assert reason.code == "other-version"
    assert written in reason.en
    assert "--data" in reason.en
    assert (root / "format.json").read_text() == written


def test_a_folder_with_something_else_in_it_is_left_alone(root: Path) -> None:
    root.mkdir(mode=0o755)
    (root / "thesis.tex").touch()
    reason = refusal(Home(root))
    assert reason.code == "not-ours"
    assert "thesis.tex" in reason.en
    assert [entry.name for entry in root.iterdir()] == ["thesis.tex"]
    assert root.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("below", [".", "data"])
def test_a_file_in_the_way_is_refused(root: Path, below: str) -> None:
    root.touch()
    assert refusal(Home(root / below)).code == "not-a-folder"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_the_wrong_user_is_told_whose_data_it_is(reachable: Path) -> None:
    home = Home(reachable / "data")
    home.open()
    home.close()
    assert opened_by_nobody(reachable / "data").startswith("wrong-user The data in")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_that_cannot_be_made_is_refused(reachable: Path) -> None:
    assert opened_by_nobody(reachable / "data").startswith("not-writable User nobody cannot write")


def opened_by_nobody(root: Path) -> str:
    done = subprocess.run([sys.executable, "-c", AS_NOBODY, root], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def test_a_disk_without_room_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventing.embedded.home.ROOM_FOR_NEW", 1 << 80)
    assert refusal(Home(root)).code == "disk-full"


def test_the_reserved_port_accepts_and_is_free_again_at_once() -> None:
    with reserve_port(0) as first:
        port = first.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            accepted, _ = first.accept()
        accepted.close()  # leaves the port in TIME_WAIT
    reserve_port(port).close()


def test_a_taken_port_is_named_with_what_to_do() -> None:
    with reserve_port(0) as first:
        port = first.getsockname()[1]
        with pytest.raises(CannotStart) as caught:
            reserve_port(port)
    assert caught.value.code == "port-taken"
    for text in (caught.value.zh, caught.value.en):
        assert str(port) in text
        assert "--port" in text
