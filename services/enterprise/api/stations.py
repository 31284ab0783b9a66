"""Stations of a town, as far as its unions go by them."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import SeeClosing

router = APIRouter()


@router.post("/see-station-closing", response_model=Done, **only(Role.OFFICER))
async def see_station_closing(command: SeeClosing, desk: AtDesk) -> Response:
    """已知悉撤站 · The enterprise's union knows that a station of its town is closed; it leaves the desk."""
    return await desk.do(command)
