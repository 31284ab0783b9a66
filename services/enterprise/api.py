"""The HTTP interface: one route per command that an officer gives, and the ledger."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.vocabulary import CreditCode
from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise import queries
from services.enterprise.commands import (
    ApplyForUnion,
    ApproveUnion,
    AssignInstructor,
    HoldVisit,
    RegisterEnterprise,
    StateWill,
    SurveyEnterprise,
)
from services.enterprise.queries import EnterpriseFound, EnterprisePage, EnterprisesAsked

router = APIRouter(prefix="/api/enterprise", tags=["enterprise 非公企业建会"])


@router.post("/register", response_model=Done, **only(Role.OFFICER))
async def register(command: RegisterEnterprise, desk: AtDesk) -> Response:
    """摸底建档 · Put an enterprise on the list."""
    return await desk.do(command)


@router.post("/survey", response_model=Done, **only(Role.OFFICER))
async def survey(command: SurveyEnterprise, desk: AtDesk) -> Response:
    """全面摸底 · Enter its headcount, dispatched workers (劳务派遣) beside it; again whenever it has changed."""
    return await desk.do(command)


@router.post("/state-will", response_model=Done, **only(Role.OFFICER))
async def state_will(command: StateWill, desk: AtDesk) -> Response:
    """建会意愿 · Enter whether it wants a union. A willing one is visited within 5 working days (5个工作日内走访)."""
    return await desk.do(command)


@router.post("/hold-visit", response_model=Done, **only(Role.OFFICER))
async def hold_visit(command: HoldVisit, desk: AtDesk) -> Response:
    """入企深谈 · Enter the visit held; one held in time but entered late withdraws the overdue entry (撤销逾期)."""
    return await desk.do(command)


@router.post("/apply", response_model=Done, **only(Role.OFFICER))
async def apply(command: ApplyForUnion, desk: AtDesk) -> Response:
    """申请建会 · Enter the preparatory group's application."""
    return await desk.do(command)


@router.post("/approve", response_model=Done, **only(Role.APPROVER))
async def approve(command: ApproveUnion, desk: AtDesk) -> Response:
    """批复成立 · Approve the union; the 60 days alongside (60天陪跑) begin by themselves."""
    return await desk.do(command)


@router.post("/assign-instructor", response_model=Done, **only(Role.OFFICER))
async def assign_instructor(command: AssignInstructor, desk: AtDesk) -> Response:
    """指派优会强会指导员 · Assign the instructor who walks with the new union; at most 10 unions at once."""
    return await desk.do(command)


@router.get("/enterprises", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def enterprises(asked: Annotated[EnterprisesAsked, Query()], desk: AtDesk) -> EnterprisePage:
    """企业台账 · The ledger of your union and those below it, page by page."""
    return await queries.list_enterprises(desk, asked)


@router.get("/enterprises/{enterprise}", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def enterprise(enterprise: CreditCode, desk: AtDesk) -> EnterpriseFound:
    """企业详情 · One enterprise by its unified social credit code (统一社会信用代码)."""
    return await queries.get_enterprise(desk, enterprise)
