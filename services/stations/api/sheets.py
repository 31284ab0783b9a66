"""A station's sheet (驿站档案)."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.vocabulary import StationId
from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk
from services.stations.queries import sheets as queries
from services.stations.queries.sheets import Sheet, SheetAsked

router = APIRouter()


@router.get("/stations/{station}/sheet", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def sheet(station: StationId, asked: Annotated[SheetAsked, Query()], desk: AtDesk) -> Sheet:
    """驿站档案 · What it has and whether it works, its titles, its rating and the evidence for it."""
    return await queries.show_sheet(desk, station, asked)
