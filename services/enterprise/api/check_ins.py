"""The check-ins on fixed days of the 60 (陪跑检查)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import HoldCheckIn
from services.enterprise.queries import check_ins as queries
from services.enterprise.queries.check_ins import CheckInPage, CheckInsAsked

router = APIRouter()


@router.post("/hold-check-in", response_model=Done, **only(Role.OFFICER))
async def hold_check_in(command: HoldCheckIn, desk: AtDesk) -> Response:
    """陪跑检查 · Enter the check-in held; one held in time and entered late counts as in time."""
    return await desk.do(command)


@router.get("/check-ins", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def check_ins(asked: Annotated[CheckInsAsked, Query()], desk: AtDesk) -> CheckInPage:
    """陪跑检查台账 · The check-ins held and missed in your union and those below it, page by page."""
    return await queries.list_check_ins(desk, asked)
