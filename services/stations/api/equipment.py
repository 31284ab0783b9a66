"""What a station has (驿站设施)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import InstallEquipment, RemoveEquipment

router = APIRouter()


@router.post("/install-equipment", response_model=Done, **only(Role.OFFICER))
async def install_equipment(command: InstallEquipment, desk: AtDesk) -> Response:
    """配备设施 · The station has it from that day on."""
    return await desk.do(command)


@router.post("/remove-equipment", response_model=Done, **only(Role.OFFICER))
async def remove_equipment(command: RemoveEquipment, desk: AtDesk) -> Response:
    """撤除设施 · It has it no more; confirmed faults of it are dropped."""
    return await desk.do(command)
