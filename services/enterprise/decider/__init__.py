"""What this service decides, as a table: these commands, over these streams, by this function, for this union."""

from eventing.decision import Decision, StreamRef
from services.enterprise.commands import (
    ApplyForUnion,
    ApproveUnion,
    AssessAccompaniment,
    AssignInstructor,
    BeginAccompaniment,
    BreakOffAccompaniment,
    ElectChair,
    EndAccompaniment,
    EndUnion,
    EnterpriseCommand,
    EstablishUnion,
    ExtendAccompaniment,
    HoldCheckIn,
    HoldReturnVisit,
    HoldVisit,
    MarkCheckInMissed,
    MarkReturnVisitMissed,
    MarkTermOverrun,
    MarkVisitOverdue,
    RectifyShell,
    RegisterEnterprise,
    ReleaseInstructor,
    RenewTerm,
    ReportMembers,
    StateWill,
    SurveyEnterprise,
    VacateChair,
    WithdrawInstructor,
)
from services.enterprise.decider import (
    alongside,
    check_ins,
    founding,
    instructors,
    members,
    registration,
    return_visits,
    survey,
    unions,
    visits,
)
from services.enterprise.decider.accompaniment import ACCOMPANIMENT
from services.enterprise.decider.enterprise import ENTERPRISE, Enterprise, responsible
from services.enterprise.decider.instructors import INSTRUCTOR
from services.enterprise.decider.own_union import OWN_UNION


def _enterprise(command: EnterpriseCommand) -> tuple[StreamRef, ...]:
    return (ENTERPRISE.of(command.enterprise),)


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


def _nobody(*_: object) -> None:
    return None


def _goes_along(command: EnterpriseCommand, _: object, enterprise: Enterprise, *_others: object) -> str | None:
    """A union belongs to whom its enterprise belongs to now: it moves with it."""
    return responsible(command, enterprise)


DECISIONS: tuple[Decision, ...] = (
    Decision((RegisterEnterprise,), _enterprise, registration.register, registration.owner),
    Decision((SurveyEnterprise,), _enterprise, survey.count, responsible),
    Decision((StateWill,), _enterprise, survey.state_will, responsible),
    Decision((HoldVisit,), _enterprise, visits.hold, responsible),
    Decision((MarkVisitOverdue,), _enterprise, visits.mark_overdue, responsible),
    Decision((ApplyForUnion,), _enterprise, founding.apply, responsible),
    Decision((ApproveUnion,), _enterprise, founding.approve, responsible),
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
)
