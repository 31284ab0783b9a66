"""Who is responsible (责任人) for an enterprise, and the desk of an officer (工作台)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import AssignOfficer, HandOverDesk
from services.enterprise.queries.desk import DeskAsked, DeskShown, show_desk

router = APIRouter()


@router.post("/assign-officer", response_model=Done, **only(Role.OFFICER))
async def assign_officer(command: AssignOfficer, desk: AtDesk) -> Response:
    """指定责任人 · Name the officer who is responsible for an enterprise."""
    return await desk.do(command)


@router.post("/hand-over-desk", response_model=Done, **only(Role.OFFICER))
async def hand_over_desk(command: HandOverDesk, desk: AtDesk) -> Response:
    """工作交接 · Hand all that an officer is responsible for over to another one, with a reason."""
    return await desk.do(command)


@router.get("/desk", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def officers_desk(asked: Annotated[DeskAsked, Query()], desk: AtDesk) -> DeskShown:
    """工作台 · What is due today, overdue, due within 5 working days (5个工作日), and sent back."""
    return await show_desk(desk, asked)
