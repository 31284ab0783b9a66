"""The way to a union of its own (集中建会), and its end."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import (
    ApplyForUnion,
    ApproveSetUp,
    ApproveUnion,
    DissolveUnion,
    FormPreparatoryGroup,
    HoldFoundingMeeting,
    JoinMembers,
)

router = APIRouter()


@router.post("/form-preparatory-group", response_model=Done, **only(Role.OFFICER))
async def form_preparatory_group(command: FormPreparatoryGroup, desk: AtDesk) -> Response:
    """成立筹备组 · Enter that a preparatory group was formed; the full way begins with it."""
    return await desk.do(command)


@router.post("/apply", response_model=Done, **only(Role.OFFICER))
async def apply(command: ApplyForUnion, desk: AtDesk) -> Response:
    """申请建会 · Enter the application; simplified (简化程序) unless said otherwise."""
    return await desk.do(command)


@router.post("/approve-set-up", response_model=Done, **only(Role.APPROVER))
async def approve_set_up(command: ApproveSetUp, desk: AtDesk) -> Response:
    """同意筹建 · Agree to the setting-up; in the full way only."""
    return await desk.do(command)


@router.post("/join-members", response_model=Done, **only(Role.OFFICER))
async def join_members(command: JoinMembers, desk: AtDesk) -> Response:
    """发展会员 · Enter how many have joined before the meeting; in the full way only."""
    return await desk.do(command)


@router.post("/hold-founding-meeting", response_model=Done, **only(Role.OFFICER))
async def hold_founding_meeting(command: HoldFoundingMeeting, desk: AtDesk) -> Response:
    """召开会员大会 · Enter what the members' meeting elected; in the full way only."""
    return await desk.do(command)


@router.post("/approve", response_model=Done, **only(Role.APPROVER))
async def approve(command: ApproveUnion, desk: AtDesk) -> Response:
    """批复成立 · Approve the union; the 60 days alongside (60天陪跑) begin by themselves."""
    return await desk.do(command)


@router.post("/dissolve-union", response_model=Done, **only(Role.APPROVER))
async def dissolve_union(command: DissolveUnion, desk: AtDesk) -> Response:
    """撤销工会 · Enter that its own union was dissolved; the enterprise may found another one."""
    return await desk.do(command)
