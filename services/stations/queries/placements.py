"""Where the cabins of an officer's union and those below it stand and stood (移动驿站投放)."""

from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.vocabulary import Day, RegionCode, StationId, TownId
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.stations.commands.place import Datum
from services.stations.views.placements import PLACEMENTS, PlacementRow
from services.stations.views.stations import STATIONS

_PLACEMENT = r"^s-[0-9]{6}-[0-9]{3,4}/[0-9-]{10}$"

_LIST = f"""
select p.*, s.name, s.district from {{rows}} p join {view_table(STATIONS).rows} s using (station)
where s.union_id = any($1::text[]) and p.placement > $2 and starts_with(s.district, $3)
  and ($4::text is null or p.town = $4) and ($5::text is null or station = $5)
  and ($6::date is null or (p.placed_on <= $6 and (p.until is null or p.until > $6)))
order by p.placement limit $7
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementListed(PlacementRow):
    """One placing, with what is known of its cabin."""

    name: str
    district: str


_ROWS = TypeAdapter(tuple[PlacementListed, ...])


class PlacementsAsked(BaseModel):
    """Which placings, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    town: TownId | None = None
    """In one town, subdistrict or platform (镇街/平台)."""
    station: StationId | None = None
    """Of one cabin."""
    on: Day | None = None
    """Only those that hold on that day; left out: all."""
    datum: Datum = Datum.WGS84
    """What the answer's positions go by: GPS, or Chinese maps."""
    after: Annotated[str, Field(pattern=_PLACEMENT, examples=["s-330110-049/2025-05-06"])] | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class PlacementPage(BaseModel):
    """A page of placings, by cabin and day."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    placements: tuple[PlacementListed, ...]
    datum: Datum
    """What their positions go by."""
    next: str | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_placements(desk: Desk, asked: PlacementsAsked) -> PlacementPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(PLACEMENTS) as reading:
        page, following = await reading.page(
            _ROWS,
            "placement",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            asked.town,
            asked.station,
            asked.on,
            limit=asked.limit,
        )
    return PlacementPage(
        placements=tuple(_shown(row, asked.datum) for row in page),
        datum=asked.datum,
        next=following,
        freshness=reading.freshness,
    )


def _shown(row: PlacementListed, datum: Datum) -> PlacementListed:
    point = datum.shows(row)
    return replace(row, lat=point.lat, lon=point.lon)
