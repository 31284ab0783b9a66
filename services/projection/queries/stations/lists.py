"""What stands behind each number of the stations' board, by the same rows and on the same day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from contracts import regions
from contracts.stations import StationKind
from contracts.vocabulary import Day, RegionCode, StationId, TownId
from eventing.read_models import Freshness, Reading
from eventing.refusal import Invalid
from eventing.shell.desk import Desk
from services.projection.queries import places
from services.projection.queries.board import AskedRegion, AsOf, AtLeast, day_of
from services.projection.queries.forecasts import pace_from
from services.projection.queries.stations.counts import HAPPENED, STANDING, Count
from services.projection.stations_board import STATIONS_BOARD

_OF_STATIONS = (Count.PLANNED, Count.OPEN, Count.SUSPENDED, Count.CLOSED, Count.OPEN_THAT_DAY)
_HAPPENED = {Count.SERVICES: "service", Count.SERVICE_VISITS: "service", Count.VISITS: "visits"}

_CONDITIONS: Mapping[Count, str] = {
    **{count: f"what = 'station' and state = '{count}'" for count in _OF_STATIONS[:-1]},
    Count.OPEN_THAT_DAY: "what = 'station' and state = 'open' and town <> ''",
    Count.TOWNS: "what = 'town'",
    Count.TOWNS_COVERED: "what = 'town' and id in (select town from covered)",
    Count.FAULTS_OPEN: "what = 'fault'",
    Count.FAULTS_OVERDUE: "what = 'fault' and state = 'overdue'",
}

_STANDS_BEHIND = f"""
with {STANDING.format(days="array[$1]", districts="$2")},
behind as (
    select id as key, id, name, district, station, town, since as day, 1 as number from at_day
    where {{condition}} and ($3::text is null or kind = $3)
)
"""

_HAPPENED_BEHIND = f"""
with happened as ({HAPPENED}),
behind as (
    select id || '@' || day as key, id, name, district, station, '' as town, day, {{number}} as number from happened
    where what = $4
)
"""

_COUNT = "select count(*) as rows, coalesce(sum(number), 0)::bigint as total from behind"

_PAGE = """
select key, behind.id, coalesce(behind.name, its.name) as name, behind.district, behind.station,
    nullif(behind.town, '') as town, day, number
from behind left join {rows} its on its.id = behind.station
where key > ${at} order by key limit ${limit}
"""


class StationListAsked(BaseModel):
    """Behind which number of which day's board, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: AskedRegion
    count: Count
    kind: StationKind | None = None
    """Only rooms, or only cabins; of stations only."""
    as_of: AsOf = None
    after: Annotated[str, Field(max_length=60)] | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    at_least: AtLeast = None


class StationListLine(BaseModel):
    """A station, town, fault, service, or a station's day of visits."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    id: str
    """Its own; of visits, the station's and the month."""
    name: str | None
    """The station's or town's; null where none is known."""
    district: RegionCode
    """Where it counts: an ended district's go by the code that came in its place."""
    district_name: str
    station: StationId | None
    """Null of a town."""
    town: TownId | None
    """Where a station stands that day; null: nowhere, or no station."""
    day: Day
    """Since when it is so, or when it happened."""
    number: int
    """What it adds to the board's number: 1, or so many visits."""


class StationListPage(BaseModel):
    """A page of what stands behind a number, in the order of ids."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    region: RegionCode
    as_of: Day
    count: Count
    kind: StationKind | None
    rows: int
    """How many lines there are on all pages."""
    total: int
    """The sum of their numbers, on every page: the board's number."""
    lines: tuple[StationListLine, ...]
    next: str | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_stations(desk: Desk, asked: StationListAsked) -> StationListPage:
    """Where stations are, what they have and how many come is public: nothing is hidden within the region.

    Raises `Invalid`, `Forbidden`, and `Busy` where the answer isn't as fresh as asked.
    """
    places.must_be_yours(asked.region, desk.actor, desk.moment)
    if asked.kind is not None and asked.count not in _OF_STATIONS:
        raise Invalid("kind_of_stations_only", "kind")
    as_of, today = day_of(asked.as_of, desk.moment), desk.moment.today
    districts = list(places.lines(asked.region, today))
    await desk.at_least(STATIONS_BOARD, asked.at_least)
    async with desk.read(STATIONS_BOARD) as reading:
        if asked.count in _HAPPENED:
            number = "1" if asked.count is Count.SERVICES else "number"
            behind = _HAPPENED_BEHIND.format(rows=reading.rows, number=number)
            where: tuple[object, ...] = districts, pace_from(as_of), as_of, _HAPPENED[asked.count]
        else:
            behind = _STANDS_BEHIND.format(rows=reading.rows, condition=_CONDITIONS[asked.count])
            where = as_of, districts, asked.kind
        (count,) = await reading.fetch(behind + _COUNT, *where)
        found = await _page(reading, behind, where, asked)
    page = tuple(_line(record, today) for record in found[: asked.limit])
    return StationListPage(
        region=asked.region,
        as_of=as_of,
        count=asked.count,
        kind=asked.kind,
        rows=count["rows"],
        total=count["total"],
        lines=page,
        next=found[asked.limit - 1]["key"] if len(found) > asked.limit else None,
        freshness=reading.freshness,
    )


def addresses(as_of: date, since: date) -> Mapping[str, str]:
    """By the number's place in a region's board: the address of the list behind it."""
    own = {f"stations.{count}": f"{count}&kind={{kind}}" for count in _OF_STATIONS}
    others = {f"{count}": f"{count}" for count in Count if count not in _OF_STATIONS}
    weekly = {"services_per_week": "services", "visits_per_week": "visits"}
    striven = {"towns_with_cabin": "towns_covered", "stations_open": "open_that_day"}
    told = {f"figures.{metric}.count": count for metric, count in striven.items()}
    found = {number: _address(query, f"{as_of}") for number, query in {**own, **others, **weekly, **told}.items()}
    found |= {f"figures.{metric}.since": _address(count, f"{since}") for metric, count in striven.items()}
    return found | {f"figures.{metric}.at_due_day": _address(count, "{due_on}") for metric, count in striven.items()}


def _address(query: str, day: str) -> str:
    return f"/api/projection/stations/list?region={{region}}&count={query}&as_of={day}"


async def _page(reading: Reading, behind: str, where: Sequence[object], asked: StationListAsked) -> Sequence[Any]:
    sql = behind + _PAGE.format(rows=reading.rows, at=len(where) + 1, limit=len(where) + 2)
    # One more tells whether there is a next page.
    return await reading.fetch(sql, *where, asked.after or "", asked.limit + 1)


def _line(record: Mapping[str, Any], today: date) -> StationListLine:
    district = places.counts_in(record["district"], today)
    return StationListLine(
        id=record["id"],
        name=record["name"],
        district=district,
        district_name=regions.name(district),
        station=record["station"],
        town=record["town"],
        day=record["day"],
        number=record["number"],
    )
