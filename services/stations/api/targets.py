"""What regions strive for with their stations (力争目标), and its history."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import SetStationTarget
from services.stations.queries import targets as queries
from services.stations.queries.targets import StationTargetPage, StationTargetsAsked

router = APIRouter()


@router.post("/set-station-target", response_model=Done, **only(Role.APPROVER))
async def set_station_target(command: SetStationTarget, desk: AtDesk) -> Response:
    """下达目标 · Set or change a region's target, for your own region or one below; what was set above stays."""
    return await desk.do(command)


@router.get("/targets", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def targets(asked: Annotated[StationTargetsAsked, Query()], desk: AtDesk) -> StationTargetPage:
    """目标台账 · The targets set for your regions with all changes: why, by which union, since when."""
    return await queries.list_targets(desk, asked)
