"""Faults: reported by anybody, confirmed and repaired by the host (报修)."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict

from contracts.stations import FaultId
from eventing.identity import Role
from eventing.shell.access import anyone, only
from eventing.shell.counter import AtCounter
from eventing.shell.desk import AtDesk, Done
from services.stations.commands import ConfirmFault, DismissFault, FaultSeen, RepairFault, ReportFault
from services.stations.queries import faults as queries
from services.stations.queries.faults import FaultFound, FaultPage, FaultsAsked

router = APIRouter()


class FaultTaken(BaseModel):
    """The report is in."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    fault: FaultId
    """Its number (报修编号): all that its reporter needs."""
    look_up: str
    """Where it says what has become of it, for anybody who has the number."""


@router.post("/report-fault", response_model=FaultTaken, **anyone())
async def report_fault(seen: FaultSeen, counter: AtCounter) -> FaultTaken:
    """报修 · Say what doesn't work; no login, and nobody is asked who they are. What is known already is told."""
    key = counter.checked_key()
    command = ReportFault(**seen.model_dump(), fault=number_of(key))
    await counter.have_done(command, key)
    return FaultTaken(fault=command.fault, look_up=f"/api/stations/faults/{command.fault}")


@router.get("/faults/{fault}", **anyone())
async def fault(fault: FaultId, counter: AtCounter) -> FaultFound:
    """查询报修 · What has become of a report, by its number; no login."""
    return await queries.find_fault(counter, fault)


@router.post("/confirm-fault", response_model=Done, **only(Role.OFFICER))
async def confirm_fault(command: ConfirmFault, desk: AtDesk) -> Response:
    """确认报修 · The host has looked: it is so. To be repaired within the working days (工作日) of its kind."""
    return await desk.do(command)


@router.post("/dismiss-fault", response_model=Done, **only(Role.OFFICER))
async def dismiss_fault(command: DismissFault, desk: AtDesk) -> Response:
    """不属故障 · The host has looked: there is none, or it is known already."""
    return await desk.do(command)


@router.post("/repair-fault", response_model=Done, **only(Role.OFFICER))
async def repair_fault(command: RepairFault, desk: AtDesk) -> Response:
    """修复 · Enter the repair; one made in time and entered late is in time."""
    return await desk.do(command)


@router.get("/faults", **only(Role.VIEWER, Role.OFFICER, Role.APPROVER))
async def faults(asked: Annotated[FaultsAsked, Query()], desk: AtDesk) -> FaultPage:
    """报修台账 · The faults at the stations of the union and those below it, page by page."""
    return await queries.list_faults(desk, asked)


def number_of(key: str) -> str:
    """The report's number, which follows from the request's key: sent again, it is the same report."""
    digest = sha256(f"fault {key}".encode()).digest()[:8]
    return "f-" + "".join(f"{byte % 10}{chr(ord('a') + byte // 10)}" for byte in digest)
