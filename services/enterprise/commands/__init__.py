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
from services.enterprise.commands.supervision import (
    CloseSupervision,
    ConfirmRefusal,
    EndSupervision,
    RecordRefusalContact,
    RecordSupervisionReply,
    SendSupervisionLetter,
)
from services.enterprise.commands.survey import StateWill, SurveyEnterprise
from services.enterprise.commands.visits import (
    EscalateVisit,
    HoldVisit,
    MarkVisitOverdue,
    MoveVisitDue,
    PauseVisitClock,
    ResumeVisitClock,
)

__all__ = [
    "AdjudicateName",
    "ApplyForUnion",
    "ApproveUnion",
    "AssignInstructor",
    "BeginAccompaniment",
    "CloseEnterprise",
    "CloseSupervision",
    "CloseSurvey",
    "ConfirmRefusal",
    "DescribeEnterprise",
    "EndAccompaniment",
    "EndSupervision",
    "EnterOnBaseline",
    "EnterpriseCommand",
    "EscalateVisit",
    "HoldVisit",
    "LeaveProvince",
    "MarkVisitOverdue",
    "MergeEnterprise",
    "MoveEnterprise",
    "MoveVisitDue",
    "PauseVisitClock",
    "RecordRefusalContact",
    "RecordSupervisionReply",
    "RegisterEnterprise",
    "ReleaseInstructor",
    "ResumeVisitClock",
    "SendSupervisionLetter",
    "StateWill",
    "SurveyEnterprise",
]
