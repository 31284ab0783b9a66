"""Who keeps a station for the host body (驿站管理员)."""

from fastapi import APIRouter, Response

from contracts.vocabulary import StationId
from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import NameHost
from services.stations.queries import hosts as queries
from services.stations.queries.hosts import Host

router = APIRouter()


@router.post("/name-host", response_model=Done, **only(Role.OFFICER))
async def name_host(command: NameHost, desk: AtDesk) -> Response:
    """确定驿站管理员 · Say who keeps it. Name and number stay in this service's vault; events have the pseudonym."""
    return await desk.do(command)


@router.get("/stations/{station}/host", **only(Role.KEEPER))
async def host(station: StationId, desk: AtDesk) -> Host:
    """驿站管理员联系方式 · Who keeps it, by name and number. Each reading is logged."""
    return await queries.host_of(desk, station)
