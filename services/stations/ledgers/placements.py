"""投放台账: where cabins stand, from when to when."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING

from eventing.ledger.kinds import Day
from eventing.ledger.ledger import Becomes, Column, Export, Ledger, Page
from services.stations.commands import PlaceCabin
from services.stations.commands.place import Datum
from services.stations.ledgers.columns import DATUM, LAT, LON, NAME_SHOWN, STATION, TOWN
from services.stations.queries.placements import PlacementListed, PlacementsAsked, list_placements

if TYPE_CHECKING:
    from eventing.shell.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementLine(PlacementListed):
    """A placing as a line of the ledger."""

    datum: Datum


async def _page(desk: "Desk", asked: PlacementsAsked) -> Page:
    found = await list_placements(desk, asked)
    return Page(tuple(_line(row, found.datum) for row in found.placements), found.next, found.freshness)


def _line(row: PlacementListed, datum: Datum) -> PlacementLine:
    return PlacementLine(**{field.name: getattr(row, field.name) for field in fields(row)}, datum=datum)


PLACEMENTS = Ledger(
    name="placements",
    zh="投放台账",
    en="Placements",
    columns=(
        replace(STATION, example="s-330110-049"),
        TOWN,
        LAT,
        LON,
        DATUM,
        Column(
            "placed_on",
            "投放日期",
            "Placed on",
            Day(),
            date(2025, 5, 6),
            "从这一天起在此。",
            "It stands there from then.",
        ),
        Column(
            "until",
            "投放截止",
            "Until",
            Day(),
            date(2025, 9, 1),
            "从这一天起不在此；不确定的不填。",
            "From then it stands there no more; empty: not known.",
        ),
    ),
    becomes=(Becomes(PlaceCabin, "place-cabin"),),
    export=Export(PlacementsAsked, _page),
    also=(NAME_SHOWN,),
)
