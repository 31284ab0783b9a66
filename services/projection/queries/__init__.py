"""What the read models answer: boards, the enterprises behind each figure, targets, monthly reports."""

from services.projection.queries.board import BoardAsked, Scoreboard, board_of
from services.projection.queries.enterprises import EnterprisePage, EnterprisesAsked, list_enterprises
from services.projection.queries.gap import list_behind
from services.projection.queries.pace import PaceAsked, PacePage, list_pace
from services.projection.queries.reports import (
    EditionAsked,
    ReportFound,
    ReportPage,
    ReportsAsked,
    get_report,
    list_reports,
)
from services.projection.queries.sealing import to_seal
from services.projection.queries.targets import Shares, SharesAsked, shares_of

__all__ = [
    "BoardAsked",
    "EditionAsked",
    "EnterprisePage",
    "EnterprisesAsked",
    "PaceAsked",
    "PacePage",
    "ReportFound",
    "ReportPage",
    "ReportsAsked",
    "Scoreboard",
    "Shares",
    "SharesAsked",
    "board_of",
    "get_report",
    "list_behind",
    "list_enterprises",
    "list_pace",
    "list_reports",
    "shares_of",
    "to_seal",
]
