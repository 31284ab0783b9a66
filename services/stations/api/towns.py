"""The district's own list of towns, subdistricts and platforms (镇街/平台)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import CountOutdoorWorkers, DelistTown, ListTown
from services.stations.queries import towns as queries
from services.stations.queries.towns import TownPage, TownsAsked

router = APIRouter()


@router.post("/list-town", response_model=Done, **only(Role.OFFICER))
async def list_town(command: ListTown, desk: AtDesk) -> Response:
    """列入镇街名单 · Put a town, subdistrict or platform on the district's list, or enter it anew."""
    return await desk.do(command)


@router.post("/delist-town", response_model=Done, **only(Role.OFFICER))
async def delist_town(command: DelistTown, desk: AtDesk) -> Response:
    """移出镇街名单 · Take it off the list."""
    return await desk.do(command)


@router.post("/count-outdoor-workers", response_model=Done, **only(Role.OFFICER))
async def count_outdoor_workers(command: CountOutdoorWorkers, desk: AtDesk) -> Response:
    """户外劳动者人数 · Enter how many work outdoors there."""
    return await desk.do(command)


@router.get("/towns", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def towns(asked: Annotated[TownsAsked, Query()], desk: AtDesk) -> TownPage:
    """镇街名单 · The districts' lists, page by page."""
    return await queries.list_towns(desk, asked)
