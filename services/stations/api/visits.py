"""How many come in (客流)."""

from fastapi import APIRouter, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import CountVisits

router = APIRouter()


@router.post("/count-visits", response_model=Done, **only(Role.OFFICER))
async def count_visits(command: CountVisits, desk: AtDesk) -> Response:
    """客流计数 · Enter how many came in on a day; again for that day: this number holds."""
    return await desk.do(command)
