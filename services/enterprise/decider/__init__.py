"""What this service decides, as a table: these commands, over these streams, by this function, for this union."""

from eventing.decision import Decision, StreamRef
from services.enterprise.commands import (
    ApplyForUnion,
    ApproveUnion,
    AssignInstructor,
    AssignOfficer,
    BeginAccompaniment,
    DissolveJointUnion,
    EndAccompaniment,
    EnterpriseCommand,
    FormFederation,
    FormJointUnion,
    HandOverDesk,
    HoldVisit,
    JoinFederation,
    JoinJointUnion,
    LeaveFederation,
    LeaveFederations,
    LeaveJointUnion,
    MarkVisitOverdue,
    RegisterEnterprise,
    ReleaseInstructor,
    StateWill,
    SurveyEnterprise,
)
from services.enterprise.decider import (
    alongside,
    federations,
    founding,
    handover,
    instructors,
    joint,
    officers,
    registration,
    survey,
    units,
    visits,
)
from services.enterprise.decider.alongside import ACCOMPANIMENT
from services.enterprise.decider.enterprise import ENTERPRISE, responsible
from services.enterprise.decider.federations import FEDERATION, MEMBER
from services.enterprise.decider.handover import DESK
from services.enterprise.decider.instructors import INSTRUCTOR
from services.enterprise.decider.joint import JOINT_UNION
from services.enterprise.decider.officers import CHARGE
from services.enterprise.decider.units import UNIT


def _enterprise(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (ENTERPRISE.of(command.enterprise),)


def _accompaniment(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (ACCOMPANIMENT.of(command.enterprise),)


def _accompaniment_and_instructor(command: AssignInstructor) -> tuple[StreamRef, ...]:
    return (ACCOMPANIMENT.of(command.enterprise), INSTRUCTOR.of(command.instructor))


def _instructor(command: ReleaseInstructor) -> tuple[StreamRef, ...]:
    return (INSTRUCTOR.of(command.instructor),)


def _joint_union(command: FormJointUnion | DissolveJointUnion) -> tuple[StreamRef, ...]:
    return (JOINT_UNION.of(command.union),)


def _unit_and_what_it_joins(command: JoinJointUnion) -> tuple[StreamRef, ...]:
    return (UNIT.of(command.enterprise), ENTERPRISE.of(command.enterprise), JOINT_UNION.of(command.union))


def _unit(command: LeaveJointUnion) -> tuple[StreamRef, ...]:
    return (UNIT.of(command.enterprise), ENTERPRISE.of(command.enterprise))


def _federation(command: FormFederation) -> tuple[StreamRef, ...]:
    return (FEDERATION.of(command.federation),)


def _member_and_federation(command: JoinFederation | LeaveFederation) -> tuple[StreamRef, ...]:
    return (MEMBER.of(command.enterprise), FEDERATION.of(command.federation))


def _member_and_what_it_joins(command: JoinFederation) -> tuple[StreamRef, ...]:
    return (*_member_and_federation(command), ENTERPRISE.of(command.enterprise))


def _member(command: LeaveFederations) -> tuple[StreamRef, ...]:
    return (MEMBER.of(command.enterprise),)


def _charge(command: AssignOfficer) -> tuple[StreamRef, ...]:
    return (CHARGE.of(command.enterprise), ENTERPRISE.of(command.enterprise))


def _desk(command: HandOverDesk) -> tuple[StreamRef, ...]:
    return (DESK.of(command.officer),)


def _nobody(*_: object) -> None:
    return None


DECISIONS: tuple[Decision, ...] = (
    Decision((RegisterEnterprise,), _enterprise, registration.register, registration.owner),
    Decision((SurveyEnterprise,), _enterprise, survey.count, responsible),
    Decision((StateWill,), _enterprise, survey.state_will, responsible),
    Decision((HoldVisit,), _enterprise, visits.hold, responsible),
    Decision((MarkVisitOverdue,), _enterprise, visits.mark_overdue, responsible),
    Decision((ApplyForUnion,), _enterprise, founding.apply, responsible),
    Decision((ApproveUnion,), _enterprise, founding.approve, responsible),
    Decision((BeginAccompaniment,), _accompaniment, alongside.begin, alongside.owner),
    Decision((AssignInstructor,), _accompaniment_and_instructor, alongside.assign, alongside.owner),
    Decision((EndAccompaniment,), _accompaniment, alongside.end, alongside.owner),
    Decision((ReleaseInstructor,), _instructor, instructors.release, _nobody),
    Decision((FormJointUnion,), _joint_union, joint.form, joint.owner_of_new),
    Decision((DissolveJointUnion,), _joint_union, joint.dissolve, joint.owner, look=joint.units_of),
    Decision((JoinJointUnion,), _unit_and_what_it_joins, units.join, units.owner),
    Decision((LeaveJointUnion,), _unit, units.leave, units.owner),
    Decision((FormFederation,), _federation, federations.form, federations.owner_of_new),
    Decision((JoinFederation,), _member_and_what_it_joins, federations.join, federations.owner),
    Decision((LeaveFederation,), _member_and_federation, federations.leave, federations.owner),
    Decision((LeaveFederations,), _member, federations.leave_all, _nobody),
    Decision((AssignOfficer,), _charge, officers.assign, officers.owner),
    Decision((HandOverDesk,), _desk, handover.hand_over, handover.owner, look=handover.charges_of),
)
