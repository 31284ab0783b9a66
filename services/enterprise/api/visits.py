"""The visit to a willing enterprise (入企深谈)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import HoldVisit, PauseVisitClock, ResumeVisitClock

router = APIRouter()


@router.post("/hold-visit", response_model=Done, **only(Role.OFFICER))
async def hold_visit(command: HoldVisit, desk: AtDesk) -> Response:
    """入企深谈 · Enter the visit held; one held in time but entered late withdraws the overdue entry (撤销逾期)."""
    return await desk.do(command)


@router.post("/pause-visit-clock", response_model=Done, **only(Role.OFFICER))
async def pause_visit_clock(command: PauseVisitClock, desk: AtDesk) -> Response:
    """走访时限中止 · Let the clock of the visit stand still, for a reason; not after the visit is due."""
    return await desk.do(command)


@router.post("/resume-visit-clock", response_model=Done, **only(Role.OFFICER))
async def resume_visit_clock(command: ResumeVisitClock, desk: AtDesk) -> Response:
    """走访时限恢复 · Let it go on; the working days (工作日) before the pause count."""
    return await desk.do(command)
