"""When a station opens (开放时间)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import SetOpeningHours

router = APIRouter()


@router.post("/set-opening-hours", response_model=Done, **only(Role.OFFICER))
async def set_opening_hours(command: SetOpeningHours, desk: AtDesk) -> Response:
    """开放时间 · Enter all of its opening hours and exceptions, in place of those before."""
    return await desk.do(command)
