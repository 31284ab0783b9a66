"""What is on, for everybody: services of the day that are to take place, at stations that are open then."""

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
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.stations.finding import serves
from services.stations.hours import Instant
from services.stations.views.nearby import NEARBY
from services.stations.views.nearby_row import Known
from services.stations.views.services import SERVICES

_ON = """
select *, capacity - booked as free from {rows}
where state = 'planned' and held_on between $1 and $2 and starts_with(district, $3)
  and ($4::text is null or town = $4) and ($5::text is null or station = $5) and ($6::text is null or kind = $6)
  and service > $7 and (held_on, ends) > ($8::date, $9::text)
order by service limit $10
"""

_KNOWN = Shape.of(Known)
_STATIONS = f"select {', '.join(_KNOWN.columns)} from {view_table(NEARBY).rows} where station = any($1::text[])"


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


PLANNED = TypeAdapter(tuple[ServiceOn, ...])


async def services_on(desk: Desk, asked: OnAsked) -> ServicesOn:
    """Public: what is to take place; who booked stands nowhere here."""
    now = desk.moment.at.astimezone(CHINA)
    since = asked.since or desk.moment.today
    async with desk.read(SERVICES) as reading:
        page, following = await reading.page(
            PLANNED,
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
        page = await with_an_open_station(reading, page, desk.moment)
        return ServicesOn(services=page, next=following, freshness=reading.freshness)


async def with_an_open_station(reading: Reading, page: Sequence[ServiceOn], moment: Moment) -> tuple[ServiceOn, ...]:
    """Those whose station is open when they start: who comes, or books, isn't sent to a closed door."""
    rows = await reading.fetch(_STATIONS, [each.station for each in page])
    known: dict[str, Known] = {row["station"]: _KNOWN.read(row) for row in rows}
    return tuple(each for each in page if serves(known[each.station], _starts(each, moment)))


def _starts(service: ServiceOn, moment: Moment) -> Instant:
    at = datetime.combine(service.held_on, time.fromisoformat(service.starts), CHINA)
    return Instant.of(at, moment.calendar)
