"""The secrets of a platform in containers: written once, and completed when a service has come."""

import os
import secrets as random
import sys
from pathlib import Path

import click

_VAULT = "GONGLIAN_VAULT_KEY"


@click.command()
@click.option("--file", type=click.Path(path_type=Path), default=Path(".env"), help="文件 The file to write.")
def secrets(file: Path) -> None:
    """生成密钥文件 .env。Write the secrets that docker-compose.yml needs; what is in a file already stays as it is."""
    from eventing.shell.issuer import fresh_key
    from services.platform import BY_NAME

    roles = ["postgres", *BY_NAME]
    lines = [
        "# 工联 gonglian: docker compose 的密钥与设置，切勿提交。Secrets and settings; never commit them.",
        *map(_password, roles),
        f"GONGLIAN_SIGNING_KEY='{fresh_key()}'",
        "# 保险库密钥：请另存一份；遗失则联系方式无法读出。Keep a copy elsewhere, never beside the backups.",
        _vault_key(),
        "",
        "# 可改的设置。Settings to be chosen before the first start: the public URL stands in every event.",
        "#GATEWAY_PORT=8610",
        "#GONGLIAN_PUBLIC_URL=http://localhost:8610",
        "#GONGLIAN_REGION=610000",
        "# 演练：业务时间由人推进。For rehearsals: business time is played from this instant on.",
        "#GONGLIAN_PLAYED_FROM=2025-05-06T08:00:00+08:00",
        "",
    ]
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        _complete(file, list(BY_NAME))
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write("\n".join(lines))
    click.echo(f"已写入 {file}（仅本人可读）。Written: {file}, readable by you alone.")


def _complete(file: Path, services: list[str]) -> None:
    """Add what came after the file: passwords, the key of the vault. A file without the signing key isn't ours."""
    from dotenv import dotenv_values

    said = dotenv_values(file, interpolate=False)
    if "GONGLIAN_SIGNING_KEY" not in said:
        click.echo(
            f"{file} 已存在，却没有 GONGLIAN_SIGNING_KEY，不予改动。\n"
            f"{file} is there, but without GONGLIAN_SIGNING_KEY: it stays as it is.",
            err=True,
        )
        sys.exit(1)
    wanted = {f"{name.upper()}_PASSWORD": _password(name) for name in services} | {_VAULT: _vault_key()}
    new = {name: line for name, line in wanted.items() if not said.get(name)}
    if not new:
        click.echo(f"{file} 已齐备，未作改动。{file} is complete and stays as it is: the databases know its passwords.")
        return
    with file.open("a", encoding="utf-8") as out:
        out.write("".join(f"\n{line}" for line in new.values()) + "\n")
    named = ", ".join(new)
    click.echo(f"{file}：已添加 {named}，其余未动。Added: {named}; the rest stays as it is.")


def _vault_key() -> str:
    from eventing import vault

    return f"{_VAULT}={vault.fresh_key()}"


def _password(role: str) -> str:
    return f"{role.upper()}_PASSWORD={random.token_hex(24)}"
