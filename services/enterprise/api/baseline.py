"""A county's survey is closed, and its list frozen (摸底结束、摸底底册)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import CloseSurvey
from services.enterprise.queries import baseline as queries
from services.enterprise.queries.baseline import BaselineAsked, BaselinePage

router = APIRouter()


@router.post("/close-survey", response_model=Done, **only(Role.OFFICER, Role.APPROVER))
async def close_survey(command: CloseSurvey, desk: AtDesk) -> Response:
    """摸底结束 · Close a county's survey, once: its list of that day is the baseline, beside the live list."""
    return await desk.do(command)


@router.get("/baseline", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def baseline(asked: Annotated[BaselineAsked, Query()], desk: AtDesk) -> BaselinePage:
    """摸底底册 · A county's baseline, page by page."""
    return await queries.list_baseline(desk, asked)
