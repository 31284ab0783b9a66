"""What the demo prints beside the boards: shares that can't reach a target, reports, what was entered later."""

from collections import Counter
from typing import Any

from rich.console import Console
from rich.text import Text

_STATES = {"sealed": "待验收 sealed", "returned": "退回 returned", "accepted": "已验收 accepted"}


def show_beside(told: dict[str, Any], console: Console) -> None:
    """Print it, a line each."""
    for metric, shares in told["shares"].items():
        if shares["short_by"]:
            target = shares["region"]["target"]
            console.print(
                Text(
                    f"警告 {metric}: 各市目标合计 {shares['needed_of_children']} 家，达不到全省 ≥{target['percent']}%，"
                    f"差 {shares['short_by']} 家\n  warning: the cities' targets together fall short by so many"
                )
            )
    states = Counter(report["state"] for report in told["reports"])
    console.print(
        Text("月报 reports: " + " · ".join(f"{_STATES.get(state, state)} {n}" for state, n in sorted(states.items())))
    )
    report = told["report"]
    for change in report["listed"]:
        console.print(
            Text(
                f"{report['report']['month']} {change['region']} 补录 since then: {change['month']} {change['metric']}"
                f" {change['covered_sealed']}/{change['total_sealed']} → {change['covered']}/{change['total']}"
            )
        )
    console.print(Text(f"台账导出 exported: {told['export']['ledger']}, {told['export']['rows']} 行 rows\n"))
