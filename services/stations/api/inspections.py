"""Inspections of stations (巡查)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import InspectStation

router = APIRouter()


@router.post("/inspect-station", response_model=Done, **only(Role.OFFICER))
async def inspect_station(command: InspectStation, desk: AtDesk) -> Response:
    """巡查驿站 · Enter what was found at a time at which it should be open; again for that day: this holds."""
    return await desk.do(command)
