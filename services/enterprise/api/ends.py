"""An enterprise moves to another county, or leaves the list (迁移、注销、合并、迁出)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import CloseEnterprise, LeaveProvince, MergeEnterprise, MoveEnterprise

router = APIRouter()


@router.post("/move-enterprise", response_model=Done, **only(Role.OFFICER))
async def move_enterprise(command: MoveEnterprise, desk: AtDesk) -> Response:
    """迁移 · Enter its move to another county of the province; it counts there from that day, running clocks go on."""
    return await desk.do(command)


@router.post("/close-enterprise", response_model=Done, **only(Role.OFFICER))
async def close_enterprise(command: CloseEnterprise, desk: AtDesk) -> Response:
    """注销、吊销 · Enter that it is no longer active; whatever is open about it ends with it."""
    return await desk.do(command)


@router.post("/merge-enterprise", response_model=Done, **only(Role.OFFICER))
async def merge_enterprise(command: MergeEnterprise, desk: AtDesk) -> Response:
    """合并 · Enter that it has become part of another enterprise on the list."""
    return await desk.do(command)


@router.post("/leave-province", response_model=Done, **only(Role.OFFICER))
async def leave_province(command: LeaveProvince, desk: AtDesk) -> Response:
    """迁出本省 · Enter that it has left for another province."""
    return await desk.do(command)
