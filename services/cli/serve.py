"""The platform in one process: serve it, and issue tokens for it."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.cli.embedded import Place, in_china, say_where, until_stopped, with_platforms
from services.cli.options import DATA, explained
from services.cli.signing import ENV_FILE, issuer_of

# Nothing heavy above: PostgreSQL comes up while the rest is imported.
if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventing.shell.issuer import Issuer

ROLES = ("viewer", "officer", "approver", "keeper", "subscriber", "operator")


@click.command()
@DATA
@click.option("--port", type=click.IntRange(1, 65535), default=8610, help="端口 Port, on 127.0.0.1.")
@click.option(
    "--played-from", type=click.DateTime(), help="演练：业务时间从此开始，由人推进。For training: played time."
)
def serve(data: Path, port: int, played_from: datetime | None) -> None:
    """启动平台，按 Ctrl-C 停止。Start the platform; Ctrl-C stops it."""
    place = Place(data, port)

    async def work(_: "Sequence[Issuer]") -> None:
        say_where([place])
        await until_stopped()

    with_platforms([place], in_china(played_from), work)


@click.command()
@DATA
@click.option(
    "--role", "roles", type=click.Choice(ROLES), multiple=True, required=True, help="角色 Role; may be repeated."
)
@click.option("--union", required=True, help="工会 union id, e.g. u-610102")
@click.option("--subject", default="p-officer1", help="化名 pseudonym of whoever uses it")
@click.option("--hours", type=click.IntRange(1, 24 * 31), default=8, help="有效小时 how long it is good for")
@ENV_FILE
def token(data: Path, roles: tuple[str, ...], union: str, subject: str, hours: int, env_file: Path | None) -> None:
    """签发令牌。Issue a token: of the embedded platform, or by --env-file of one in containers.

    已接入 OIDC 的平台由其签发。Where there is an OIDC issuer, that one does.
    """
    from contracts import unions
    from eventing.identity import Role
    from eventing.shell.issuer import Issuer
    from eventing.shell.settings import Settings

    if env_file is None and not (data / "format.json").exists():
        raise click.ClickException(
            f"{data} 里没有嵌入式平台的数据；先运行 gonglian serve。"
            f" No embedded platform's data in {data}: run `gonglian serve` first."
        )
    settings, today = Settings(), date.today()
    try:
        unions.load().get(union, today)
    except unions.UnknownUnion:
        raise click.BadParameter(f"没有这个工会 no such union: {union}", param_hint="--union") from None
    with explained():
        issuer = issuer_of(env_file) if env_file else Issuer(data, settings.issuer, settings.audience)
    click.echo(issuer.token(subject, [Role(role) for role in roles], union, timedelta(hours=hours)))
