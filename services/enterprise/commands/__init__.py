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
from services.enterprise.commands.baseline import CloseSurvey, EnterOnBaseline
from services.enterprise.commands.check_ins import HoldCheckIn, MarkCheckInMissed
from services.enterprise.commands.ends import CloseEnterprise, LeaveProvince, MergeEnterprise, MoveEnterprise
from services.enterprise.commands.federations import FormFederation, JoinFederation, LeaveFederation, LeaveFederations
from services.enterprise.commands.founding import (
    ApplyForUnion,
    ApproveSetUp,
    ApproveUnion,
    DissolveUnion,
    FormPreparatoryGroup,
    HoldFoundingMeeting,
    JoinMembers,
)
from services.enterprise.commands.joint import DissolveJointUnion, FormJointUnion, JoinJointUnion, LeaveJointUnion
from services.enterprise.commands.members import ReportMembers
from services.enterprise.commands.names import AdjudicateName
from services.enterprise.commands.officers import AssignOfficer, HandOverDesk
from services.enterprise.commands.plans import AgreePlanStep, CheckPlan, DoPlanStep, PlanFounding, ReviewPlan
from services.enterprise.commands.registration import DescribeEnterprise, EnterpriseCommand, RegisterEnterprise
from services.enterprise.commands.return_visits import HoldReturnVisit, MarkReturnVisitMissed, RectifyShell
from services.enterprise.commands.stations import (
    NoteStation,
    NoteStationGone,
    SeeClosing,
    StationOfTown,
    TellOfClosing,
)
from services.enterprise.commands.supervision import (
    CloseSupervision,
    ConfirmRefusal,
    EndSupervision,
    RecordRefusalContact,
    RecordSupervisionReply,
    SendSupervisionLetter,
)
from services.enterprise.commands.survey import StateWill, SurveyEnterprise
from services.enterprise.commands.targets import SetTarget
from services.enterprise.commands.unions import (
    ElectChair,
    EndUnion,
    EstablishUnion,
    MarkTermOverrun,
    RenewTerm,
    VacateChair,
)
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
    "AssessAccompaniment",
    "AssignInstructor",
    "AssignOfficer",
    "BeginAccompaniment",
    "BreakOffAccompaniment",
    "CheckPlan",
    "CloseEnterprise",
    "CloseSupervision",
    "CloseSurvey",
    "ConfirmRefusal",
    "DescribeEnterprise",
    "DissolveJointUnion",
    "DissolveUnion",
    "DoPlanStep",
    "ElectChair",
    "EndAccompaniment",
    "EndSupervision",
    "EndUnion",
    "EnterOnBaseline",
    "EnterpriseCommand",
    "EscalateVisit",
    "EstablishUnion",
    "ExtendAccompaniment",
    "FormFederation",
    "FormJointUnion",
    "FormPreparatoryGroup",
    "HandOverDesk",
    "HoldCheckIn",
    "HoldFoundingMeeting",
    "HoldReturnVisit",
    "HoldVisit",
    "JoinFederation",
    "JoinJointUnion",
    "JoinMembers",
    "LeaveFederation",
    "LeaveFederations",
    "LeaveJointUnion",
    "LeaveProvince",
    "MarkCheckInMissed",
    "MarkReturnVisitMissed",
    "MarkTermOverrun",
    "MarkVisitOverdue",
    "MergeEnterprise",
    "MoveEnterprise",
    "MoveVisitDue",
    "NoteStation",
    "NoteStationGone",
    "PauseVisitClock",
    "PlanFounding",
    "RecordRefusalContact",
    "RecordSupervisionReply",
    "RectifyShell",
    "RegisterEnterprise",
    "ReleaseInstructor",
    "RenewTerm",
    "ReportMembers",
    "ResumeVisitClock",
    "ReviewPlan",
    "SeeClosing",
    "SendSupervisionLetter",
    "SetTarget",
    "StateWill",
    "StationOfTown",
    "SurveyEnterprise",
    "TellOfClosing",
    "VacateChair",
    "WithdrawInstructor",
]
