"""The nearest stations that are open at an instant (附近驿站); asked without login."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from contracts.stations import Equipment, ServiceKind, StationKind
from contracts.vocabulary import AskedInstant, StationId, TownId
from eventing.moment import CHINA, Moment
from eventing.read_models import Freshness
from eventing.refusal import Invalid
from eventing.shell.desk import Desk
from services.stations.commands.place import AskedLatitude, AskedLongitude, Datum
from services.stations.finding import Found
from services.stations.hours import Instant
from services.stations.queries.nearest import Sought, nearest
from services.stations.views.nearby import KEPT, NEARBY

AHEAD = timedelta(days=366)


class NearbyAsked(BaseModel):
    """Where somebody is, when they come, and what they need."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    lat: AskedLatitude = Field(examples=[30.2741])
    """Degrees north, by `datum`."""
    lon: AskedLongitude = Field(examples=[119.9785])
    """Degrees east, by `datum`."""
    datum: Datum
    """What the position goes by, and the answer's positions too; never guessed."""
    at: AskedInstant | None = None
    """The instant, with its offset; without it: now. At most 31 days back and 366 ahead."""
    equipment: Annotated[tuple[Equipment, ...], Field(max_length=len(Equipment))] = ()
    """Those that have it and where it works; given several times: all of these."""
    service: ServiceKind | None = None
    """Those where it is on that day, and isn't over."""
    limit: Annotated[int, Field(ge=1, le=50)] = 10


@dataclass(frozen=True, slots=True)
class OnThere:
    """A service of that day which isn't over; on now if it has started."""

    service: str
    kind: ServiceKind
    provider: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class NearbyStation:
    """An open station."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    station: StationId
    name: str
    kind: StationKind
    town: TownId
    lat: float
    """By the datum that was asked in; of a cabin, where it stands at that instant."""
    lon: float
    metres: float
    """Along the ground in a straight line, true to 0.5 %."""
    open_until: datetime
    """A week ahead at most. It may be open beyond, if something changes then, such as its hours: ask again."""
    works: tuple[Equipment, ...]
    broken: tuple[Equipment, ...]
    on: tuple[OnThere, ...]


class Nearby(BaseModel):
    """The nearest ones first, none further than 50 km."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    at: datetime
    datum: Datum
    stations: tuple[NearbyStation, ...]
    freshness: tuple[Freshness, ...]


async def nearby(desk: Desk, asked: NearbyAsked) -> Nearby:
    """Raises `Invalid` for an instant too far away."""
    at = _instant(asked.at, desk.moment)
    here, then = asked.datum.means(asked.lat, asked.lon), Instant.of(at, desk.moment.calendar)
    glance = desk.glance(NEARBY)
    found = await nearest(glance, Sought(here, then, frozenset(asked.equipment), asked.service, asked.limit))
    stations = tuple(_shown(one, far, asked.datum) for far, _, one in found)
    return Nearby(at=then.at, datum=asked.datum, stations=stations, freshness=glance.freshness)


def _instant(at: datetime | None, moment: Moment) -> datetime:
    if at is None:
        return moment.at
    earliest, latest = moment.at - KEPT, moment.at + AHEAD
    if not earliest <= at <= latest:
        earliest, latest = earliest.astimezone(CHINA), latest.astimezone(CHINA)
        raise Invalid("instant_too_far", "at", earliest=earliest.isoformat(), latest=latest.isoformat())
    return at


def _shown(found: Found, far: float, datum: Datum) -> NearbyStation:
    known, point, (works, broken) = found.known, datum.shows(found.place), found.equipment
    return NearbyStation(
        station=known.station,
        name=known.name,
        kind=known.kind,
        town=found.place.town,
        lat=point.lat,
        lon=point.lon,
        metres=round(far, 1),
        open_until=found.open_until,
        works=works,
        broken=broken,
        on=tuple(
            OnThere(
                service=offer.service, kind=offer.kind, provider=offer.provider, starts=offer.starts, ends=offer.ends
            )
            for offer in found.on
        ),
    )
