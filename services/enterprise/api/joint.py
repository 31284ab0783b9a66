"""Joint unions (联合工会) and the enterprises that are their units."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import DissolveJointUnion, FormJointUnion, JoinJointUnion, LeaveJointUnion
from services.enterprise.queries import joint as queries
from services.enterprise.queries.joint import JointUnionPage, JointUnionsAsked, UnitPage, UnitsAsked

router = APIRouter()


@router.post("/form-joint-union", response_model=Done, **only(Role.APPROVER))
async def form_joint_union(command: FormJointUnion, desk: AtDesk) -> Response:
    """组建联合工会 · Form a joint union, or a small-and-micro federation (小微企业工会联合会), in a county."""
    return await desk.do(command)


@router.post("/dissolve-joint-union", response_model=Done, **only(Role.APPROVER))
async def dissolve_joint_union(command: DissolveJointUnion, desk: AtDesk) -> Response:
    """撤销联合工会 · Dissolve a joint union that no enterprise is in any more."""
    return await desk.do(command)


@router.post("/join-joint-union", response_model=Done, **only(Role.OFFICER))
async def join_joint_union(command: JoinJointUnion, desk: AtDesk) -> Response:
    """加入联合工会 · Enter that an enterprise joined, with one member at least; one union per enterprise."""
    return await desk.do(command)


@router.post("/leave-joint-union", response_model=Done, **only(Role.OFFICER))
async def leave_joint_union(command: LeaveJointUnion, desk: AtDesk) -> Response:
    """退出联合工会 · Enter that it left. With an own union, a move or its end it leaves by itself."""
    return await desk.do(command)


@router.get("/joint-unions", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def joint_unions(asked: Annotated[JointUnionsAsked, Query()], desk: AtDesk) -> JointUnionPage:
    """联合工会名单 · The joint unions of your union and those below it, with what they cover, page by page."""
    return await queries.list_joint_unions(desk, asked)


@router.get("/units", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def units(asked: Annotated[UnitsAsked, Query()], desk: AtDesk) -> UnitPage:
    """联合工会覆盖单位 · The enterprises that are units of joint unions now, page by page."""
    return await queries.list_units(desk, asked)
