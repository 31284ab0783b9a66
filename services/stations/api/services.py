"""Services of the day (驿站服务日)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.stations import ServiceId
from eventing.identity import Role
from eventing.shell.access import anyone, only
from eventing.shell.counter import AtCounter
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import CancelService, CountService, PlanService
from services.stations.queries import services as queries
from services.stations.queries.services import ServicePage, ServicesAsked, ServiceSheet
from services.stations.queries.services_on import OnAsked, ServicesOn, services_on
from services.stations.queries.tickets import Tickets, tickets_of
from services.stations.tickets import Booked, BookingAsked, ReturnAsked, book, give_back

router = APIRouter()


@router.post("/plan-service", response_model=Done, **only(Role.OFFICER))
async def plan_service(command: PlanService, desk: AtDesk) -> Response:
    """安排服务 · Put it on the station's plan; again with another capacity: more or fewer tickets."""
    return await desk.do(command)


@router.post("/cancel-service", response_model=Done, **only(Role.OFFICER))
async def cancel_service(command: CancelService, desk: AtDesk) -> Response:
    """取消服务 · It doesn't take place."""
    return await desk.do(command)


@router.post("/count-service", response_model=Done, **only(Role.OFFICER))
async def count_service(command: CountService, desk: AtDesk) -> Response:
    """服务计数 · It took place: who came, and who had booked and didn't."""
    return await desk.do(command)


@router.get("/services-of-the-day", **only(Role.VIEWER, Role.OFFICER))
async def services_of_the_day(asked: Annotated[ServicesAsked, Query()], desk: AtDesk) -> ServicePage:
    """服务台账 · The services of the union's stations and of those below it, page by page."""
    return await queries.list_services(desk, asked)


@router.get("/services-of-the-day/{service}", **only(Role.VIEWER, Role.OFFICER))
async def service_of_the_day(service: ServiceId, desk: AtDesk) -> ServiceSheet:
    """服务详情 · One service, with the share of no-shows (爽约) of such services so far."""
    return await queries.sheet(desk, service)


@router.get("/services-of-the-day/{service}/tickets", **only(Role.KEEPER))
async def tickets_of_the_service(service: ServiceId, desk: AtDesk) -> Tickets:
    """预约名单 · Tickets and telephone numbers of who booked, to tell them of a change. Each reading is logged."""
    return await tickets_of(desk, service)


@router.get("/services", **anyone())
async def what_is_on(asked: Annotated[OnAsked, Query()], desk: AtCounter) -> ServicesOn:
    """近期服务 · What is on, and how many places are free; without a login."""
    return await services_on(desk, asked)


@router.post("/book-ticket", **anyone())
async def book_ticket(asked: BookingAsked, desk: AtCounter) -> Booked:
    """预约 · Book a place by a telephone number, without a login; the answer's proof returns it."""
    return await book(desk, asked)


@router.post("/return-ticket", response_model=Done, **anyone())
async def return_ticket(asked: ReturnAsked, desk: AtCounter) -> Response:
    """退约 · Return a ticket by its link, without a login: the place is free, the number forgotten."""
    return await give_back(desk, asked)
