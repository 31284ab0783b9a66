"""Stations with hours, and services of the day at them, as the events that led there."""

from datetime import date

from contracts.event import Event
from contracts.stations import (
    CabinPlaced,
    CancellationReason,
    OpeningException,
    OpeningHoursSet,
    OpeningTime,
    OpenOn,
    ServiceCancelled,
    ServiceHeld,
    ServiceKind,
    ServicePlanned,
    StationKind,
    StationOpened,
    StationPlanned,
    TicketBooked,
    TicketForgotten,
    TicketReturned,
)
from services.stations.commands import BookTicket, CancelService, CountService, PlanService, ReturnTicket
from tests.support.stations import CABIN, CENTRE, LISTED, ROOM, TOWN, YUHANG

DAY = date(2025, 5, 16)  # a Friday
BEFORE = date(2025, 5, 12)
SERVICE, CABIN_SERVICE = "d-330110-001-20250516-1", "d-330110-049-20250516-1"
TICKET, OTHER_TICKET = "k-7f3k9a2c", "k-1a2b3c4d"
PHONE, OTHER_PHONE = "13900001234", "13900005678"
PROVIDER = "杭州示例美发服务队"


def a_planned_station(station: str = ROOM) -> StationPlanned:
    fixed = station == ROOM
    return StationPlanned(
        station=station,
        kind=StationKind.FIXED if fixed else StationKind.MOBILE,
        name="示例驿站",
        district="330110",
        union=YUHANG,
        town=TOWN if fixed else None,
        point=CENTRE if fixed else None,
        area_m2=20,
        host_body="示例街道办事处",
        planned_on=LISTED,
    )


def an_open_station(station: str = ROOM) -> tuple[Event, ...]:
    planned = a_planned_station(station)
    opened = StationOpened(
        station=station,
        kind=planned.kind,
        name=planned.name,
        district=planned.district,
        town=planned.town,
        point=planned.point,
        opened_on=LISTED,
    )
    return planned, opened


def placed(on: date = date(2025, 5, 1), until: date | None = None) -> CabinPlaced:
    return CabinPlaced(station=CABIN, town=TOWN, point=CENTRE, placed_on=on, until=until)


def hours(*on: OpenOn, shut: date | None = None) -> OpeningHoursSet:
    return OpeningHoursSet(
        station=ROOM,
        times=tuple(OpeningTime(on=each, opens="08:00", closes="20:00") for each in on),
        exceptions=() if shut is None else (OpeningException(day=shut, opens=None, closes=None),),
        since=LISTED,
    )


def plan(
    service: str = SERVICE, capacity: int = 2, starts: str = "13:30", ends: str = "16:30", provider: str = PROVIDER
) -> PlanService:
    return PlanService(
        service=service, kind=ServiceKind.HAIRCUT, provider=provider, starts=starts, ends=ends, capacity=capacity
    )


def planned(service: str = SERVICE, station: str = ROOM, capacity: int = 2, held_on: date = DAY) -> ServicePlanned:
    return ServicePlanned(
        service=service,
        station=station,
        town=TOWN,
        kind=ServiceKind.HAIRCUT,
        provider=PROVIDER,
        held_on=held_on,
        starts="13:30",
        ends="16:30",
        capacity=capacity,
    )


def book(ticket: str = TICKET) -> BookTicket:
    return BookTicket(service=SERVICE, ticket=ticket, phone=PHONE)


def booked(ticket: str = TICKET, on: date = BEFORE) -> TicketBooked:
    return TicketBooked(service=SERVICE, ticket=ticket, booked_on=on)


def give_back(ticket: str = TICKET) -> ReturnTicket:
    return ReturnTicket(service=SERVICE, ticket=ticket)


def returned(ticket: str = TICKET, on: date = BEFORE) -> TicketReturned:
    return TicketReturned(service=SERVICE, ticket=ticket, returned_on=on)


def forgotten(ticket: str = TICKET, on: date = date(2025, 6, 16)) -> TicketForgotten:
    return TicketForgotten(service=SERVICE, ticket=ticket, forgotten_on=on)


def cancel(on: date = BEFORE) -> CancelService:
    return CancelService(service=SERVICE, reason=CancellationReason.WEATHER, cancelled_on=on)


def cancelled(on: date = BEFORE) -> ServiceCancelled:
    return ServiceCancelled(service=SERVICE, reason=CancellationReason.WEATHER, cancelled_on=on)


def count(visits: int = 5, no_shows: int = 0) -> CountService:
    return CountService(service=SERVICE, visits=visits, no_shows=no_shows)


def held(visits: int = 5, booked: int = 0, no_shows: int = 0) -> ServiceHeld:
    return ServiceHeld(
        service=SERVICE,
        station=ROOM,
        town=TOWN,
        kind=ServiceKind.HAIRCUT,
        held_on=DAY,
        visits=visits,
        booked=booked,
        no_shows=no_shows,
    )
