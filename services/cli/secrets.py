"""The secrets of a platform in containers, written once."""

import os
import secrets as random
import sys
from pathlib import Path

import click


@click.command()
@click.option("--file", type=click.Path(path_type=Path), default=Path(".env"), help="文件 The file to write.")
def secrets(file: Path) -> None:
    """生成密钥文件 .env。Write the secrets that docker-compose.yml needs; never over a file that is there."""
    from eventing import vault
    from eventing.shell.issuer import fresh_key
    from services.platform import BY_NAME

    roles = ["postgres", *BY_NAME]
    lines = [
        "# 工联 gonglian: docker compose 的密钥与设置，切勿提交。Secrets and settings; never commit them.",
        *(f"{role.upper()}_PASSWORD={random.token_hex(24)}" for role in roles),
        f"GONGLIAN_SIGNING_KEY='{fresh_key()}'",
        "# 保险库密钥：请另存一份；遗失则联系方式无法读出。Keep a copy elsewhere, never beside the backups.",
        f"GONGLIAN_VAULT_KEY={vault.fresh_key()}",
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
        click.echo(
            f"{file} 已存在，不予覆盖：其中的密码正为数据库所用。\n"
            f"{file} is there and stays as it is: the databases know its passwords.",
            err=True,
        )
        sys.exit(1)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write("\n".join(lines))
    click.echo(f"已写入 {file}（仅本人可读）。Written: {file}, readable by you alone.")
