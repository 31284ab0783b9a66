"""Whether a service's log is what was sealed: checked against itself and against what others have seen of it."""

import asyncio
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

import click
import httpx

from eventing.audit import Report, verify
from eventing.shell.reach import Reach, reach, reach_all
from eventing.witnesses import Heard
from services.cli.options import DATA, JSON, explained
from services.cli.progress import shown
from services.cli.witnessing import witnesses_of
from services.platform import BY_NAME


@click.group()
def audit() -> None:
    """审计。Check what is kept."""


@audit.command("verify")
@click.argument("service", required=False, type=click.Choice(list(BY_NAME)))
@DATA
@JSON
def verify_(service: str | None, data: Path, as_json: bool) -> None:
    """核验日志是否完整、未被改动。Check that a log is whole and as it was sealed; exit code 1 where it isn't."""
    with explained():
        reached = [reach(BY_NAME, service, data)] if service else reach_all(BY_NAME, data)
    logs = [one for one in reached if one.service.decisions]
    told = [asyncio.run(_verified(one, as_json)) for one in logs]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    sys.exit(any(one["finding"] for one in told))


async def _verified(reached: Reach, as_json: bool) -> dict[str, object]:
    name, started = reached.service.name, time.monotonic()
    async with httpx.AsyncClient() as http:
        said = await witnesses_of(reached, http).ask()
    with shown(f"audit {name}", quiet=as_json) as progress:
        report = await verify(reached.dsn, said.saw, progress)
    seconds = time.monotonic() - started
    if not as_json:
        _tell(name, report, said, seconds)
    finding = asdict(report.finding) if report.finding else None
    return {
        "service": name,
        "source": report.source,
        "events": report.events,
        "hash": report.hash,
        "witnesses": [asdict(saw) for saw in report.witnesses],
        "unreachable": sorted(said.unreachable),
        "finding": finding,
        "seconds": round(seconds, 3),
    }


def _tell(name: str, report: Report, said: Heard, seconds: float) -> None:
    if report.finding is not None:
        click.echo(f"{name}: {report.finding.zh}\n{name}: {report.finding.en}")
    else:
        click.echo(
            f"{name}: {report.events:,} 个事件完整无改动，用时 {seconds:.1f} 秒。"
            f"{report.events:,} events, all as they were sealed, in {seconds:.1f} s. {report.hash}"
        )
    for saw in report.witnesses:
        click.echo(f"  见证 witness: {saw.by} @ {saw.sequence}")
    for one in sorted(said.unreachable):
        click.echo(f"  问不到 not reached: {one}")
