"""What officers, deadlines and policies ask of this service (programme 1, docs/domain.md)."""

from services.enterprise.commands.alongside import (
    AssignInstructor,
    BeginAccompaniment,
    EndAccompaniment,
    ReleaseInstructor,
)
from services.enterprise.commands.founding import ApplyForUnion, ApproveUnion
from services.enterprise.commands.registration import EnterpriseCommand, RegisterEnterprise
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
    "ApplyForUnion",
    "ApproveUnion",
    "AssignInstructor",
    "BeginAccompaniment",
    "CloseSupervision",
    "ConfirmRefusal",
    "EndAccompaniment",
    "EndSupervision",
    "EnterpriseCommand",
    "EscalateVisit",
    "HoldVisit",
    "MarkVisitOverdue",
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
