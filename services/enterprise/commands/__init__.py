"""What officers, deadlines and policies ask of this service (programme 1, docs/domain.md)."""

from services.enterprise.commands.alongside import (
    AssignInstructor,
    BeginAccompaniment,
    EndAccompaniment,
    ReleaseInstructor,
)
from services.enterprise.commands.baseline import CloseSurvey, EnterOnBaseline
from services.enterprise.commands.ends import CloseEnterprise, LeaveProvince, MergeEnterprise, MoveEnterprise
from services.enterprise.commands.founding import ApplyForUnion, ApproveUnion
from services.enterprise.commands.names import AdjudicateName
from services.enterprise.commands.registration import DescribeEnterprise, EnterpriseCommand, RegisterEnterprise
from services.enterprise.commands.survey import StateWill, SurveyEnterprise
from services.enterprise.commands.visits import HoldVisit, MarkVisitOverdue

__all__ = [
    "AdjudicateName",
    "ApplyForUnion",
    "ApproveUnion",
    "AssignInstructor",
    "BeginAccompaniment",
    "CloseEnterprise",
    "CloseSurvey",
    "DescribeEnterprise",
    "EndAccompaniment",
    "EnterOnBaseline",
    "EnterpriseCommand",
    "HoldVisit",
    "LeaveProvince",
    "MarkVisitOverdue",
    "MergeEnterprise",
    "MoveEnterprise",
    "RegisterEnterprise",
    "ReleaseInstructor",
    "StateWill",
    "SurveyEnterprise",
]
