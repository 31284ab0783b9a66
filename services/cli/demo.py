"""Play the demo: each programme on the platform of its region, all from one command."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eventing.embedded import CannotStart
from services.cli.embedded import Place, in_china, say_where, until_stopped, with_platforms
from services.cli.options import DATA, explained
from services.cli.signing import ENV_FILE, issuer_of, region_of

# Nothing heavy above: PostgreSQL comes up while the rest is imported.
if TYPE_CHECKING:
    from demo.officers import Token
    from demo.programme import Programme
    from eventing.shell.issuer import Issuer

_BEGINS = in_china(datetime(2025, 5, 6, 8))


@click.command()
@DATA
@click.option(
    "--port",
    type=click.IntRange(1, 65_000),
    default=8610,
    help="端口 Port of the first region's platform, on 127.0.0.1; the next ones follow.",
)
@click.option("--exit", "leave", is_flag=True, help="演完即停。Stop when the boards are printed.")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。Print only JSON: boards, reports, history.")
@click.option(
    "--at",
    help="在此地址的平台上演示其所属区域的项目，演完即停。Play the programmes of the region of the platform at this "
    "address, e.g. of docker compose.",
)
@ENV_FILE
def demo(data: Path, port: int, leave: bool, as_json: bool, at: str | None, env_file: Path | None) -> None:
    """演示陕西建会行动与余杭工会驿站（合成数据）。Play Shaanxi's drive and Yuhang's stations on synthetic data.

    各在本区域的平台上进行，演完打印看板，继续运行。Each on its own region's platform; boards are printed at the end.
    """
    if at is not None:
        with explained():
            asyncio.run(_there(at.rstrip("/"), issuer_of(env_file), region_of(env_file), as_json))
        return
    from demo.programmes import by_region

    regions = by_region()
    places = [
        Place(data if number == 0 else data / region, port + number, region) for number, region in enumerate(regions)
    ]

    async def work(issuers: "Sequence[Issuer]") -> None:
        on = [(place.url, issuer) for place, issuer in zip(places, issuers, strict=True)]
        await _play(list(zip(on, regions.values(), strict=True)), as_json)
        if not leave:
            say_where(places)
            await until_stopped()

    with_platforms(places, _BEGINS, work, quiet=True)


async def _there(url: str, issuer: "Issuer", region: str, as_json: bool) -> None:
    from demo.programmes import by_region

    if region not in (plays := by_region()):
        raise CannotStart(
            "no-programme",
            f"没有 {region} 的演示项目；有：{'、'.join(plays)}。请检查 GONGLIAN_REGION。",
            f"There is nothing to play for region {region}; there is for {', '.join(plays)}. See GONGLIAN_REGION.",
        )
    await _must_be_played(url, issuer, region)
    await _play([((url, issuer), plays[region])], as_json)


async def _play(plays: "Sequence[tuple[tuple[str, Issuer], Sequence[Programme]]]", as_json: bool) -> None:
    """Play on one platform after the other; then print what each programme asks at the end."""
    from rich.console import Console

    from demo.play import play
    from demo.progress import progress_on

    told: dict[str, Any] = {}
    with progress_on(Console(stderr=True)) as progress:
        for (url, issuer), programmes in plays:
            told |= await play(programmes, url, _tokens(issuer), progress)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True))
        return
    for _, programmes in plays:
        for programme in programmes:
            programme.show(told[programme.name], Console())
            if history := told[programme.name].get("history"):
                _show_history(history)


def _tokens(issuer: "Issuer") -> "Token":
    from eventing.identity import Role

    def token(union: str, roles: Sequence[str], subject: str) -> str:
        return issuer.token(subject, [Role(role) for role in roles], union, timedelta(hours=2))

    return token


def _show_history(history: Mapping[str, Any]) -> None:
    """One enterprise's, as `gonglian timeline` prints it."""
    from pydantic import TypeAdapter

    from services.cli.timeline import show_entries
    from services.enterprise.queries.timeline import Entry

    entries = TypeAdapter(list[Entry]).validate_python(history["entries"])
    show_entries(f"{history['name']} {history['enterprise']}", entries)


async def _must_be_played(url: str, issuer: "Issuer", region: str) -> None:
    """Raise `CannotStart` where nobody answers, or on real time: 1,000 made-up enterprises would stay there."""
    import httpx

    from eventing.identity import Role

    token = issuer.token(f"p-operator{region}", [Role.OPERATOR], f"u-{region}", timedelta(minutes=5))
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
