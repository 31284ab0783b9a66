"""Shaanxi's drive as the demo plays it: its ledger's actions, its boards."""

from collections.abc import Iterator

from rich.console import Console

from demo.action import Action
from demo.drive.actions import plan
from demo.drive.board import show
from demo.drive.cities import CITIES, PROVINCE
from demo.drive.ledger import ledger
from demo.officers import Json, Officers
from demo.programme import Programme


def actions() -> Iterator[Action]:
    for entry in ledger():
        yield from plan(entry)


async def ask(officers: Officers, position: str | None) -> Json:
    """`boards`: the province's and the cities'."""
    fresh = {"at_least": position} if position else {}
    return {
        "boards": {
            region: await officers.ask("/api/projection/scoreboard", region=region, **fresh)
            for region in (PROVINCE, *(city.code for city in CITIES))
        }
    }


def shown(told: Json, console: Console) -> None:
    show(told["boards"], console)


DRIVE = Programme("drive", actions, ask, shown)
