"""How many members the unions have (入会)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import ReportMembers
from services.enterprise.queries import members as queries
from services.enterprise.queries.members import MembersAsked, MembersPage

router = APIRouter()


@router.post("/report-members", response_model=Done, **only(Role.OFFICER))
async def report_members(command: ReportMembers, desk: AtDesk) -> Response:
    """入会情况 · Enter a union's members at the end of a month, as numbers; again to correct them."""
    return await desk.do(command)


@router.get("/members", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def members(asked: Annotated[MembersAsked, Query()], desk: AtDesk) -> MembersPage:
    """入会台账 · What was reported to your union and those below it, page by page, with the sums by month."""
    return await queries.list_members(desk, asked)
