"""Titles that a body grants a station (称号)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import GrantTitle, WithdrawTitle

router = APIRouter()


@router.post("/grant-title", response_model=Done, **only(Role.OFFICER))
async def grant_title(command: GrantTitle, desk: AtDesk) -> Response:
    """授予称号 · Enter a title that a named body granted (最美…); the platform grants none itself."""
    return await desk.do(command)


@router.post("/withdraw-title", response_model=Done, **only(Role.OFFICER))
async def withdraw_title(command: WithdrawTitle, desk: AtDesk) -> Response:
    """撤销称号 · Enter that the body took it back."""
    return await desk.do(command)
