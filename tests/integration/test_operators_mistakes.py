"""What an operator gets wrong is said to them, and not shown as a stack trace."""

from pathlib import Path

import pytest

from eventing.database import Pool
from eventing.embedded import Postgres
from eventing.shell.issuer import fresh_key
from tests.support.reading import NO_BROKER
from tests.support.service_process import ServiceProcess


@pytest.mark.parametrize(
    ("database", "user"), [("not_made", None), ("postgres", "nobody_of_that_name")], ids=["no database", "no role"]
)
def test_a_service_that_its_postgresql_refuses_says_so_and_ends(
    postgres: Postgres, tmp_path: Path, database: str, user: str | None
) -> None:
    """Mechanism: `NO_ENTRY` in `eventing/shell/process.py`. A service that has come is started before its role is."""
    dsn = postgres.dsn(database=database, user=user or "postgres")
    code, _, said = ServiceProcess("enterprise", dsn, NO_BROKER, fresh_key(), tmp_path / "out").gonglian("run")
    assert (code, "Traceback" in said) == (2, False), said
    assert "PostgreSQL refuses" in said
    assert (user or database) in said


def test_a_backup_that_cant_be_written_says_where(pool: Pool, dsn: str, tmp_path: Path) -> None:
    """Mechanism: `_told` in `services/cli/backup.py`. A container has no folder for it unless one is mounted."""
    enterprise = ServiceProcess("enterprise", dsn, NO_BROKER, fresh_key(), tmp_path / "out")
    code, _, said = enterprise.gonglian("backup", "enterprise", str(tmp_path / "not there" / "enterprise.backup"))
    assert (code, "Traceback" in said) == (1, False), said
    assert "No such file or directory" in said


def test_a_backup_of_a_database_that_is_away_says_so(tmp_path: Path) -> None:
    dsn = f"postgresql://enterprise:x@{NO_BROKER}/enterprise"
    enterprise = ServiceProcess("enterprise", dsn, NO_BROKER, fresh_key(), tmp_path / "out")
    code, _, said = enterprise.gonglian("backup", "enterprise", str(tmp_path / "enterprise.backup"))
    assert (code, "Traceback" in said) == (1, False), said
    assert "isn't reachable" in said


def test_a_backup_of_a_database_that_is_not_made_says_what_comes_first(postgres: Postgres, tmp_path: Path) -> None:
    """Mechanism: `NO_ENTRY` in `services/cli/backup.py`, for a restore into a new volume too: it has no databases."""
    dsn = postgres.dsn(database="not_made", user="postgres")
    enterprise = ServiceProcess("enterprise", dsn, NO_BROKER, fresh_key(), tmp_path / "out")
    code, _, said = enterprise.gonglian("backup", "enterprise", str(tmp_path / "enterprise.backup"))
    assert (code, "Traceback" in said) == (1, False), said
    assert "docker compose run --rm databases" in said
