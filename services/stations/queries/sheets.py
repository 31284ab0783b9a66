"""A station's sheet (驿站档案): what it has and whether it works, its titles, its rating with the evidence."""

from datetime import date

from pydantic import BaseModel, ConfigDict, TypeAdapter

from contracts.stations import StationKind
from contracts.vocabulary import Day, StationId
from eventing.dates import must_have_happened
from eventing.read_models import Freshness
from eventing.refusal import NotFound
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.stations.queries.ratings import rating_of
from services.stations.rating import Rating
from services.stations.views.equipment import EQUIPMENT, EquipmentRow
from services.stations.views.stations import STATIONS, StationState
from services.stations.views.titles import TITLES, TitleRow

_STATION = "select station, name, kind, state, union_id from {rows} where station = $1"
_EQUIPMENT = f"select * from {view_table(EQUIPMENT).rows} where station = $1 order by piece"
_TITLES = f"select * from {view_table(TITLES).rows} where station = $1 order by granted_on, granting"

_PIECES, _GRANTED = TypeAdapter(tuple[EquipmentRow, ...]), TypeAdapter(tuple[TitleRow, ...])


class SheetAsked(BaseModel):
    """By which day the station is rated."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    as_of: Day | None = None
    """Left out: today. Equipment and titles are those of now."""


class Sheet(BaseModel):
    """One station as its union knows it."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    station: StationId
    name: str
    kind: StationKind
    state: StationState
    union_id: str
    equipment: tuple[EquipmentRow, ...]
    titles: tuple[TitleRow, ...]
    """Those that were withdrawn are among them, with the day."""
    as_of: date
    rating: Rating
    freshness: tuple[Freshness, ...]


async def show_sheet(desk: Desk, station: str, asked: SheetAsked) -> Sheet:
    """Raises `NotFound`, and `Forbidden` for one of a union outside the actor's subtree."""
    as_of = asked.as_of or desk.moment.today
    must_have_happened(as_of, "as_of", desk.moment)
    async with desk.read(STATIONS) as reading:
        found = await reading.fetch(_STATION.format(rows=reading.rows), station)
        if not found:
            raise NotFound("station_unknown", "station", station=station)
        desk.must_see(found[0]["union_id"])
        equipment = await reading.fetch(_EQUIPMENT, station)
        titles = await reading.fetch(_TITLES, station)
        rating = await rating_of(reading, station, as_of)
    return Sheet(
        **dict(found[0]),
        equipment=_PIECES.validate_python([dict(row) for row in equipment]),
        titles=_GRANTED.validate_python([dict(row) for row in titles]),
        as_of=as_of,
        rating=rating,
        freshness=reading.freshness,
    )
