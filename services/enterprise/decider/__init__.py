"""What this service decides, as a table: these commands, over these streams, by this function, for this union."""

from eventing.decision import Decision, StreamRef
from services.enterprise.commands import (
    AdjudicateName,
    AgreePlanStep,
    ApplyForUnion,
    ApproveSetUp,
    ApproveUnion,
    AssessAccompaniment,
    AssignInstructor,
    AssignOfficer,
    BeginAccompaniment,
    BreakOffAccompaniment,
    CheckPlan,
    CloseEnterprise,
    CloseSupervision,
    CloseSurvey,
    ConfirmRefusal,
    DescribeEnterprise,
    DissolveJointUnion,
    DissolveUnion,
    DoPlanStep,
    ElectChair,
    EndAccompaniment,
    EndSupervision,
    EndUnion,
    EnterOnBaseline,
    EnterpriseCommand,
    EscalateVisit,
    EstablishUnion,
    ExtendAccompaniment,
    FormFederation,
    FormJointUnion,
    FormPreparatoryGroup,
    HandOverDesk,
    HoldCheckIn,
    HoldFoundingMeeting,
    HoldReturnVisit,
    HoldVisit,
    JoinFederation,
    JoinJointUnion,
    JoinMembers,
    LeaveFederation,
    LeaveFederations,
    LeaveJointUnion,
    LeaveProvince,
    MarkCheckInMissed,
    MarkReturnVisitMissed,
    MarkTermOverrun,
    MarkVisitOverdue,
    MergeEnterprise,
    MoveEnterprise,
    MoveVisitDue,
    NoteStation,
    NoteStationGone,
    PauseVisitClock,
    PlanFounding,
    RecordRefusalContact,
    RecordSupervisionReply,
    RectifyShell,
    RegisterEnterprise,
    ReleaseInstructor,
    RenewTerm,
    ReportMembers,
    ResumeVisitClock,
    ReviewPlan,
    SeeClosing,
    SendSupervisionLetter,
    SetTarget,
    StateWill,
    StationOfTown,
    SurveyEnterprise,
    TellOfClosing,
    VacateChair,
    WithdrawInstructor,
)
from services.enterprise.decider import (
    alongside,
    baseline,
    check_ins,
    dissolution,
    ends,
    federations,
    founding,
    handover,
    instructors,
    joint,
    meeting,
    members,
    names,
    officers,
    pauses,
    plans,
    registration,
    return_visits,
    stations,
    supervision,
    survey,
    targets,
    unions,
    units,
    visits,
    worklist,
)
from services.enterprise.decider.accompaniment import ACCOMPANIMENT
from services.enterprise.decider.baseline import BASELINE, SURVEY
from services.enterprise.decider.enterprise import ENTERPRISE, Enterprise, responsible
from services.enterprise.decider.federations import FEDERATION, MEMBER
from services.enterprise.decider.handover import DESK
from services.enterprise.decider.instructors import INSTRUCTOR
from services.enterprise.decider.joint import JOINT_UNION
from services.enterprise.decider.officers import CHARGE
from services.enterprise.decider.own_union import OWN_UNION
from services.enterprise.decider.plan import PLAN
from services.enterprise.decider.refusers import SUPERVISION
from services.enterprise.decider.stations import CLOSING, NOTED
from services.enterprise.decider.targets import TARGET
from services.enterprise.decider.units import UNIT
from services.enterprise.decider.worklist import CANDIDATE


def _enterprise(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (ENTERPRISE.of(command.enterprise),)


def _both_named(command: AdjudicateName) -> tuple[StreamRef, ...]:
    return (ENTERPRISE.of(command.enterprise), ENTERPRISE.of(command.other))


def _both_merged(command: MergeEnterprise) -> tuple[StreamRef, ...]:
    return (ENTERPRISE.of(command.enterprise), ENTERPRISE.of(command.into))


def _survey(command: CloseSurvey) -> tuple[StreamRef, ...]:
    return (SURVEY.of(command.county),)


def _baseline(command: EnterOnBaseline) -> tuple[StreamRef, ...]:
    return (BASELINE.of(command.enterprise),)


def _supervision(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    """The enterprise's own stream is only read."""
    return (SUPERVISION.of(command.enterprise), ENTERPRISE.of(command.enterprise))


def _plan(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (PLAN.of(command.enterprise), CANDIDATE.of(command.enterprise))


def _union(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (OWN_UNION.of(command.enterprise), ENTERPRISE.of(command.enterprise))


def _accompaniment(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (ACCOMPANIMENT.of(command.enterprise),)


def _accompaniment_of_enterprise(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (ACCOMPANIMENT.of(command.enterprise), ENTERPRISE.of(command.enterprise))


def _accompaniment_and_instructor(command: AssignInstructor) -> tuple[StreamRef, ...]:
    return (
        ACCOMPANIMENT.of(command.enterprise),
        ENTERPRISE.of(command.enterprise),
        INSTRUCTOR.of(command.instructor),
    )


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


def _target(command: SetTarget) -> tuple[StreamRef, ...]:
    return (TARGET.of(f"{targets.holder(command).removeprefix('u-')}-{command.metric}"),)


def _nobody(*_: object) -> None:
    return None


def _noted(command: StationOfTown) -> tuple[StreamRef, ...]:
    return (NOTED.of(command.station),)


def _closing(command: TellOfClosing | SeeClosing) -> tuple[StreamRef, ...]:
    return (CLOSING.of(f"{command.enterprise}-{command.station}"),)


def _closing_of_enterprise(command: SeeClosing) -> tuple[StreamRef, ...]:
    return (*_closing(command), ENTERPRISE.of(command.enterprise))


def _goes_along(command: EnterpriseCommand, _: object, enterprise: Enterprise, *_others: object) -> str | None:
    """A union belongs to whom its enterprise belongs to now: it moves with it."""
    return responsible(command, enterprise)


DECISIONS: tuple[Decision, ...] = (
    Decision((RegisterEnterprise,), _enterprise, registration.register, registration.owner),
    Decision((DescribeEnterprise,), _enterprise, registration.describe, responsible),
    Decision((AdjudicateName,), _both_named, names.adjudicate, ends.responsible_for_the_first),
    Decision((MoveEnterprise,), _enterprise, ends.move, responsible),
    Decision((CloseEnterprise,), _enterprise, ends.close, responsible),
    Decision((MergeEnterprise,), _both_merged, ends.merge, ends.responsible_for_the_first),
    Decision((LeaveProvince,), _enterprise, ends.leave, responsible),
    Decision((SurveyEnterprise,), _enterprise, survey.count, responsible),
    Decision((StateWill,), _enterprise, survey.state_will, responsible),
    Decision((CloseSurvey,), _survey, baseline.close, baseline.owner, baseline.look),
    Decision((EnterOnBaseline,), _baseline, baseline.enter, _nobody),
    Decision((HoldVisit,), _enterprise, visits.hold, responsible),
    Decision((PauseVisitClock,), _enterprise, pauses.pause, responsible),
    Decision((ResumeVisitClock,), _enterprise, pauses.resume, responsible),
    Decision((MoveVisitDue,), _enterprise, visits.move_due, responsible),
    Decision((MarkVisitOverdue,), _enterprise, visits.mark_overdue, responsible),
    Decision((EscalateVisit,), _enterprise, visits.escalate, responsible),
    Decision((RecordRefusalContact,), _supervision, supervision.contact, supervision.owner),
    Decision((ConfirmRefusal,), _supervision, supervision.confirm, supervision.owner),
    Decision((SendSupervisionLetter,), _supervision, supervision.send_letter, supervision.owner),
    Decision((RecordSupervisionReply,), _supervision, supervision.record_reply, supervision.owner),
    Decision((EndSupervision,), _supervision, supervision.end, supervision.owner),
    Decision((CloseSupervision,), _supervision, supervision.close, supervision.owner),
    Decision((FormPreparatoryGroup,), _enterprise, meeting.form_group, responsible),
    Decision((ApplyForUnion,), _enterprise, founding.apply, responsible),
    Decision((ApproveSetUp,), _enterprise, meeting.approve_set_up, responsible),
    Decision((JoinMembers,), _enterprise, meeting.join, responsible),
    Decision((HoldFoundingMeeting,), _enterprise, meeting.hold, responsible),
    Decision((ApproveUnion,), _enterprise, founding.approve, responsible),
    Decision((DissolveUnion,), _enterprise, dissolution.dissolve, responsible),
    Decision((ReviewPlan,), _plan, worklist.review, plans.owner),
    Decision((AgreePlanStep,), _plan, plans.agree, plans.owner),
    Decision((DoPlanStep,), _plan, plans.do, plans.owner),
    Decision((PlanFounding,), _plan, plans.plan_founding, plans.owner),
    Decision((CheckPlan,), _plan, plans.check, plans.checks),
    Decision((BeginAccompaniment,), _accompaniment, alongside.begin, _nobody),
    Decision((EndAccompaniment,), _accompaniment, alongside.end, _nobody),
    Decision((BreakOffAccompaniment,), _accompaniment_of_enterprise, alongside.break_off, _nobody),
    Decision((AssessAccompaniment,), _accompaniment_of_enterprise, alongside.assess, _goes_along),
    Decision((ExtendAccompaniment,), _accompaniment_of_enterprise, alongside.extend, _goes_along),
    Decision((HoldCheckIn,), _accompaniment_of_enterprise, check_ins.hold, _goes_along),
    Decision((MarkCheckInMissed,), _accompaniment, check_ins.mark_missed, _nobody),
    Decision((AssignInstructor,), _accompaniment_and_instructor, instructors.assign, _goes_along),
    Decision((WithdrawInstructor,), _accompaniment_of_enterprise, instructors.withdraw, _goes_along),
    Decision((ReleaseInstructor,), _instructor, instructors.release, _nobody),
    Decision((EstablishUnion,), _union, unions.establish, _nobody),
    Decision((EndUnion,), _union, unions.end, _nobody),
    Decision((RenewTerm,), _union, unions.renew, _goes_along),
    Decision((MarkTermOverrun,), _union, unions.mark_overrun, _nobody),
    Decision((VacateChair,), _union, unions.vacate_chair, _goes_along),
    Decision((ElectChair,), _union, unions.elect_chair, _goes_along),
    Decision((ReportMembers,), _union, members.report, _goes_along),
    Decision((HoldReturnVisit,), _union, return_visits.hold, _goes_along),
    Decision((MarkReturnVisitMissed,), _union, return_visits.mark_missed, _nobody),
    Decision((RectifyShell,), _union, return_visits.rectify, _goes_along),
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
    Decision((SetTarget,), _target, targets.set_target, targets.owner),
    Decision((NoteStation,), _noted, stations.note, _nobody),
    Decision((NoteStationGone,), _noted, stations.note_gone, _nobody, look=stations.unions_of_town),
    Decision((TellOfClosing,), _closing, stations.tell, _nobody),
    Decision((SeeClosing,), _closing_of_enterprise, stations.see, _goes_along),
)
