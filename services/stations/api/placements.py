"""Where cabins stand, and which towns they cover (移动驿站投放、镇街覆盖)."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk
from services.stations.commands import PlaceCabin, RemoveCabin
from services.stations.queries import coverage as covering
from services.stations.queries import placements as queries
from services.stations.queries import stranded
from services.stations.queries.coverage import Coverage, CoverageAsked
from services.stations.queries.placements import PlacementPage, PlacementsAsked
from services.stations.queries.stranded import StationDone

router = APIRouter()


@router.post("/place-cabin", response_model=StationDone, **only(Role.OFFICER))
async def place_cabin(command: PlaceCabin, desk: AtDesk) -> Response:
    """投放小木屋 · Place a cabin in a town, from a day on."""
    return await desk.do(command, partial(stranded.warnings, command=command))


@router.post("/remove-cabin", response_model=StationDone, **only(Role.OFFICER))
async def remove_cabin(command: RemoveCabin, desk: AtDesk) -> Response:
    """撤走小木屋 · It stands there no more."""
    return await desk.do(command, partial(stranded.warnings, command=command))


@router.get("/placements", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def placements(asked: Annotated[PlacementsAsked, Query()], desk: AtDesk) -> PlacementPage:
    """投放台账 · Where the cabins of your union and those below it stand and stood, page by page."""
    return await queries.list_placements(desk, asked)


@router.get("/coverage", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def coverage(asked: Annotated[CoverageAsked, Query()], desk: AtDesk) -> Coverage:
    """镇街覆盖 · Which of a district's towns have a cabin on a day, and where to place the next."""
    return await covering.coverage(desk, asked)
