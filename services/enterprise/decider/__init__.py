"""What this service decides, as a table: these commands, over these streams, by this function, for this union."""

from eventing.decision import Decision, StreamRef
from services.enterprise.commands import (
    AgreePlanStep,
    ApplyForUnion,
    ApproveSetUp,
    ApproveUnion,
    AssignInstructor,
    BeginAccompaniment,
    CheckPlan,
    DissolveUnion,
    DoPlanStep,
    EndAccompaniment,
    EnterpriseCommand,
    FormPreparatoryGroup,
    HoldFoundingMeeting,
    HoldVisit,
    MarkVisitOverdue,
    PlanFounding,
    RegisterEnterprise,
    ReleaseInstructor,
    ReviewPlan,
    StateWill,
    SurveyEnterprise,
)
from services.enterprise.decider import (
    alongside,
    dissolution,
    founding,
    instructors,
    meeting,
    plans,
    registration,
    survey,
    visits,
    worklist,
)
from services.enterprise.decider.alongside import ACCOMPANIMENT
from services.enterprise.decider.enterprise import ENTERPRISE, responsible
from services.enterprise.decider.instructors import INSTRUCTOR
from services.enterprise.decider.plan import PLAN
from services.enterprise.decider.worklist import CANDIDATE


def _enterprise(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (ENTERPRISE.of(command.enterprise),)


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
    Decision((SurveyEnterprise,), _enterprise, survey.count, responsible),
    Decision((StateWill,), _enterprise, survey.state_will, responsible),
    Decision((HoldVisit,), _enterprise, visits.hold, responsible),
    Decision((MarkVisitOverdue,), _enterprise, visits.mark_overdue, responsible),
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
