"""An enterprise comes on the list (摸底建档)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import RegisterEnterprise

router = APIRouter()


@router.post("/register", response_model=Done, **only(Role.OFFICER))
async def register(command: RegisterEnterprise, desk: AtDesk) -> Response:
    """摸底建档 · Put an enterprise on the list."""
    return await desk.do(command)
