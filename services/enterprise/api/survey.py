"""Its workers are counted, and it is asked whether it wants a union (全面摸底、宣传动员)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import StateWill, SurveyEnterprise

router = APIRouter()


@router.post("/survey", response_model=Done, **only(Role.OFFICER))
async def survey(command: SurveyEnterprise, desk: AtDesk) -> Response:
    """全面摸底 · Enter its headcount, dispatched workers (劳务派遣) beside it; again whenever it has changed."""
    return await desk.do(command)


@router.post("/state-will", response_model=Done, **only(Role.OFFICER))
async def state_will(command: StateWill, desk: AtDesk) -> Response:
    """建会意愿 · Enter whether it wants a union. A willing one is visited within 5 working days (5个工作日内走访)."""
    return await desk.do(command)
