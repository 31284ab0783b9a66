"""The 60 days alongside a new union (60天陪跑)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import AssignInstructor

router = APIRouter()


@router.post("/assign-instructor", response_model=Done, **only(Role.OFFICER))
async def assign_instructor(command: AssignInstructor, desk: AtDesk) -> Response:
    """指派优会强会指导员 · Assign the instructor who walks with the new union; at most 10 unions at once."""
    return await desk.do(command)
