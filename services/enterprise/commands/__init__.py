"""What officers, deadlines and policies ask of this service (programme 1, docs/domain.md)."""

from services.enterprise.commands.alongside import (
    AssignInstructor,
    BeginAccompaniment,
    EndAccompaniment,
    ReleaseInstructor,
)
from services.enterprise.commands.federations import FormFederation, JoinFederation, LeaveFederation, LeaveFederations
from services.enterprise.commands.founding import ApplyForUnion, ApproveUnion
from services.enterprise.commands.joint import DissolveJointUnion, FormJointUnion, JoinJointUnion, LeaveJointUnion
from services.enterprise.commands.officers import AssignOfficer, HandOverDesk
from services.enterprise.commands.registration import EnterpriseCommand, RegisterEnterprise
from services.enterprise.commands.survey import StateWill, SurveyEnterprise
from services.enterprise.commands.visits import HoldVisit, MarkVisitOverdue

__all__ = [
    "ApplyForUnion",
    "ApproveUnion",
    "AssignInstructor",
    "AssignOfficer",
    "BeginAccompaniment",
    "DissolveJointUnion",
    "EndAccompaniment",
    "EnterpriseCommand",
    "FormFederation",
    "FormJointUnion",
    "HandOverDesk",
    "HoldVisit",
    "JoinFederation",
    "JoinJointUnion",
    "LeaveFederation",
    "LeaveFederations",
    "LeaveJointUnion",
    "MarkVisitOverdue",
    "RegisterEnterprise",
    "ReleaseInstructor",
    "StateWill",
    "SurveyEnterprise",
]
