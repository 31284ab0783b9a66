"""The platform in one process: serve it, issue tokens for it, play the demo."""

import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from eventing.embedded import CannotStart, Home, Postgres, reserve_port
from services.cli.options import DATA, explained
from services.cli.signing import ENV_FILE, issuer_of

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
@click.option("--exit", "leave", is_flag=True, help="演完即停。Stop when the boards are printed.")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。Print only JSON: boards, reports, history.")
@click.option(
    "--at", help="在此地址的平台上演示，演完即停。Play on the platform at this address, e.g. of docker compose."
)
@ENV_FILE
def demo(data: Path, port: int, leave: bool, as_json: bool, at: str | None, env_file: Path | None) -> None:
    """演示陕西建会行动（合成数据）。Play Shaanxi's drive on synthetic data, print its boards, go on serving."""

    async def work(issuer: "Issuer") -> None:
        await _play(f"http://127.0.0.1:{port}", issuer, as_json)
        if not leave:
            _say_where(port)
            await _until_stopped()

    async def work_there(url: str, issuer: "Issuer") -> None:
        await _must_be_played(url, issuer)
        await _play(url, issuer, as_json)

    if at is None:
        _with_platform(data, port, _in_china(_DEMO_BEGINS), work, quiet=True)
    else:
        with explained():
            asyncio.run(work_there(at.rstrip("/"), issuer_of(env_file)))


async def _play(url: str, issuer: "Issuer", as_json: bool) -> None:
    """Play on the platform at `url` and print the board."""
    from rich.console import Console

    from demo.play import play
    from demo.programmes import PROGRAMMES
    from eventing.identity import Role

    def token(union: str, roles: Sequence[str], subject: str) -> str:
        return issuer.token(subject, [Role(role) for role in roles], union, timedelta(hours=2))

    told = await play(PROGRAMMES, url, token, Console(stderr=True))
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True))
        return
    for programme in PROGRAMMES:
        programme.show(told[programme.name], Console())
        if history := told[programme.name].get("history"):
            _show_history(history)


def _show_history(history: Mapping[str, Any]) -> None:
    """One enterprise's, as `gonglian timeline` prints it."""
    from pydantic import TypeAdapter

    from services.cli.timeline import show_entries
    from services.enterprise.queries.timeline import Entry

    entries = TypeAdapter(list[Entry]).validate_python(history["entries"])
    show_entries(f"{history['name']} {history['enterprise']}", entries)


async def _must_be_played(url: str, issuer: "Issuer") -> None:
    """Raise `CannotStart` where nobody answers, or on real time: 1,000 made-up enterprises would stay there."""
    import httpx

    from eventing.identity import Role

    token = issuer.token("p-operator610000", [Role.OPERATOR], "u-610000", timedelta(minutes=5))
    try:
        async with httpx.AsyncClient(trust_env=False, headers={"Authorization": f"Bearer {token}"}) as client:
            clock = (await client.get(f"{url}/api/platform/clock")).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise CannotStart(
            "not-reached",
            f"{url} 没有应答或不接受令牌：{error}",
            f"The platform at {url} doesn't answer, or doesn't take the token: {error}",
        ) from error
    if not clock["played"]:
        raise CannotStart(
            "real-time",
            f"{url} 的平台按真实时间运行，不能用来演示。请另起一个推演平台（GONGLIAN_PLAYED_FROM）。",
            f"The platform at {url} runs on real time. Play on another one, started with GONGLIAN_PLAYED_FROM.",
        )


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
