"""Joint supervision of those that refuse to talk (重点督导). Internal: nobody who only views sees it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import (
    ConfirmRefusal,
    EndSupervision,
    RecordRefusalContact,
    RecordSupervisionReply,
    SendSupervisionLetter,
)
from services.enterprise.queries import supervision as queries
from services.enterprise.queries.supervision import SupervisionPage, SupervisionsAsked

router = APIRouter()


@router.post("/record-refusal-contact", response_model=Done, **only(Role.OFFICER))
async def record_refusal_contact(command: RecordRefusalContact, desk: AtDesk) -> Response:
    """联系记录 · Enter that it was contacted and refused to talk."""
    return await desk.do(command)


@router.post("/confirm-refusal", response_model=Done, **only(Role.APPROVER))
async def confirm_refusal(command: ConfirmRefusal, desk: AtDesk) -> Response:
    """确认拒谈 · Confirm, after contacts on two days, that it refuses; it comes under joint supervision."""
    return await desk.do(command)


@router.post("/send-supervision-letter", response_model=Done, **only(Role.OFFICER))
async def send_supervision_letter(command: SendSupervisionLetter, desk: AtDesk) -> Response:
    """函告 · Enter the letter to labour inspection (劳动监察), market supervision (市场监管) or another authority."""
    return await desk.do(command)


@router.post("/record-supervision-reply", response_model=Done, **only(Role.OFFICER))
async def record_supervision_reply(command: RecordSupervisionReply, desk: AtDesk) -> Response:
    """复函 · Enter that the authority replied."""
    return await desk.do(command)


@router.post("/end-supervision", response_model=Done, **only(Role.OFFICER))
async def end_supervision(command: EndSupervision, desk: AtDesk) -> Response:
    """结束督导 · End joint supervision; with one that no longer refuses it ends by itself."""
    return await desk.do(command)


@router.get("/supervisions", **only(Role.OFFICER, Role.APPROVER))
async def supervisions(asked: Annotated[SupervisionsAsked, Query()], desk: AtDesk) -> SupervisionPage:
    """督导台账 · Refusing enterprises of your union and those below it, page by page; not to be made public."""
    return await queries.list_supervisions(desk, asked)
