"""The platform in one process: serve it, issue tokens for it, play the demo."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from eventing.embedded import Home, Postgres, reserve_port
from services.cli.options import DATA, explained

# Nothing heavy above: PostgreSQL comes up while the rest is imported.
if TYPE_CHECKING:
    from eventing.shell.issuer import Issuer

ROLES = ("viewer", "officer", "approver", "subscriber", "operator")
_DEMO_BEGINS = datetime(2025, 5, 6, 8)
_PORT = click.option("--port", type=click.IntRange(1, 65535), default=8610, help="端口 Port, on 127.0.0.1.")


@click.command()
@DATA
@_PORT
@click.option(
    "--played-from", type=click.DateTime(), help="演练：业务时间从此开始，由人推进。For training: played time."
)
def serve(data: Path, port: int, played_from: datetime | None) -> None:
    """启动平台，按 Ctrl-C 停止。Start the platform; Ctrl-C stops it."""

    async def work(issuer: "Issuer") -> None:
        _say_where(port)
        await _until_stopped()

    _with_platform(data, port, _in_china(played_from), work)


@click.command()
@DATA
@click.option(
    "--role", "roles", type=click.Choice(ROLES), multiple=True, required=True, help="角色 Role; may be repeated."
)
@click.option("--union", required=True, help="工会 union id, e.g. u-610102")
@click.option("--subject", default="p-officer1", help="化名 pseudonym of whoever uses it")
@click.option("--hours", type=click.IntRange(1, 24 * 31), default=8, help="有效小时 how long it is good for")
def token(data: Path, roles: tuple[str, ...], union: str, subject: str, hours: int) -> None:
    """签发令牌（仅限嵌入模式）。Issue a token; in embedded mode only: elsewhere your OIDC issuer does."""
    from contracts import unions
    from eventing.identity import Role
    from eventing.shell.issuer import Issuer
    from eventing.shell.settings import Settings

    if not (data / "format.json").exists():
        raise click.ClickException(
            f"{data} 里没有嵌入式平台的数据；先运行 gonglian serve。"
            f" No embedded platform's data in {data}: run `gonglian serve` first."
        )
    settings, today = Settings(), date.today()
    try:
        unions.load().get(union, today)
    except unions.UnknownUnion:
        raise click.BadParameter(f"没有这个工会 no such union: {union}", param_hint="--union") from None
    issuer = Issuer(data, settings.issuer, settings.audience)
    click.echo(issuer.token(subject, [Role(role) for role in roles], union, timedelta(hours=hours)))


def _say_where(port: int) -> None:
    click.echo(
        f"工联已启动，接口文档 gonglian serves; API: http://127.0.0.1:{port}/api/enterprise/docs"
        f" http://127.0.0.1:{port}/api/projection/docs  (Ctrl-C 停止 to stop)",
        err=True,
    )


def _in_china(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@click.command()
@DATA
@_PORT
@click.option("--exit", "leave", is_flag=True, help="演完即停。Stop when the board is printed.")
@click.option("--json", "as_json", is_flag=True, help="只输出看板 JSON。Print only the board, as JSON.")
def demo(data: Path, port: int, leave: bool, as_json: bool) -> None:
    """演示陕西建会行动（合成数据）。Play Shaanxi's drive on synthetic data, print the board, go on serving."""

    async def work(issuer: "Issuer") -> None:
        from rich.console import Console

        from demo.board import as_json as board_as_json
        from demo.board import show
        from demo.play import play
        from eventing.identity import Role

        def token(union: str, roles: Sequence[str], subject: str) -> str:
            return issuer.token(subject, [Role(role) for role in roles], union, timedelta(hours=2))

        boards = await play(f"http://127.0.0.1:{port}", token, Console(stderr=True))
        if as_json:
            click.echo(board_as_json(boards))
        else:
            show(boards, Console())
        if not leave:
            _say_where(port)
            await _until_stopped()

    _with_platform(data, port, _in_china(_DEMO_BEGINS), work, quiet=True)


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


def _with_platform(
    data: Path,
    port: int,
    begins: datetime | None,
    work: "Callable[[Issuer], Awaitable[None]]",
    quiet: bool = False,
) -> None:
    """With `quiet` the log goes to a file in the data folder, and the terminal stays a person's."""
    home = Home(data)
    postgres = Postgres(home)
    with explained():
        try:
            home.open(port)
            reserved = reserve_port(port)
            postgres.start()

            async def run() -> None:
                from eventing.embedded.platform import running
                from services.platform import SERVICES

                with (home.root / "platform.log").open("a") if quiet else nullcontext(sys.stderr) as log:
                    async with running(SERVICES, home, postgres, reserved, begins, log) as issuer:
                        await work(issuer)

            import uvloop

            uvloop.run(run())
        finally:
            postgres.stop()
            home.close()
