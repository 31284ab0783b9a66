"""What officers, deadlines and policies ask of this service (programme 1, docs/domain.md)."""

from services.enterprise.commands.alongside import (
    AssessAccompaniment,
    AssignInstructor,
    BeginAccompaniment,
    BreakOffAccompaniment,
    EndAccompaniment,
    ExtendAccompaniment,
    ReleaseInstructor,
    WithdrawInstructor,
)
from services.enterprise.commands.check_ins import HoldCheckIn, MarkCheckInMissed
from services.enterprise.commands.founding import ApplyForUnion, ApproveUnion
from services.enterprise.commands.members import ReportMembers
from services.enterprise.commands.registration import EnterpriseCommand, RegisterEnterprise
from services.enterprise.commands.return_visits import HoldReturnVisit, MarkReturnVisitMissed, RectifyShell
from services.enterprise.commands.survey import StateWill, SurveyEnterprise
from services.enterprise.commands.unions import (
    ElectChair,
    EndUnion,
    EstablishUnion,
    MarkTermOverrun,
    RenewTerm,
    VacateChair,
)
from services.enterprise.commands.visits import HoldVisit, MarkVisitOverdue

__all__ = [
    "ApplyForUnion",
    "ApproveUnion",
    "AssessAccompaniment",
    "AssignInstructor",
    "BeginAccompaniment",
    "BreakOffAccompaniment",
    "ElectChair",
    "EndAccompaniment",
    "EndUnion",
    "EnterpriseCommand",
    "EstablishUnion",
    "ExtendAccompaniment",
    "HoldCheckIn",
    "HoldReturnVisit",
    "HoldVisit",
    "MarkCheckInMissed",
    "MarkReturnVisitMissed",
    "MarkTermOverrun",
    "MarkVisitOverdue",
    "RectifyShell",
    "RegisterEnterprise",
    "ReleaseInstructor",
    "RenewTerm",
    "ReportMembers",
    "StateWill",
    "SurveyEnterprise",
    "VacateChair",
    "WithdrawInstructor",
]
