"""Return visits to founded unions (回访), and what comes of a shell (空壳工会)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import HoldReturnVisit, RectifyShell

router = APIRouter()


@router.post("/hold-return-visit", response_model=Done, **only(Role.OFFICER))
async def hold_return_visit(command: HoldReturnVisit, desk: AtDesk) -> Response:
    """回访 · Enter the visit; one that found signs of a shell flags the union (标记空壳)."""
    return await desk.do(command)


@router.post("/rectify-shell", response_model=Done, **only(Role.OFFICER))
async def rectify_shell(command: RectifyShell, desk: AtDesk) -> Response:
    """空壳整改 · Enter that the flagged union was put right."""
    return await desk.do(command)
