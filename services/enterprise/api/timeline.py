"""One enterprise's whole history (企业时间线)."""

from fastapi import APIRouter

from contracts.vocabulary import CreditCode
from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk
from services.enterprise.queries.timeline import Timeline, show_timeline

router = APIRouter()


@router.get("/enterprises/{enterprise}/timeline", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def timeline(enterprise: CreditCode, desk: AtDesk) -> Timeline:
    """企业时间线 · All that happened: who, when, entered when, due when, late or not. Supervision: officers only."""
    return await show_timeline(desk, enterprise)
