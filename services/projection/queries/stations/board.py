"""The board of stations of a region on a day, and of each region right below it (docs/domain.md 2)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from contracts import regions
from contracts.stations import StationKind, StationMetric
from contracts.vocabulary import Day, RegionCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.projection.queries import places
from services.projection.queries.board import AskedRegion, AsOf, AtLeast, day_of
from services.projection.queries.forecasts import decided, had_per_week, pace_from
from services.projection.queries.stations.counts import Count, Counts, load_counts, load_had
from services.projection.queries.stations.figures import StationFigure, station_figure
from services.projection.queries.stations.lists import addresses
from services.projection.stations_board import STATION_TARGETS, STATIONS_BOARD
from services.projection.stations_board.targets import StationTarget

_HELD = """
select distinct on (region, metric) * from {rows} where set_on <= $1 order by region, metric, number desc
"""

Held: TypeAlias = Mapping[tuple[str, StationMetric], StationTarget]
"""The targets that hold on a day, by region and metric."""

Number: TypeAlias = Callable[[date, Count, StationKind | None], int]


class StationsAsked(BaseModel):
    """Whose board, of which day, and how fresh at least."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: AskedRegion
    as_of: AsOf = None
    at_least: AtLeast = None


class OfKind(BaseModel):
    """The stations of one kind, each in one of four states."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    kind: StationKind
    planned: int
    open: int
    """In use; of cabins, those between two places among them."""
    suspended: int
    """Shut for a while (暂停开放)."""
    closed: int
    """Closed for good (撤站)."""
    open_that_day: int
    """Open and standing somewhere on the day, whatever its hours."""


class RegionStations(BaseModel):
    """A region's stations, and what happened there in the 28 days up to the day (a number of `rules.toml`)."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    code: RegionCode
    name: str = Field(examples=["余杭区"])
    stations: tuple[OfKind, ...]
    """Rooms, then cabins."""
    towns: int
    """Towns, subdistricts and platforms (镇街/平台) on the districts' lists that day."""
    towns_covered: int
    """Those of them in which a cabin stands that day, opened and not closed; one shut for a while still covers it."""
    faults_open: int
    """Reported by then, neither repaired, dismissed nor gone with its equipment; the overdue ones among them."""
    faults_overdue: int
    """Confirmed, and not repaired by the last day for it."""
    services: int
    """Services of the day that were held (驿站服务日)."""
    services_per_week: str = Field(examples=["1.25"])
    """Two decimals, cut."""
    service_visits: int
    """Who came to them, as counted by the hosts."""
    visits: int
    """Who came in, on the days that the hosts counted."""
    visits_per_week: str = Field(examples=["312.50"])
    figures: tuple[StationFigure, ...]
    """What is striven for, in the order of `StationMetric`."""


class StationsBoard(BaseModel):
    """A region's board, with those of the regions right below: all of today's, and an ended one that still counts."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    as_of: Day
    since: Day
    """What happened is told of the days after that one."""
    region: RegionStations
    children: tuple[RegionStations, ...]
    freshness: tuple[Freshness, ...]
    lists: Mapping[str, str]
    """The list behind each number of a region: the address, in which `{region}` stands for its `code`, `{kind}` for the
    kind of station, `{due_on}` for the figure's due day. A gap is what its list lacks; `had` is the list's length less
    that of the list of `since`."""


async def stations_of(desk: Desk, asked: StationsAsked) -> StationsBoard:
    """Raises `Invalid`, `Forbidden`, and `Busy` where the answer isn't as fresh as asked."""
    places.must_be_yours(asked.region, desk.actor, desk.moment)
    as_of, today = day_of(asked.as_of, desk.moment), desk.moment.today
    since = pace_from(as_of)
    lines = places.lines(asked.region, today)
    await desk.at_least(STATION_TARGETS, asked.at_least)
    await desk.at_least(STATIONS_BOARD, asked.at_least)
    targets = await _held(desk, as_of)
    async with desk.read(STATIONS_BOARD) as reading:
        days = days_of({asked.region, *lines.values()}, as_of, today, targets)
        counts = await load_counts(reading, days, lines)
        had = await load_had(reading, since, as_of, lines)
    region, children = stations_board(asked.region, {**counts, **had}, as_of, today, targets)
    return StationsBoard(
        as_of=as_of,
        since=since,
        region=region,
        children=children,
        freshness=reading.freshness,
        lists=addresses(as_of, since),
    )


def days_of(lines: Iterable[str], as_of: date, today: date, targets: Held) -> set[date]:
    """The days whose counts such a board needs."""
    striven = (targets.get((line, metric)) for line in lines for metric in StationMetric)
    due = {target.due_on for target in striven if target is not None and decided(target.due_on, as_of, today)}
    return {as_of, pace_from(as_of), *due}


def stations_board(
    region: str, counts: Counts, as_of: date, today: date, targets: Held
) -> tuple[RegionStations, tuple[RegionStations, ...]]:
    """The region's board and its children's, regions as they stand today."""
    there = {line for _, line, _, _ in counts}
    below = (there | set(regions.children(region, today))) - {region}

    def line(place: str, own: Iterable[str]) -> RegionStations:
        def number(day: date, count: Count, kind: StationKind | None) -> int:
            return sum(counts.get((day, one, kind, count), 0) for one in own)

        return _line(place, number, as_of, today, targets)

    return line(region, {region, *below}), tuple(line(place, (place,)) for place in sorted(below))


def _line(place: str, number: Number, as_of: date, today: date, targets: Held) -> RegionStations:
    def striven(metric: StationMetric) -> StationFigure:
        return station_figure(
            metric, targets.get((place, metric)), as_of, today, lambda day: _striven(metric, number, day)
        )

    def of(count: Count) -> int:
        return number(as_of, count, None)

    services, visits = of(Count.SERVICES), of(Count.VISITS)
    return RegionStations(
        code=place,
        name=regions.name(place),
        stations=tuple(_of_kind(kind, number, as_of) for kind in StationKind),
        towns=of(Count.TOWNS),
        towns_covered=of(Count.TOWNS_COVERED),
        faults_open=of(Count.FAULTS_OPEN),
        faults_overdue=of(Count.FAULTS_OVERDUE),
        services=services,
        services_per_week=had_per_week(services, as_of),
        service_visits=of(Count.SERVICE_VISITS),
        visits=visits,
        visits_per_week=had_per_week(visits, as_of),
        figures=tuple(map(striven, StationMetric)),
    )


def _of_kind(kind: StationKind, number: Number, as_of: date) -> OfKind:
    return OfKind(
        kind=kind,
        planned=number(as_of, Count.PLANNED, kind),
        open=number(as_of, Count.OPEN, kind),
        suspended=number(as_of, Count.SUSPENDED, kind),
        closed=number(as_of, Count.CLOSED, kind),
        open_that_day=number(as_of, Count.OPEN_THAT_DAY, kind),
    )


def _striven(metric: StationMetric, number: Number, day: date) -> int:
    match metric:
        case StationMetric.TOWNS_WITH_CABIN:
            return number(day, Count.TOWNS_COVERED, None)
        case StationMetric.STATIONS_OPEN:
            return sum(number(day, Count.OPEN_THAT_DAY, kind) for kind in StationKind)


async def _held(desk: Desk, on: date) -> Held:
    """The last setting up to that day, for each region and metric."""
    async with desk.read(STATION_TARGETS) as reading:
        found = await reading.fetch(_HELD.format(rows=reading.rows), on)
    targets = (StationTarget(**{**record, "metric": StationMetric(record["metric"])}) for record in found)
    return {(target.region, target.metric): target for target in targets}
