"""Federations of an industry or an area (行业性/区域性工会联合会)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import FormFederation, JoinFederation, LeaveFederation
from services.enterprise.queries import federations as queries
from services.enterprise.queries.federations import (
    FederationMemberPage,
    FederationMembersAsked,
    FederationPage,
    FederationsAsked,
)

router = APIRouter()


@router.post("/form-federation", response_model=Done, **only(Role.APPROVER))
async def form_federation(command: FormFederation, desk: AtDesk) -> Response:
    """组建工会联合会 · Form a federation in a city, of an industry or an area."""
    return await desk.do(command)


@router.post("/join-federation", response_model=Done, **only(Role.OFFICER))
async def join_federation(command: JoinFederation, desk: AtDesk) -> Response:
    """加入工会联合会 · Enter that an enterprise's own union became a member."""
    return await desk.do(command)


@router.post("/leave-federation", response_model=Done, **only(Role.OFFICER))
async def leave_federation(command: LeaveFederation, desk: AtDesk) -> Response:
    """退出工会联合会 · Enter that it left. With its dissolution or the enterprise's end it leaves by itself."""
    return await desk.do(command)


@router.get("/federations", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def federations(asked: Annotated[FederationsAsked, Query()], desk: AtDesk) -> FederationPage:
    """工会联合会名单 · The federations of your union and those below it, page by page."""
    return await queries.list_federations(desk, asked)


@router.get("/federation-members", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def federation_members(asked: Annotated[FederationMembersAsked, Query()], desk: AtDesk) -> FederationMemberPage:
    """联合会成员 · The members of a federation, page by page."""
    return await queries.list_members(desk, asked)
