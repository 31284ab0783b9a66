"""The stations of an officer's union and those below it, in the datum that is asked for (驿站名单)."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from contracts import regions
from contracts.places import Point
from contracts.stations import StationKind
from contracts.vocabulary import RegionCode, StationId, TownId
from eventing.columns import Shape
from eventing.fold import replace
from eventing.moment import Moment
from eventing.read_models import Freshness
from eventing.refusal import NotFound
from eventing.shell.desk import Desk
from services.stations.commands.place import Datum
from services.stations.hours import Instant, open_until, single_days, week
from services.stations.views.stations import STATIONS, StationRow, StationState

_LIST = """
select * from {rows}
where union_id = any($1::text[]) and station > $2 and starts_with(district, $3)
  and ($4::text is null or town = $4) and ($5::text is null or kind = $5) and ($6::text is null or state = $6)
order by station limit $7
"""

_ONE = "select * from {rows} where station = $1"

_ROW = Shape.of(StationRow)


class StationsAsked(BaseModel):
    """Which stations, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    town: TownId | None = None
    """Where a room is, or a cabin was placed last (镇街/平台)."""
    kind: StationKind | None = None
    """Rooms (固定) or cabins (移动)."""
    state: StationState | None = None
    """Planned, open, suspended or closed."""
    datum: Datum = Datum.WGS84
    """What the answer's positions go by: GPS, or Chinese maps."""
    after: StationId | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class StationPage(BaseModel):
    """A page of stations, in the order of their ids."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    stations: tuple[StationRow, ...]
    datum: Datum
    """What their positions go by."""
    next: StationId | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


class StationAsked(BaseModel):
    """How one station is shown."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    datum: Datum = Datum.WGS84
    """What the answer's position goes by."""


class StationFound(BaseModel):
    """One station."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    station: StationRow
    datum: Datum
    """What its position goes by."""
    open_until: datetime | None
    """When it shuts next; null: it isn't open now."""
    freshness: tuple[Freshness, ...]


async def list_stations(desk: Desk, asked: StationsAsked) -> StationPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(STATIONS) as reading:
        found = await reading.fetch(
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            asked.town,
            asked.kind,
            asked.state,
            asked.limit + 1,
        )
    rows = tuple(shown(_ROW.read(record), asked.datum) for record in found[: asked.limit])
    return StationPage(
        stations=rows,
        datum=asked.datum,
        next=rows[-1].station if len(found) > asked.limit else None,
        freshness=reading.freshness,
    )


async def get_station(desk: Desk, station: str, asked: StationAsked) -> StationFound:
    """Raises `NotFound`, and `Forbidden` for one of a union outside the actor's subtree."""
    async with desk.read(STATIONS) as reading:
        found = await reading.fetch(_ONE.format(rows=reading.rows), station)
    if not found:
        raise NotFound("station_unknown", "station", station=station)
    row: StationRow = _ROW.read(found[0])
    desk.must_see(row.union_id)
    return StationFound(
        station=shown(row, asked.datum),
        datum=asked.datum,
        open_until=open_now_until(row, desk.moment),
        freshness=reading.freshness,
    )


def shown(row: StationRow, datum: Datum) -> StationRow:
    """With its position in that datum."""
    if row.lat is None or row.lon is None:
        return row
    point = datum.shows(Point(lat=row.lat, lon=row.lon))
    return replace(row, lat=point.lat, lon=point.lon)


def open_now_until(row: StationRow, moment: Moment) -> datetime | None:
    """When it shuts next, a cabin when its last day there ends; None: it is shut."""
    if not _in_use(row, moment.today):
        return None
    then = Instant.of(moment.at, moment.calendar)
    return open_until(week(row.times), single_days(row.exceptions), then, shut_from=row.placed_until)


def _in_use(row: StationRow, day: date) -> bool:
    if row.state is StationState.PLANNED or row.state is StationState.CLOSED:
        return False
    if row.state is StationState.SUSPENDED and (row.open_again_on is None or day < row.open_again_on):
        return False
    return row.kind is StationKind.FIXED or row.placed_on is not None
