"""Stations of a town, as far as its unions go by them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import SeeClosing
from services.enterprise.queries import stations as queries
from services.enterprise.queries.stations import ClosingPage, ClosingsAsked

router = APIRouter()


@router.post("/see-station-closing", response_model=Done, **only(Role.OFFICER))
async def see_station_closing(command: SeeClosing, desk: AtDesk) -> Response:
    """已知悉撤站 · The enterprise's union knows that a station of its town is closed; it leaves the desk."""
    return await desk.do(command)


@router.get("/station-closings", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def station_closings(asked: Annotated[ClosingsAsked, Query()], desk: AtDesk) -> ClosingPage:
    """撤站通知 · The unions that are told of closed stations of their town, until they have seen it."""
    return await queries.list_closings(desk, asked)
