"""Tokens for a platform that runs elsewhere, signed with its key: by the environment or by its `.env`."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventing.embedded import CannotStart

if TYPE_CHECKING:
    from eventing.shell.issuer import Issuer

ENV_FILE = click.option(
    "--env-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="密钥文件 .env of the platform: its signing key is taken from there.",
)


def region_of(env_file: Path | None) -> str:
    """The region that the platform belongs to."""
    from eventing.shell.settings import Settings

    default: str = Settings.model_fields["region"].default
    return _said(env_file).get("GONGLIAN_REGION") or default


def issuer_of(env_file: Path | None) -> "Issuer":
    """Signs with `GONGLIAN_SIGNING_KEY`; raises `CannotStart` where there is none."""
    from eventing.shell.issuer import Issuer
    from eventing.shell.settings import Settings

    said = _said(env_file)
    key = said.get("GONGLIAN_SIGNING_KEY")
    if not key:
        raise CannotStart(
            "no-signing-key",
            "没有 GONGLIAN_SIGNING_KEY。请设置该环境变量，或用 --env-file .env。",
            "There is no GONGLIAN_SIGNING_KEY: set it in the environment, or say --env-file .env.",
        )
    fields = Settings.model_fields
    issuer = said.get("GONGLIAN_ISSUER") or fields["issuer"].default
    audience = said.get("GONGLIAN_AUDIENCE") or fields["audience"].default
    return Issuer(None, issuer, audience, key)


def _said(env_file: Path | None) -> Mapping[str, str | None]:
    from dotenv import dotenv_values

    return os.environ if env_file is None else dotenv_values(env_file, interpolate=False)
