"""The `.env` that docker compose reads: written once, for its owner alone."""

import json
import re
from base64 import urlsafe_b64decode
from io import StringIO
from pathlib import Path

from click.testing import CliRunner
from dotenv import dotenv_values

from eventing.identity import Role
from eventing.vault import Vault
from services.cli import main
from services.cli.signing import issuer_of
from services.platform import BY_NAME


def test_there_is_a_password_for_each_role_and_a_key_that_signs(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert CliRunner().invoke(main, ["secrets", "--file", str(file)]).exit_code == 0
    said = dotenv_values(file)
    passwords = [said[f"{name.upper()}_PASSWORD"] for name in ("postgres", *BY_NAME)]
    assert len(set(passwords)) == len(passwords)
    assert all(password and len(password) == 48 for password in passwords)
    assert issuer_of(file).jwks()["keys"]
    assert Vault(said["GONGLIAN_VAULT_KEY"] or "", "stations")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_token_can_be_issued_for_every_role(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    CliRunner().invoke(main, ["secrets", "--file", str(file)])
    roles = [option for role in Role for option in ("--role", role.value)]
    issued = CliRunner().invoke(main, ["token", "--env-file", str(file), "--union", "u-610102", *roles])
    assert issued.exit_code == 0, issued.output
    claims = json.loads(urlsafe_b64decode(issued.output.split(".")[1] + "=="))
    assert set(claims["roles"]) == {role.value for role in Role}


def test_it_is_never_written_over(tmp_path: Path) -> None:
    """Mechanism: O_EXCL. With new passwords nobody would get into the databases that are there; and a file that isn't
    ours gets nothing added."""
    file = tmp_path / ".env"
    file.write_text("KEPT=1")
    refused = CliRunner().invoke(main, ["secrets", "--file", str(file)])
    assert refused.exit_code == 1
    assert file.read_text() == "KEPT=1"


def test_a_service_that_came_later_gets_its_password_and_the_rest_stays(tmp_path: Path) -> None:
    """Mechanism: `_complete` only appends. `docker compose` refuses a file without it."""
    file = tmp_path / ".env"
    CliRunner().invoke(main, ["secrets", "--file", str(file)])
    before = "".join(line for line in file.read_text().splitlines(True) if not line.startswith("STATIONS_"))
    file.write_text(f"{before}GATEWAY_PORT=8620")
    added = CliRunner().invoke(main, ["secrets", "--file", str(file)])
    assert (added.exit_code, "STATIONS_PASSWORD" in added.output) == (0, True)
    said = dotenv_values(file)
    assert len(said["STATIONS_PASSWORD"] or "") == 48
    assert said.items() >= dotenv_values(stream=StringIO(before)).items()
    assert said["GATEWAY_PORT"] == "8620"
    complete = file.read_bytes()
    assert CliRunner().invoke(main, ["secrets", "--file", str(file)]).exit_code == 0
    assert file.read_bytes() == complete


def test_every_service_has_its_lines_in_compose_and_at_the_gateway() -> None:
    home = Path(__file__).parents[2]
    compose = (home / "docker-compose.yml").read_text("utf-8")
    gateway = (home / "deploy/gateway/nginx.conf").read_text("utf-8")
    for name in BY_NAME:
        password = f"{name.upper()}_PASSWORD"
        assert f"{password}: ${{{password}:?" in compose
        found = re.search(rf"^  {name}:\n(?:    .*\n)+", compose, re.MULTILINE)
        own = found[0] if found else f"no service {name} in docker-compose.yml"
        assert f"command: [run, {name}]\n" in own
        assert f"GONGLIAN_SERVICE: {name}\n" in own
        assert f"GONGLIAN_DATABASE_URL: postgresql://{name}:${{{password}}}@postgres:5432/{name}\n" in own
        assert f"~^/api/{name}(/|$) {name};" in gateway
    assert f"DATABASES: {' '.join(BY_NAME)}\n" in compose
