"""The visit to a willing enterprise (入企深谈)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import HoldVisit

router = APIRouter()


@router.post("/hold-visit", response_model=Done, **only(Role.OFFICER))
async def hold_visit(command: HoldVisit, desk: AtDesk) -> Response:
    """入企深谈 · Enter the visit held; one held in time but entered late withdraws the overdue entry (撤销逾期)."""
    return await desk.do(command)
