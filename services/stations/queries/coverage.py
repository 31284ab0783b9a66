"""Which of a district's towns have a cabin on a day, and where the next one should stand (镇街覆盖)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from contracts.places import Point
from contracts.stations import TownKind
from contracts.vocabulary import Day, RegionCode
from eventing.places import must_be_a_county
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.stations.coverage import OpenStation, Suggestion, suggest, uncovered
from services.stations.views.placements import PLACEMENTS
from services.stations.views.stations import STATIONS
from services.stations.views.towns import TOWNS

_TOWNS = f"""
select town, name, kind, lat, lon, workers, counted_on from {view_table(TOWNS).rows}
where district = $1 and listed_on <= $2 and (delisted_on is null or delisted_on > $2) order by town
"""

_STOOD = f"""
select s.station, p.town, p.lat, p.lon, s.opened_on <= $2 as opened,
    s.suspended_on <= $2 and (s.open_again_on is null or s.open_again_on > $2) as suspended
from {view_table(STATIONS).rows} s left join {view_table(PLACEMENTS).rows} p
    on p.station = s.station and p.placed_on <= $2 and (p.until is null or p.until > $2)
where s.district = $1 and s.kind = 'mobile' and s.planned_on <= $2 and (s.closed_on is null or s.closed_on > $2)
order by s.station
"""

_ROOMS = """
select station, lat, lon from {rows}
where district = $1 and kind = 'fixed' and opened_on <= $2 and (closed_on is null or closed_on > $2)
  and (suspended_on is null or suspended_on > $2 or open_again_on <= $2)
order by station
"""


class CoverageAsked(BaseModel):
    """Of which district, and of which day."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode
    """A district or county (区县)."""
    on: Day | None = None
    """Left out: today."""


@dataclass(frozen=True, slots=True)
class TownCoverage:
    """One town, with the cabins that stand there and, without one, the way to the nearest open station."""

    town: str
    name: str
    kind: TownKind
    cabins: tuple[str, ...]
    workers: int | None
    """Who works outdoors there, by the latest count."""
    counted_on: date | None
    nearest: str | None = None
    metres: int | None = None


class Coverage(BaseModel):
    """A cabin covers a town while it stands there, opened and not closed; one that is shut for a while still does."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    region: RegionCode
    on: date
    covered: Annotated[int, Field(ge=0)]
    """So many of the towns have one."""
    towns: tuple[TownCoverage, ...]
    idle: tuple[str, ...]
    """Cabins that stand nowhere that day."""
    suggestion: Suggestion | None
    """Where to place the next one; null: every town has one, or neither workers nor ways are known."""
    freshness: tuple[Freshness, ...]


async def coverage(desk: Desk, asked: CoverageAsked) -> Coverage:
    """Raises `Invalid` for what isn't a county, `Forbidden` for one outside the actor's subtree."""
    on = asked.on or desk.moment.today
    must_be_a_county(asked.region, on, "region")
    desk.must_see(f"u-{asked.region}")
    async with desk.read(STATIONS) as reading:
        listed = await reading.fetch(_TOWNS, asked.region, on)
        cabins = await reading.fetch(_STOOD, asked.region, on)
        rooms = await reading.fetch(_ROOMS.format(rows=reading.rows), asked.region, on)
    stood: dict[str, list[str]] = {}
    for cabin in cabins:
        if cabin["town"] is not None and cabin["opened"]:
            stood.setdefault(cabin["town"], []).append(cabin["station"])
    in_use = [
        OpenStation(each["station"], Point(lat=each["lat"], lon=each["lon"]))
        for each in (*rooms, *(cabin for cabin in cabins if cabin["opened"] and not cabin["suspended"]))
        if each["lat"] is not None
    ]
    without = {
        town["town"]: uncovered(
            town["town"], town["name"], town["workers"], Point(lat=town["lat"], lon=town["lon"]), in_use
        )
        for town in listed
        if town["town"] not in stood
    }
    return Coverage(
        region=asked.region,
        on=on,
        covered=len(listed) - len(without),
        towns=tuple(
            TownCoverage(
                town["town"],
                town["name"],
                TownKind(town["kind"]),
                tuple(stood.get(town["town"], ())),
                town["workers"],
                town["counted_on"],
                *((far.nearest, far.metres) if (far := without.get(town["town"])) else (None, None)),
            )
            for town in listed
        ),
        idle=tuple(cabin["station"] for cabin in cabins if cabin["town"] is None),
        suggestion=suggest(list(without.values())),
        freshness=reading.freshness,
    )
