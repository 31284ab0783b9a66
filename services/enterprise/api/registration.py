"""An enterprise comes on the list, and is described anew (摸底建档、变更)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import DescribeEnterprise, RegisterEnterprise

router = APIRouter()


@router.post("/register", response_model=Done, **only(Role.OFFICER))
async def register(command: RegisterEnterprise, desk: AtDesk) -> Response:
    """摸底建档 · Put an enterprise on the list."""
    return await desk.do(command)


@router.post("/describe-enterprise", response_model=Done, **only(Role.OFFICER))
async def describe_enterprise(command: DescribeEnterprise, desk: AtDesk) -> Response:
    """变更 · Enter its particulars anew, all of them."""
    return await desk.do(command)
