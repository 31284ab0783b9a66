"""A policy of its own for each enterprise of 100 or more (一企一策), and the county's work list (逐一销号)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.vocabulary import CreditCode
from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.enterprise.commands import AgreePlanStep, CheckPlan, DoPlanStep, PlanFounding
from services.enterprise.queries import plans as queries
from services.enterprise.queries.plan_steps import PlanStepPage, PlanStepsAsked, list_plan_steps
from services.enterprise.queries.plans import PlanFound, PlanPage, PlansAsked

router = APIRouter()


@router.post("/agree-plan-step", response_model=Done, **only(Role.OFFICER))
async def agree_plan_step(command: AgreePlanStep, desk: AtDesk) -> Response:
    """商定措施 · Agree who does what by when; again to change it."""
    return await desk.do(command)


@router.post("/do-plan-step", response_model=Done, **only(Role.OFFICER))
async def do_plan_step(command: DoPlanStep, desk: AtDesk) -> Response:
    """完成措施 · Enter that an agreed step was done."""
    return await desk.do(command)


@router.post("/plan-founding", response_model=Done, **only(Role.OFFICER))
async def plan_founding(command: PlanFounding, desk: AtDesk) -> Response:
    """计划建会 · Set the day for which the founding is planned."""
    return await desk.do(command)


@router.post("/check-plan", response_model=Done, **only(Role.APPROVER))
async def check_plan(command: CheckPlan, desk: AtDesk) -> Response:
    """核查销号 · By the union next up of the one whose list it is: strike the enterprise off, or send it back."""
    return await desk.do(command)


@router.get("/plans", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def plans(asked: Annotated[PlansAsked, Query()], desk: AtDesk) -> PlanPage:
    """百人以上企业工作清单 · The work list of your union and those below it, page by page, with counts by status."""
    return await queries.list_plans(desk, asked)


@router.get("/plans/{enterprise}", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def plan(enterprise: CreditCode, desk: AtDesk) -> PlanFound:
    """一企一策 · One enterprise's plan with its steps."""
    return await queries.get_plan(desk, enterprise)


@router.get("/plan-steps", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def plan_steps(asked: Annotated[PlanStepsAsked, Query()], desk: AtDesk) -> PlanStepPage:
    """一企一策措施 · Who does what by when, over all plans of your union and those below it, page by page."""
    return await list_plan_steps(desk, asked)
