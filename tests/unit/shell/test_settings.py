import os

import pytest

from eventing.shell import settings
from eventing.shell.settings import Misconfigured


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith("GONGLIAN_"):
            monkeypatch.delenv(name)


def test_nothing_set_is_a_platform_of_shaanxi_on_this_machine() -> None:
    read = settings.read()
    assert (read.region, read.public_url) == ("610000", "http://localhost:8610")
    assert (read.max_body_bytes, read.wait_limit_seconds) == (1024 * 1024, 10)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGLIAN_REGION", "61"),
        ("GONGLIAN_PUBLIC_URL", "localhost:8610"),
        ("GONGLIAN_KAFKA", ""),
        ("GONGLIAN_DATABASE_URL", "mysql://user:secret@db/x"),
        ("GONGLIAN_JWKS", "/nowhere/secret.json"),
        ("GONGLIAN_LOG_LEVEL", "secret"),
        ("GONGLIAN_MAX_BODY_BYTES", "secret"),
        ("GONGLIAN_WAIT_LIMIT_SECONDS", "-1"),
        ("GONGLIAN_REGOIN", "secret"),
    ],
)
def test_what_can_not_be_right_is_refused_by_name_and_not_by_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured, match=name) as refused:
        settings.read()
    assert "secret" not in str(refused.value)


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGLIAN_REGION", "61")
    monkeypatch.setenv("GONGLIAN_REGOIN", "610000")
    with pytest.raises(Misconfigured, match=r"(?s)REGOIN.*REGION:"):
        settings.read()


def test_a_database_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGLIAN_DATABASE_URL", "postgresql://user:secret@db/enterprise")
    assert "secret" not in repr(settings.read())
