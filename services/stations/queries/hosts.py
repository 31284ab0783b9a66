"""Who keeps a station: the pseudonym, and, for keepers only, the person."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from contracts.vocabulary import PersonId, StationId
from eventing.refusal import NotFound, Refused
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.stations.decider.station import unknown
from services.stations.views.hosts import HOSTS
from services.stations.views.stations import STATIONS

_ONE = (
    f"select station.union_id, station.closed_on, host.host, host.named_on from {view_table(STATIONS).rows} station"
    " left join {rows} host using (station) where station = $1"
)


class Host(BaseModel):
    """Who keeps the station. `name` and `phone` are for reaching them about it, and for nothing else."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    station: StationId
    host: PersonId
    named_on: date
    name: str
    phone: str


async def host_of(desk: Desk, station: str) -> Host:
    """Raises `NotFound`, `Forbidden`, `Refused` for a closed station (its host was forgotten); readings are logged."""
    async with desk.read(HOSTS) as reading:
        found = await reading.fetch(_ONE.format(rows=reading.rows), station)
    if not found:
        raise unknown(station)
    (row,) = found
    desk.must_see(row["union_id"])
    if row["host"] is None and row["closed_on"] is not None:
        raise Refused("station_closed", "station", station=station, closed_on=row["closed_on"])
    if row["host"] is None:
        raise NotFound("host_unknown", "station", station=station)
    person = await desk.kept(station, row["union_id"])
    return Host(station=station, host=row["host"], named_on=row["named_on"], **person)
