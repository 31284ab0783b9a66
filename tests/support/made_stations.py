"""Lives of made-up stations around some towns of China, for searches among many of them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from contracts import regions
from contracts.event import Event
from contracts.places import Point
from contracts.stations import (
    CabinPlaced,
    CabinRemoved,
    ClosingReason,
    Equipment,
    EquipmentBroken,
    EquipmentInstalled,
    EquipmentRepaired,
    OpeningException,
    OpeningHoursSet,
    OpeningTime,
    OpenOn,
    ServiceCancelled,
    ServiceKind,
    ServicePlanned,
    StationClosed,
    StationKind,
    StationOpened,
    StationPlanned,
    StationResumed,
    StationSuspended,
    SuspensionReason,
    Symptom,
)
from contracts.stations.words import CancellationReason

TOWNS = ((30.27, 119.98), (39.90, 116.40), (20.03, 110.35))
FIRST, LAST = date(2025, 3, 1), date(2025, 9, 30)
"""Of what happens to them; all have been opened before."""
_EACH = 1000
_ALL = [
    county
    for province in ("330000", "610000")
    for city in regions.children(province)
    for county in regions.children(city)
]


def lives(
    count: int, seed: int, spread: float, towns: Sequence[tuple[float, float]], first: date = FIRST
) -> Iterator[list[Event]]:
    """Each one's events, in their order; `spread` is in degrees, of a normal distribution around each town. They open
    on the day `first`, and what happens to them happens within seven months."""
    chance = Random(seed)
    for number in range(count):
        lat, lon = towns[number % len(towns)]
        centre = Point(lat=chance.gauss(lat, spread), lon=chance.gauss(lon, spread))
        yield list(_life(_ALL[number // _EACH], number % _EACH, centre, chance, first))


def _life(district: str, number: int, centre: Point, chance: Random, first: date) -> Iterator[Event]:
    station, town = f"s-{district}-{number:03d}", f"t-{district}-01"
    cabin = chance.random() < 0.1
    kind = StationKind.MOBILE if cabin else StationKind.FIXED
    where, town_of = (None, None) if cabin else (centre, town)
    yield StationPlanned(
        station=station,
        kind=kind,
        name=f"示例{number}号工会驿站",
        district=district,
        union=f"u-{district}",
        town=town_of,
        point=where,
        area_m2=20,
        host_body="示例街道办事处",
        planned_on=first,
    )
    yield _hours(station, chance, first, first)
    yield StationOpened(
        station=station,
        kind=kind,
        name=f"示例{number}号工会驿站",
        district=district,
        town=town_of,
        point=where,
        opened_on=first,
    )
    if cabin:
        yield from _stays(station, town, centre, chance, first)
    if chance.random() < 0.2:
        yield _hours(station, chance, first, _day(chance, first))
    if chance.random() < 0.15:
        yield from _pause(station, town, chance, first)
    elif chance.random() < 0.05:
        closed_on = _day(chance, first)
        yield StationClosed(station=station, town=town, reason=ClosingReason.UNUSED, closed_on=closed_on)
    yield from _equipment(station, number, chance, first)
    if chance.random() < 0.3:
        yield from _services(station, town, chance, first)


def _hours(station: str, chance: Random, first: date, since: date) -> OpeningHoursSet:
    opens, closes = chance.choice([("08:00", "18:00"), ("06:30", "22:00"), ("22:00", "06:00"), ("00:00", "24:00")])
    on = chance.choice([[OpenOn.WORKING_DAYS], list(OpenOn)[:7], [OpenOn.WORKING_DAYS, OpenOn.SUNDAY]])
    shut = OpeningException(day=_day(chance, first), opens=None, closes=None)
    other = OpeningException(day=shut.day + timedelta(days=1), opens="10:00", closes="02:00")
    times = tuple(OpeningTime(on=each, opens=opens, closes=closes) for each in on)
    return OpeningHoursSet(station=station, times=times, exceptions=(shut, other), since=since)


def _stays(station: str, town: str, centre: Point, chance: Random, first: date) -> Iterator[Event]:
    on = first
    for _ in range(chance.randrange(4)):
        point = Point(lat=centre.lat + chance.gauss(0, 0.05), lon=centre.lon + chance.gauss(0, 0.05))
        left = on + timedelta(days=chance.randrange(10, 60))
        until = chance.choice([left, None])
        yield CabinPlaced(station=station, town=town, point=point, placed_on=on, until=until)
        if until is None:
            yield CabinRemoved(station=station, town=town, placed_on=on, removed_on=left)
        on = left + timedelta(days=chance.randrange(3))


def _pause(station: str, town: str, chance: Random, first: date) -> Iterator[Event]:
    since, until = sorted((_day(chance, first), _day(chance, first)))
    for reason in chance.choice([[SuspensionReason.WEATHER], [SuspensionReason.WEATHER, SuspensionReason.HOST]]):
        yield StationSuspended(station=station, town=town, reason=reason, suspended_on=since, until=until)
    if chance.random() < 0.5:
        yield StationResumed(station=station, resumed_on=since + (until - since) / 2)


def _equipment(station: str, number: int, chance: Random, first: date) -> Iterator[Event]:
    for equipment in chance.sample(list(Equipment), chance.randrange(3, 7)):
        yield EquipmentInstalled(station=station, equipment=equipment, installed_on=first)
        if chance.random() < 0.1:
            since, repaired = sorted((_day(chance, first), _day(chance, first)))
            fault = f"f-{number % 10}a{chance.randrange(10)}b{chance.randrange(10)}c{chance.randrange(10)}d"
            yield EquipmentBroken(
                station=station, equipment=equipment, fault=fault, symptom=Symptom.BROKEN, broken_since=since
            )
            if chance.random() < 0.8:
                yield EquipmentRepaired(station=station, equipment=equipment, fault=fault, repaired_on=repaired)


def _services(station: str, town: str, chance: Random, first: date) -> Iterator[Event]:
    for _ in range(chance.randrange(1, 4)):
        day = _day(chance, first)
        service = f"d-{station[2:]}-{day:%Y%m%d}-1"
        yield ServicePlanned(
            service=service,
            station=station,
            town=town,
            kind=chance.choice(list(ServiceKind)),
            provider="示例服务队",
            held_on=day,
            starts="13:30",
            ends=chance.choice(["16:30", "24:00"]),
            capacity=30,
        )
        if chance.random() < 0.1:
            yield ServiceCancelled(service=service, reason=CancellationReason.WEATHER, cancelled_on=first)


def _day(chance: Random, first: date) -> date:
    return first + timedelta(days=chance.randrange((LAST - FIRST).days))
