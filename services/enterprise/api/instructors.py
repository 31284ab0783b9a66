"""Who walks with a new union (优会强会指导员)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import AssignInstructor, WithdrawInstructor
from services.enterprise.queries import instructors as queries
from services.enterprise.queries.instructors import InstructorPage, InstructorsAsked

router = APIRouter()


@router.post("/assign-instructor", response_model=Done, **only(Role.OFFICER))
async def assign_instructor(command: AssignInstructor, desk: AtDesk) -> Response:
    """指派优会强会指导员 · Assign the instructor who walks with the new union; at most 10 unions at once."""
    return await desk.do(command)


@router.post("/withdraw-instructor", response_model=Done, **only(Role.OFFICER))
async def withdraw_instructor(command: WithdrawInstructor, desk: AtDesk) -> Response:
    """指导员不再陪跑 · Enter that the instructor has left; a successor is due within 5 working days, the days go on."""
    return await desk.do(command)


@router.get("/instructors", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def instructors(asked: Annotated[InstructorsAsked, Query()], desk: AtDesk) -> InstructorPage:
    """指导员负荷 · Those who walk with unions of yours and those below it, with how many each."""
    return await queries.list_instructors(desk, asked)
