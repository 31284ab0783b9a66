"""What unions strive for (力争目标), and its history."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk
from services.enterprise.commands import SetTarget
from services.enterprise.queries import shares
from services.enterprise.queries import targets as queries
from services.enterprise.queries.shares import TargetDone
from services.enterprise.queries.targets import TargetPage, TargetsAsked

router = APIRouter()


@router.post("/set-target", response_model=TargetDone, **only(Role.APPROVER))
async def set_target(command: SetTarget, desk: AtDesk) -> Response:
    """下达目标 · Set or change a union's target, your own or one below; shares that fall short are warned of."""
    return await desk.do(command, partial(shares.warnings, command=command))


@router.get("/targets", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def targets(asked: Annotated[TargetsAsked, Query()], desk: AtDesk) -> TargetPage:
    """目标台账 · The targets of your union and those below with all changes: who, why, since when."""
    return await queries.list_targets(desk, asked)
