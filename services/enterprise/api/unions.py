"""The life of an own union: its term and its chair, and the ledger of those that there are (基层工会台账)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import ElectChair, RenewTerm, VacateChair
from services.enterprise.queries import unions as queries
from services.enterprise.queries.unions import UnionPage, UnionsAsked

router = APIRouter()


@router.post("/renew-term", response_model=Done, **only(Role.OFFICER))
async def renew_term(command: RenewTerm, desk: AtDesk) -> Response:
    """换届 · Enter that a new committee was elected."""
    return await desk.do(command)


@router.post("/vacate-chair", response_model=Done, **only(Role.OFFICER))
async def vacate_chair(command: VacateChair, desk: AtDesk) -> Response:
    """主席空缺 · Enter that the union has no chair."""
    return await desk.do(command)


@router.post("/elect-chair", response_model=Done, **only(Role.OFFICER))
async def elect_chair(command: ElectChair, desk: AtDesk) -> Response:
    """补选 · Enter that it has a chair again, whose post allows it."""
    return await desk.do(command)


@router.get("/unions", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def unions(asked: Annotated[UnionsAsked, Query()], desk: AtDesk) -> UnionPage:
    """基层工会台账 · The own unions of your union and those below it, page by page."""
    return await queries.list_unions(desk, asked)
