"""`python -m bench [NAME …] [--quick]`: measure all, or those named, print, and write down, section by section."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import click
import uvloop

from bench import append, audit, board, command, ledgers, live, nearby, peers, reading, rebuild, relay, report
from bench.ground import BROKERS, Ground, standing
from bench.report import Finding
from bench.rounds import FULL, QUICK, Scale
from eventing.shell import journal

MEASUREMENTS: dict[str, Callable[[Ground, Scale], Awaitable[Finding]]] = {
    "command": command.measure,
    "append": append.measure,
    "relay": relay.measure,
    "audit": audit.measure,
    "reading": reading.measure,
    "live": live.measure,
    "rebuild": rebuild.measure,
    "ledgers": ledgers.measure,
    "board": board.measure,
    "nearby": nearby.measure,
}
BESIDE = {"peers": peers.measure}
"""Only where named: they want more than the project's own environment (make bench-peers)."""

_BOUND, _BOUND_BESIDE = 400.0, 900.0  # seconds for one of them; programs of others start anew for each round


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([*MEASUREMENTS, *BESIDE]))
@click.option("--quick", is_flag=True, help="Few events, few rounds.")
@click.option(
    "--kafka", type=click.Choice(list(BROKERS)), default="mock", help="The embedded broker, or a native Kafka 4."
)
def main(names: Sequence[str], quick: bool, kafka: str) -> None:
    """Ratios in one run, beside what nobody can do without and what one would take instead."""
    journal.configure("ERROR")

    async def measure(name: str, ground: Ground) -> Finding:
        async with asyncio.timeout(_BOUND_BESIDE if name in BESIDE else _BOUND):
            return await (MEASUREMENTS | BESIDE)[name](ground, QUICK if quick else FULL)

    findings, started = list[Finding](), time.monotonic()
    how = f"{'few events, few rounds' if quick else 'in full'}, broker: {kafka}"
    with standing(kafka) as ground:
        for name in names or MEASUREMENTS:
            findings.append(uvloop.run(measure(name, ground)))
            click.echo(f"{findings[-1].text()}\n\n({time.monotonic() - started:.0f} s)\n")
            report.write(findings[-1:], how)
    click.echo(f"Written to {report.FILE}")


if __name__ == "__main__":
    main()
