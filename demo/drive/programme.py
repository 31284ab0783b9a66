"""Shaanxi's drive as the demo plays it: its ledger's actions, what is asked at the end, and how that is shown."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console

from demo.action import Action
from demo.drive import backstop, steering
from demo.drive.actions import plan
from demo.drive.beside import show_beside
from demo.drive.board import show
from demo.drive.cities import CITIES, PROVINCE
from demo.drive.entry import Entry
from demo.drive.history import most_happened_to
from demo.drive.ledger import ledger
from demo.officers import Json, Officers
from demo.programme import Programme

_SINCE = ("610100", "2025-08")
"""The report that lists what was brought in after the one before was sealed."""


def actions() -> Iterator[Action]:
    for entry in ledger():
        yield from plan(entry)
    yield from backstop.formations(ledger())
    yield from steering.actions(ledger())


async def ask(officers: Officers, position: str | None) -> Json:
    """`boards` by region, the province's and the cities'; `shares` by rate: can the cities' targets reach the
    province's? `reports`: all editions; `report`: the one with what was entered later. `export`: a ledger got out.
    `history`: what happened to one enterprise."""
    fresh = {"at_least": position} if position else {}
    boards = {
        region: await officers.ask("/api/projection/scoreboard", region=region, **fresh)
        for region in (PROVINCE, *(city.code for city in CITIES))
    }
    metrics = [figure["metric"] for figure in boards[PROVINCE]["region"]["figures"]]
    reports = await officers.ask("/api/projection/reports", region=PROVINCE, limit="500")
    exported = await officers.rows("/api/enterprise/ledgers/survey/export", region=PROVINCE, format="csv")
    told = most_happened_to(ledger())
    return {
        "boards": boards,
        "shares": {
            metric: await officers.ask("/api/projection/targets", region=PROVINCE, metric=metric) for metric in metrics
        },
        "reports": reports["reports"],
        "report": await officers.ask("/api/projection/reports/" + "/".join(_SINCE)),
        "export": {"ledger": "survey", "rows": len(exported) - 1},
        "history": await _history(officers, told),
    }


async def _history(officers: Officers, entry: Entry) -> dict[str, Any]:
    path = f"/api/enterprise/enterprises/{entry.code}/timeline"
    timeline = await officers.ask(path, union=entry.union, role="officer")
    return {"enterprise": entry.code, "name": entry.name, "entries": timeline["entries"]}


def shown(told: Json, console: Console) -> None:
    show(told["boards"], console)
    show_beside(told, console)


DRIVE = Programme("drive", PROVINCE, actions, ask, shown)
