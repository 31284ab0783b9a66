"""The ledger of enterprises (企业台账)."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.vocabulary import CreditCode
from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk
from services.enterprise.queries import enterprises as queries
from services.enterprise.queries.enterprises import EnterpriseFound, EnterprisePage, EnterprisesAsked

router = APIRouter()


@router.get("/enterprises", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def enterprises(asked: Annotated[EnterprisesAsked, Query()], desk: AtDesk) -> EnterprisePage:
    """企业台账 · The ledger of your union and those below it, page by page."""
    return await queries.list_enterprises(desk, asked)


@router.get("/enterprises/{enterprise}", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def enterprise(enterprise: CreditCode, desk: AtDesk) -> EnterpriseFound:
    """企业详情 · One enterprise by its unified social credit code (统一社会信用代码)."""
    return await queries.get_enterprise(desk, enterprise)
