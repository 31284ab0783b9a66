"""The HTTP interface: a region's boards with the lists behind them, its targets, its monthly reports."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.vocabulary import Month, RegionCode
from eventing.identity import Role
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Done
from services.projection import queries
from services.projection.commands import AcceptAsked, AcceptReport, ReturnAsked, ReturnReport, SealAsked
from services.projection.queries import (
    BoardAsked,
    EditionAsked,
    EnterprisePage,
    EnterprisesAsked,
    PaceAsked,
    PacePage,
    ReportFound,
    ReportPage,
    ReportsAsked,
    Scoreboard,
    Shares,
    SharesAsked,
)
from services.projection.queries.stations import (
    StationListAsked,
    StationListPage,
    StationsAsked,
    StationsBoard,
    list_stations,
    stations_of,
)

router = APIRouter(prefix="/api/projection", tags=["projection 共享读模型"])

_READERS = only(Role.VIEWER, Role.OFFICER, Role.APPROVER, Role.OPERATOR)


@router.get("/scoreboard", **_READERS)
async def scoreboard(asked: Annotated[BoardAsked, Query()], desk: AtDesk) -> Scoreboard:
    """建会进度 · The drive's three rates and what is open, in a region and in each right below it, as of a day."""
    return await queries.board_of(desk, asked)


@router.get("/scoreboard/enterprises", **_READERS)
async def enterprises(asked: Annotated[EnterprisesAsked, Query()], desk: AtDesk) -> EnterprisePage:
    """指标明细 · The enterprises behind a number of the board, page by page; hidden ones counted."""
    return await queries.list_behind(desk, asked)


@router.get("/scoreboard/pace", **_READERS)
async def pace(asked: Annotated[PaceAsked, Query()], desk: AtDesk) -> PacePage:
    """进度明细 · The enterprises behind what was had: those that came to be covered, or that no longer are."""
    return await queries.list_pace(desk, asked)


@router.get("/stations", **_READERS)
async def stations(asked: Annotated[StationsAsked, Query()], desk: AtDesk) -> StationsBoard:
    """驿站建设看板 · Stations, towns covered, faults, services and visits in a region and right below it, on a day."""
    return await stations_of(desk, asked)


@router.get("/stations/list", **_READERS)
async def stations_list(asked: Annotated[StationListAsked, Query()], desk: AtDesk) -> StationListPage:
    """驿站指标明细 · What stands behind a number of the stations' board, page by page."""
    return await list_stations(desk, asked)


@router.get("/targets", **_READERS)
async def targets(asked: Annotated[SharesAsked, Query()], desk: AtDesk) -> Shares:
    """目标分解 · A region's target beside those of the regions right below: can their shares reach it?"""
    return await queries.shares_of(desk, asked)


@router.post("/reports/{month}", response_model=Done, **only(Role.OFFICER))
async def seal(month: Month, asked: SealAsked, desk: AtDesk) -> Response:
    """封存月报 · Freeze the board as of the month's last day; what is entered later never changes it."""
    return await desk.do(await queries.to_seal(desk, asked.region, month, asked.at_least))


@router.post("/reports/{month}/return", response_model=Done, **only(Role.APPROVER))
async def return_(month: Month, asked: ReturnAsked, desk: AtDesk) -> Response:
    """退回月报 · Send a report back to the union that sealed it; it may then be sealed again."""
    return await desk.do(ReturnReport(month=month, **asked.model_dump()))


@router.post("/reports/{month}/accept", response_model=Done, **only(Role.APPROVER))
async def accept(month: Month, asked: AcceptAsked, desk: AtDesk) -> Response:
    """验收月报 · Accept a report of the union below; the month is closed."""
    return await desk.do(AcceptReport(month=month, **asked.model_dump()))


@router.get("/reports", **_READERS)
async def reports(asked: Annotated[ReportsAsked, Query()], desk: AtDesk) -> ReportPage:
    """月报台账 · The reports of a region and those in it, each edition with what became of it."""
    return await queries.list_reports(desk, asked)


@router.get("/reports/{region}/{month}", **_READERS)
async def report(
    region: RegionCode, month: Month, asked: Annotated[EditionAsked, Query()], desk: AtDesk
) -> ReportFound:
    """月报 · A report exactly as it was sealed, and what has changed since (补录变动)."""
    return await queries.get_report(desk, region, month, asked)
