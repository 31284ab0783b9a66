"""What this service decides, as a table: these commands, over these streams, by this function, for this union."""

from eventing.decision import Decision, StreamRef
from services.enterprise.commands import (
    AdjudicateName,
    AgreePlanStep,
    ApplyForUnion,
    ApproveSetUp,
    ApproveUnion,
    AssignInstructor,
    BeginAccompaniment,
    CheckPlan,
    CloseEnterprise,
    CloseSupervision,
    CloseSurvey,
    ConfirmRefusal,
    DescribeEnterprise,
    DissolveUnion,
    DoPlanStep,
    EndAccompaniment,
    EndSupervision,
    EnterOnBaseline,
    EnterpriseCommand,
    EscalateVisit,
    FormPreparatoryGroup,
    HoldFoundingMeeting,
    HoldVisit,
    LeaveProvince,
    MarkVisitOverdue,
    MergeEnterprise,
    MoveEnterprise,
    MoveVisitDue,
    PauseVisitClock,
    PlanFounding,
    RecordRefusalContact,
    RecordSupervisionReply,
    RegisterEnterprise,
    ReleaseInstructor,
    ResumeVisitClock,
    ReviewPlan,
    SendSupervisionLetter,
    StateWill,
    SurveyEnterprise,
)
from services.enterprise.decider import (
    alongside,
    baseline,
    dissolution,
    ends,
    founding,
    instructors,
    meeting,
    names,
    pauses,
    plans,
    registration,
    supervision,
    survey,
    visits,
    worklist,
)
from services.enterprise.decider.alongside import ACCOMPANIMENT
from services.enterprise.decider.baseline import BASELINE, SURVEY
from services.enterprise.decider.enterprise import ENTERPRISE, responsible
from services.enterprise.decider.instructors import INSTRUCTOR
from services.enterprise.decider.plan import PLAN
from services.enterprise.decider.refusers import SUPERVISION
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


def _accompaniment(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (ACCOMPANIMENT.of(command.enterprise),)


def _accompaniment_and_instructor(command: AssignInstructor) -> tuple[StreamRef, ...]:
    return (ACCOMPANIMENT.of(command.enterprise), INSTRUCTOR.of(command.instructor))


def _instructor(command: ReleaseInstructor) -> tuple[StreamRef, ...]:
    return (INSTRUCTOR.of(command.instructor),)


def _nobody(*_: object) -> None:
    return None


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
    Decision((HoldFoundingMeeting,), _enterprise, meeting.hold, responsible),
    Decision((ApproveUnion,), _enterprise, founding.approve, responsible),
    Decision((DissolveUnion,), _enterprise, dissolution.dissolve, responsible),
    Decision((ReviewPlan,), _plan, worklist.review, plans.owner),
    Decision((AgreePlanStep,), _plan, plans.agree, plans.owner),
    Decision((DoPlanStep,), _plan, plans.do, plans.owner),
    Decision((PlanFounding,), _plan, plans.plan_founding, plans.owner),
    Decision((CheckPlan,), _plan, plans.check, plans.checks),
    Decision((BeginAccompaniment,), _accompaniment, alongside.begin, alongside.owner),
    Decision((AssignInstructor,), _accompaniment_and_instructor, alongside.assign, alongside.owner),
    Decision((EndAccompaniment,), _accompaniment, alongside.end, alongside.owner),
    Decision((ReleaseInstructor,), _instructor, instructors.release, _nobody),
)
