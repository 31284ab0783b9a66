"""What officers, deadlines and policies ask of this service (programme 1, docs/domain.md)."""

from services.enterprise.commands.alongside import (
    AssignInstructor,
    BeginAccompaniment,
    EndAccompaniment,
    ReleaseInstructor,
)
from services.enterprise.commands.founding import (
    ApplyForUnion,
    ApproveSetUp,
    ApproveUnion,
    DissolveUnion,
    FormPreparatoryGroup,
    HoldFoundingMeeting,
)
from services.enterprise.commands.plans import AgreePlanStep, CheckPlan, DoPlanStep, PlanFounding, ReviewPlan
from services.enterprise.commands.registration import EnterpriseCommand, RegisterEnterprise
from services.enterprise.commands.survey import StateWill, SurveyEnterprise
from services.enterprise.commands.visits import HoldVisit, MarkVisitOverdue

__all__ = [
    "AgreePlanStep",
    "ApplyForUnion",
    "ApproveSetUp",
    "ApproveUnion",
    "AssignInstructor",
    "BeginAccompaniment",
    "CheckPlan",
    "DissolveUnion",
    "DoPlanStep",
    "EndAccompaniment",
    "EnterpriseCommand",
    "FormPreparatoryGroup",
    "HoldFoundingMeeting",
    "HoldVisit",
    "MarkVisitOverdue",
    "PlanFounding",
    "RegisterEnterprise",
    "ReleaseInstructor",
    "ReviewPlan",
    "StateWill",
    "SurveyEnterprise",
]
