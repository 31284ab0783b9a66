"""What was measured, told on the screen and written to docs/benchmarks.md; a missed goal is told as missed."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.rounds import Ratio, Spread

FILE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Finding:
    """One measurement: `rows` are the sides, figures in `unit`; `profile` is there where a goal was missed."""

    title: str
    how: str
    unit: str
    rows: Sequence[tuple[str, Spread]]
    ratios: Sequence[Ratio]
    notes: Sequence[str] = ()
    profile: str | None = None

    def text(self) -> str:
        lines = [
            f"## {self.title}",
            "",
            self.how,
            "",
            f"| {self.unit} | median | lowest | highest |",
            "|---|--:|--:|--:|",
        ]
        lines += [f"| {name} | {_figures(spread)} |" for name, spread in self.rows]
        lines += ["", "| ratio | median | lowest | highest | goal | |", "|---|--:|--:|--:|--:|---|"]
        lines += [f"| {one.name} | {_figures(one.spread)} | {one.goal} | {_verdict(one)} |" for one in self.ratios]
        for note in self.notes:
            lines += ["", note]
        if self.profile is not None:
            lines += ["", "Where the time goes, by cProfile (own time first):", "", "```text", self.profile, "```"]
        return "\n".join(lines)


def _figures(spread: Spread) -> str:
    return " | ".join(_short(value) for value in (spread.median, spread.low, spread.high))


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def _verdict(ratio: Ratio) -> str:
    if ratio.goal == "–":
        return ""
    return "**missed**" if ratio.missed else "met"


def write(findings: Sequence[Finding], how: str) -> None:
    """Put these sections into docs/benchmarks.md, in the place of those of the same title; the others stay."""
    libraries = ("asyncpg", "aiokafka", "faststream", "fastapi", "uvicorn", "uvloop", "pydantic")
    head = f"""# Benchmarks

Written by `make bench`, section by section, on {_processor()}, {os.cpu_count()} cores, {platform.system()}
{platform.release()}, Python {platform.python_version()}, {", ".join(f"{name} {version(name)}" for name in libraries)}.

Everything runs on this one machine: the embedded PostgreSQL 18 with `fsync`, the broker, client and servers share its
cores. So figures say little, and ratios are what is measured: each side runs once a round, in turned order every other
round, one round before the first is not counted, and the ratios are taken round by round.
The other side is the same work done bare, which nobody can do without, or what one would take instead of ours."""
    kept = FILE.read_text("utf-8").split("\n\n## ")[1:] if FILE.exists() else []
    sections = {section.partition("\n")[0]: section.rstrip() for section in kept}
    for finding in findings:
        title, _, rest = finding.text().removeprefix("## ").partition("\n")
        sections[title] = f"{title}\n\nMeasured {date.today()}, {how}.\n{rest}"
    FILE.write_text("\n\n## ".join([head, *sections.values()]) + "\n", encoding="utf-8")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
