"""What this service decides, as a table: these commands, over these streams, by this function, for this union."""

from eventing.decision import Decision, StreamRef
from services.enterprise.commands import (
    ApplyForUnion,
    ApproveUnion,
    AssignInstructor,
    BeginAccompaniment,
    EndAccompaniment,
    EnterpriseCommand,
    HoldVisit,
    MarkVisitOverdue,
    RegisterEnterprise,
    ReleaseInstructor,
    SetTarget,
    StateWill,
    SurveyEnterprise,
)
from services.enterprise.decider import alongside, founding, instructors, registration, survey, targets, visits
from services.enterprise.decider.alongside import ACCOMPANIMENT
from services.enterprise.decider.enterprise import ENTERPRISE, responsible
from services.enterprise.decider.instructors import INSTRUCTOR
from services.enterprise.decider.targets import TARGET


def _enterprise(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (ENTERPRISE.of(command.enterprise),)


def _accompaniment(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (ACCOMPANIMENT.of(command.enterprise),)


def _accompaniment_and_instructor(command: AssignInstructor) -> tuple[StreamRef, ...]:
    return (ACCOMPANIMENT.of(command.enterprise), INSTRUCTOR.of(command.instructor))


def _instructor(command: ReleaseInstructor) -> tuple[StreamRef, ...]:
    return (INSTRUCTOR.of(command.instructor),)


def _target(command: SetTarget) -> tuple[StreamRef, ...]:
    return (TARGET.of(f"{command.region}-{command.metric}"),)


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
    Decision((SetTarget,), _target, targets.set_target, targets.owner),
)
