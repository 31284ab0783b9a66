"""Services of the day, with what came of such services so far, for their hosts."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.stations import ServiceId
from contracts.vocabulary import RegionCode
from eventing.read_models import Freshness
from eventing.refusal import NotFound
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.stations.views.services import SERVICES, ServiceRow, ServiceState
from services.stations.views.stations import STATIONS

MOST_TICKETS = 500

_LIST = f"""
select service.* from {{rows}} service join {view_table(STATIONS).rows} station using (station)
where station.union_id = any($1::text[]) and starts_with(service.district, $2)
  and ($3::text is null or service.state = $3) and service > $4
order by service limit $5
"""

_ONE = f"""
select service.*, station.union_id from {{rows}} service join {view_table(STATIONS).rows} station using (station)
where service = $1
"""

_UNION = f"select union_id from {{rows}} join {view_table(STATIONS).rows} using (station) where service = $1"

_BEFORE = """
select count(*) as services, coalesce(sum(booked), 0) as booked, coalesce(sum(no_shows), 0) as no_shows from {rows}
where state = 'held' and district = $1 and kind = $2 and held_on < $3 and booked > 0
"""


class ServicesAsked(BaseModel):
    """Which services of the union's stations and of those below it, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    state: ServiceState | None = None
    after: ServiceId | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class ServicePage(BaseModel):
    """A page of services, in the order of their ids."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    services: tuple[ServiceRow, ...]
    next: ServiceId | None
    freshness: tuple[Freshness, ...]


class NoShows(BaseModel):
    """What came of such services before that day: of the same kind, in the same district, that somebody had booked."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    services: int
    booked: int
    no_shows: int
    percent: float | None
    """Of those who had booked, how many didn't come, cut to one digit; null: there was none yet."""
    tickets_for_capacity: int | None
    """So many tickets fill the capacity if the share stays what it was; null: nothing to go by."""


class ServiceSheet(BaseModel):
    """A service, as its host plans it."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    service: ServiceRow
    before: NoShows
    freshness: tuple[Freshness, ...]


_ROWS = TypeAdapter(tuple[ServiceRow, ...])
_ROW = TypeAdapter(ServiceRow)


async def list_services(desk: Desk, asked: ServicesAsked) -> ServicePage:
    async with desk.read(SERVICES) as reading:
        page, following = await reading.page(
            _ROWS,
            "service",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            regions.prefix(asked.region),
            asked.state,
            asked.after or "",
            limit=asked.limit,
        )
        return ServicePage(services=page, next=following, freshness=reading.freshness)


async def sheet(desk: Desk, service: str) -> ServiceSheet:
    """Raises `NotFound`, `Forbidden`."""
    async with desk.read(SERVICES) as reading:
        found = await reading.fetch(_ONE.format(rows=reading.rows), service)
        if not found:
            raise NotFound("service_unknown", "service", service=service)
        said = dict(found[0])
        desk.must_see(said.pop("union_id"))
        row = _ROW.validate_python(said)
        (before,) = await reading.fetch(_BEFORE.format(rows=reading.rows), row.district, row.kind, row.held_on)
        return ServiceSheet(
            service=row,
            before=no_shows(before["services"], before["booked"], before["no_shows"], row.capacity),
            freshness=reading.freshness,
        )


async def union_of(desk: Desk, service: str) -> str:
    """Whose matter it is: the union that looks after the station. Raises `NotFound`."""
    async with desk.read(SERVICES) as reading:
        found = await reading.fetch(_UNION.format(rows=reading.rows), service)
    if not found:
        raise NotFound("service_unknown", "service", service=service)
    return str(found[0]["union_id"])


def no_shows(services: int, booked: int, missed: int, capacity: int) -> NoShows:
    """What the share says, and how many tickets fill the capacity by it; never fewer than the capacity."""
    came = booked - missed
    return NoShows(
        services=services,
        booked=booked,
        no_shows=missed,
        percent=missed * 1000 // booked / 10 if booked else None,
        tickets_for_capacity=min(MOST_TICKETS, capacity * booked // came) if came else None,
    )
