"""When a station opens (开放时间)."""

from functools import partial

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk
from services.stations.commands import SetOpeningHours
from services.stations.queries import stranded
from services.stations.queries.stranded import StationDone

router = APIRouter()


@router.post("/set-opening-hours", response_model=StationDone, **only(Role.OFFICER))
async def set_opening_hours(command: SetOpeningHours, desk: AtDesk) -> Response:
    """开放时间 · Enter all of its opening hours and exceptions, in place of those before."""
    return await desk.do(command, partial(stranded.warnings, command=command))
