"""The 60 days alongside a new union (60天陪跑)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import AssessAccompaniment, ExtendAccompaniment
from services.enterprise.queries import alongside as queries
from services.enterprise.queries.alongside import AccompanimentPage, AccompanimentsAsked

router = APIRouter()


@router.post("/assess-accompaniment", response_model=Done, **only(Role.OFFICER))
async def assess_accompaniment(command: AssessAccompaniment, desk: AtDesk) -> Response:
    """陪跑评估 · Enter the closing assessment; the union stands (强起来) when all of it is there."""
    return await desk.do(command)


@router.post("/extend-accompaniment", response_model=Done, **only(Role.OFFICER))
async def extend_accompaniment(command: ExtendAccompaniment, desk: AtDesk) -> Response:
    """延长陪跑 · Walk for longer, once, with a union that doesn't stand yet."""
    return await desk.do(command)


@router.get("/accompaniments", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def accompaniments(asked: Annotated[AccompanimentsAsked, Query()], desk: AtDesk) -> AccompanimentPage:
    """陪跑台账 · The 60 days alongside the new unions of yours and those below it, page by page."""
    return await queries.list_accompaniments(desk, asked)
