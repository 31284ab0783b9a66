"""Services of the day: what is on, for everybody; and with what came of such services so far, for their hosts."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.stations import ServiceId, ServiceKind
from contracts.vocabulary import Day, RegionCode, StationId, TownId
from eventing.columns import Shape
from eventing.moment import CHINA, Moment
from eventing.read_models import Freshness, Reading
from eventing.refusal import NotFound
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.stations.finding import serves
from services.stations.hours import Instant
from services.stations.views.nearby import NEARBY
from services.stations.views.nearby_row import Known
from services.stations.views.services import SERVICES, ServiceRow, ServiceState
from services.stations.views.stations import STATIONS

MOST_TICKETS = 500

_ON = """
select *, capacity - booked as free from {rows}
where state = 'planned' and held_on between $1 and $2 and starts_with(district, $3)
  and ($4::text is null or town = $4) and ($5::text is null or station = $5) and ($6::text is null or kind = $6)
  and service > $7 and (held_on, ends) > ($8::date, $9::text)
order by service limit $10
"""

_KNOWN = Shape.of(Known)
_STATIONS = f"select {', '.join(_KNOWN.columns)} from {view_table(NEARBY).rows} where station = any($1::text[])"

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


class OnAsked(BaseModel):
    """Which services: from `since` to `until` (both included; today and the six days after it)."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    town: TownId | None = None
    station: StationId | None = None
    kind: ServiceKind | None = None
    since: Day | None = None
    until: Day | None = None
    after: ServiceId | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class ServiceOn(BaseModel):
    """A service that is to take place. A film runs, a haircut waits: `free` places can be booked until it begins."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    service: ServiceId
    station: StationId
    town: TownId
    kind: ServiceKind
    provider: str
    held_on: date
    starts: str
    ends: str
    free: int


class ServicesOn(BaseModel):
    """A page of what is on, in the order of the services' ids. What is over, and what its station is shut for, is left
    out, so a page may be short or empty before the last one."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    services: tuple[ServiceOn, ...]
    next: ServiceId | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


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


_ROWS, _ONS = TypeAdapter(tuple[ServiceRow, ...]), TypeAdapter(tuple[ServiceOn, ...])
_ROW = TypeAdapter(ServiceRow)


async def services_on(desk: Desk, asked: OnAsked) -> ServicesOn:
    """Public: what is to take place; who booked stands nowhere here."""
    now = desk.moment.at.astimezone(CHINA)
    since = asked.since or desk.moment.today
    async with desk.read(SERVICES) as reading:
        page, following = await reading.page(
            _ONS,
            "service",
            _ON.format(rows=reading.rows),
            since,
            asked.until or since + timedelta(days=6),
            regions.prefix(asked.region),
            asked.town,
            asked.station,
            asked.kind,
            asked.after or "",
            now.date(),
            f"{now:%H:%M}",
            limit=asked.limit,
        )
        page = await _with_an_open_station(reading, page, desk.moment)
        return ServicesOn(services=page, next=following, freshness=reading.freshness)


async def _with_an_open_station(reading: Reading, page: Sequence[ServiceOn], moment: Moment) -> tuple[ServiceOn, ...]:
    """Those whose station is open when they start: who comes, or books, isn't sent to a closed door."""
    rows = await reading.fetch(_STATIONS, [each.station for each in page])
    known: dict[str, Known] = {row["station"]: _KNOWN.read(row) for row in rows}
    return tuple(each for each in page if serves(known[each.station], _starts(each, moment)))


def _starts(service: ServiceOn, moment: Moment) -> Instant:
    at = datetime.combine(service.held_on, time.fromisoformat(service.starts), CHINA)
    return Instant.of(at, moment.calendar)


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
