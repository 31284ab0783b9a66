"""What officers, deadlines and policies ask of this service (programme 1, docs/domain.md)."""

from services.enterprise.commands.alongside import (
    AssignInstructor,
    BeginAccompaniment,
    EndAccompaniment,
    ReleaseInstructor,
)
from services.enterprise.commands.baseline import CloseSurvey, EnterOnBaseline
from services.enterprise.commands.ends import CloseEnterprise, LeaveProvince, MergeEnterprise, MoveEnterprise
from services.enterprise.commands.founding import (
    ApplyForUnion,
    ApproveSetUp,
    ApproveUnion,
    DissolveUnion,
    FormPreparatoryGroup,
    HoldFoundingMeeting,
)
from services.enterprise.commands.names import AdjudicateName
from services.enterprise.commands.plans import AgreePlanStep, CheckPlan, DoPlanStep, PlanFounding, ReviewPlan
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
    "AgreePlanStep",
    "ApplyForUnion",
    "ApproveSetUp",
    "ApproveUnion",
    "AssignInstructor",
    "BeginAccompaniment",
    "CheckPlan",
    "CloseEnterprise",
    "CloseSupervision",
    "CloseSurvey",
    "ConfirmRefusal",
    "DescribeEnterprise",
    "DissolveUnion",
    "DoPlanStep",
    "EndAccompaniment",
    "EndSupervision",
    "EnterOnBaseline",
    "EnterpriseCommand",
    "EscalateVisit",
    "FormPreparatoryGroup",
    "HoldFoundingMeeting",
    "HoldVisit",
    "LeaveProvince",
    "MarkVisitOverdue",
    "MergeEnterprise",
    "MoveEnterprise",
    "MoveVisitDue",
    "PauseVisitClock",
    "PlanFounding",
    "RecordRefusalContact",
    "RecordSupervisionReply",
    "RegisterEnterprise",
    "ReleaseInstructor",
    "ResumeVisitClock",
    "ReviewPlan",
    "SendSupervisionLetter",
    "StateWill",
    "SurveyEnterprise",
]
