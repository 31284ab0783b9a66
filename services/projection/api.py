"""The HTTP interface: the scoreboard of a region, and the enterprises behind each of its figures."""

from typing import Annotated

from fastapi import APIRouter, Query

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk
from services.projection import queries
from services.projection.queries import BoardAsked, EnterprisePage, EnterprisesAsked, Scoreboard

router = APIRouter(prefix="/api/projection", tags=["projection 共享读模型"])

_READERS = only(Role.VIEWER, Role.OFFICER, Role.APPROVER, Role.OPERATOR)


@router.get("/scoreboard", **_READERS)
async def scoreboard(asked: Annotated[BoardAsked, Query()], desk: AtDesk) -> Scoreboard:
    """建会进度 · The drive's three rates and what is open, in a region and in each right below it, as of a day."""
    return await queries.board_of(desk, asked)


@router.get("/scoreboard/enterprises", **_READERS)
async def enterprises(asked: Annotated[EnterprisesAsked, Query()], desk: AtDesk) -> EnterprisePage:
    """指标明细 · The enterprises behind a number of the board, page by page; hidden ones counted."""
    return await queries.list_enterprises(desk, asked)
