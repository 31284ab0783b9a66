"""The way to a union of its own (集中建会)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import ApplyForUnion, ApproveUnion

router = APIRouter()


@router.post("/apply", response_model=Done, **only(Role.OFFICER))
async def apply(command: ApplyForUnion, desk: AtDesk) -> Response:
    """申请建会 · Enter the preparatory group's application."""
    return await desk.do(command)


@router.post("/approve", response_model=Done, **only(Role.APPROVER))
async def approve(command: ApproveUnion, desk: AtDesk) -> Response:
    """批复成立 · Approve the union; the 60 days alongside (60天陪跑) begin by themselves."""
    return await desk.do(command)
