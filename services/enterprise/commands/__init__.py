"""What officers, deadlines and policies ask of this service (programme 1, docs/domain.md)."""

from services.enterprise.commands.alongside import (
    AssignInstructor,
    BeginAccompaniment,
    EndAccompaniment,
    ReleaseInstructor,
)
from services.enterprise.commands.founding import ApplyForUnion, ApproveUnion
from services.enterprise.commands.registration import EnterpriseCommand, RegisterEnterprise
from services.enterprise.commands.survey import StateWill, SurveyEnterprise
from services.enterprise.commands.targets import SetTarget
from services.enterprise.commands.visits import HoldVisit, MarkVisitOverdue

__all__ = [
    "ApplyForUnion",
    "ApproveUnion",
    "AssignInstructor",
    "BeginAccompaniment",
    "EndAccompaniment",
    "EnterpriseCommand",
    "HoldVisit",
    "MarkVisitOverdue",
    "RegisterEnterprise",
    "ReleaseInstructor",
    "SetTarget",
    "StateWill",
    "SurveyEnterprise",
]
