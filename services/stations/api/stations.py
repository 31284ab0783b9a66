"""The stations and their life (驿站名单)."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.vocabulary import StationId
from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import (
    CloseStation,
    DescribeStation,
    OpenStation,
    PlanStation,
    ResumeStation,
    SuspendStation,
)
from services.stations.queries import stations as queries
from services.stations.queries import stranded
from services.stations.queries.stations import StationAsked, StationFound, StationPage, StationsAsked
from services.stations.queries.stranded import StationDone

router = APIRouter()


@router.post("/plan-station", response_model=Done, **only(Role.OFFICER))
async def plan_station(command: PlanStation, desk: AtDesk) -> Response:
    """录入驿站 · Enter a station that is to come, or one that is in use already."""
    return await desk.do(command)


@router.post("/describe-station", response_model=Done, **only(Role.OFFICER))
async def describe_station(command: DescribeStation, desk: AtDesk) -> Response:
    """变更驿站资料 · Enter its name, area and host body anew."""
    return await desk.do(command)


@router.post("/open-station", response_model=Done, **only(Role.OFFICER))
async def open_station(command: OpenStation, desk: AtDesk) -> Response:
    """启用驿站 · Open it to everybody."""
    return await desk.do(command)


@router.post("/suspend-station", response_model=StationDone, **only(Role.OFFICER))
async def suspend_station(command: SuspendStation, desk: AtDesk) -> Response:
    """暂停开放 · Shut it for a while, until a day or until it is resumed."""
    return await desk.do(command, partial(stranded.warnings, command=command))


@router.post("/resume-station", response_model=Done, **only(Role.OFFICER))
async def resume_station(command: ResumeStation, desk: AtDesk) -> Response:
    """恢复开放 · Open it again."""
    return await desk.do(command)


@router.post("/close-station", response_model=StationDone, **only(Role.OFFICER))
async def close_station(command: CloseStation, desk: AtDesk) -> Response:
    """撤站 · Close it for good, or end the plan of one that never opened."""
    return await desk.do(command, partial(stranded.warnings, command=command))


@router.get("/stations", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def stations(asked: Annotated[StationsAsked, Query()], desk: AtDesk) -> StationPage:
    """驿站名单 · The stations of your union and those below it, page by page."""
    return await queries.list_stations(desk, asked)


@router.get("/stations/{station}", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def station(station: StationId, asked: Annotated[StationAsked, Query()], desk: AtDesk) -> StationFound:
    """驿站详情 · One station, and until when it is open now."""
    return await queries.get_station(desk, station, asked)
