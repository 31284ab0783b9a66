"""Who does what by when in the plan for an enterprise of 100 or more, and who strikes it off? (一企一策、逐一销号)"""

from collections.abc import Sequence
from datetime import date

from contracts import unions
from contracts.enterprise import (
    FoundingPlanned,
    PlanEvent,
    PlanOpened,
    PlanReturned,
    PlanStepAgreed,
    PlanStepDone,
    PlanStruckOff,
)
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import NotFound, Refused
from eventing.superiors import next_up_on
from services.enterprise.commands import AgreePlanStep, CheckPlan, DoPlanStep, EnterpriseCommand, PlanFounding
from services.enterprise.decider.plan import AwaitingCheck, Left, NotOpened, Open, Plan, Returned, StruckOff
from services.enterprise.decider.worklist import Candidate


def owner(_: EnterpriseCommand, plan: Plan, candidate: Candidate | None) -> str | None:
    """The union on whose list it is."""
    if not isinstance(plan, NotOpened):
        return plan.opened.union
    return None if candidate is None else candidate.union


def checks(command: CheckPlan, plan: Plan, candidate: Candidate | None) -> str | None:
    """The union next up checks, not the one whose list it is."""
    union = owner(command, plan, candidate)
    return None if union is None else next_up_on(command.checked_on, union, unions.load())


def agree(command: AgreePlanStep, plan: Plan, _: Candidate | None, __: Moment) -> Sequence[PlanEvent]:
    agreed = PlanStepAgreed(
        enterprise=command.enterprise, step=command.step, officer=command.officer, due_on=command.due_on
    )
    match plan:
        case NotOpened():
            raise _unknown(command)
        case _ if plan.agreed.steps.get(command.step) == agreed:
            return []
        case StruckOff() | Left():
            raise _not_on_the_list(plan)
        case Open():
            _must_not_be_before(plan.opened, command.due_on, "due_on")
            return [agreed]


def do(command: DoPlanStep, plan: Plan, _: Candidate | None, moment: Moment) -> Sequence[PlanEvent]:
    match plan:
        case NotOpened():
            raise _unknown(command)
        case _ if (known := plan.agreed.done.get(command.step)) is not None:
            if known == command.done_on:
                return []
            raise Refused("step_done_already", "done_on", done_on=known)
        case StruckOff() | Left():
            raise _not_on_the_list(plan)
        case Open():
            if command.step not in plan.agreed.steps:
                raise Refused("step_not_agreed", "step", step=command.step.value)
            must_have_happened(command.done_on, "done_on", moment)
            return [PlanStepDone(enterprise=command.enterprise, step=command.step, done_on=command.done_on)]


def plan_founding(command: PlanFounding, plan: Plan, _: Candidate | None, __: Moment) -> Sequence[PlanEvent]:
    match plan:
        case NotOpened():
            raise _unknown(command)
        case _ if plan.agreed.planned_on == command.planned_on:
            return []
        case StruckOff() | Left():
            raise _not_on_the_list(plan)
        case Open():
            _must_not_be_before(plan.opened, command.planned_on, "planned_on")
            return [FoundingPlanned(enterprise=command.enterprise, planned_on=command.planned_on)]


def check(command: CheckPlan, plan: Plan, candidate: Candidate | None, moment: Moment) -> Sequence[PlanEvent]:
    match plan:
        case NotOpened():
            raise _unknown(command)
        case StruckOff(struck=struck) if command.approved and command.checked_on == struck.checked_on:
            return []
        case StruckOff() | Left():
            raise _not_on_the_list(plan)
        case Returned(returned=returned) if not command.approved and command.checked_on == returned.checked_on:
            return []
        case AwaitingCheck(awaits=awaits) if candidate is None or candidate.approved_on != awaits.approved_on:
            raise Refused("nothing_to_check")  # dissolved a moment ago
        case Returned(returned=returned):
            return _check(command, plan, returned.checked_on, moment)
        case AwaitingCheck(awaits=awaits):
            return _check(command, plan, awaits.approved_on, moment)
        case Open():
            raise Refused("nothing_to_check")


def _check(command: CheckPlan, plan: AwaitingCheck, not_before: date, moment: Moment) -> Sequence[PlanEvent]:
    if command.checked_on < not_before:
        raise Refused("checked_too_early", "checked_on", not_before=not_before)
    must_have_happened(command.checked_on, "checked_on", moment)
    checked_by = next_up_on(command.checked_on, plan.opened.union, moment.unions)
    if not command.approved:
        return [PlanReturned(enterprise=command.enterprise, checked_by=checked_by, checked_on=command.checked_on)]
    return [
        PlanStruckOff(
            enterprise=command.enterprise,
            approved_on=plan.awaits.approved_on,
            checked_by=checked_by,
            checked_on=command.checked_on,
        )
    ]


def _must_not_be_before(opened: PlanOpened, day: date, field: str) -> None:
    if day < opened.opened_on:
        raise Refused("before_the_plan", field, opened_on=opened.opened_on)


def _not_on_the_list(plan: StruckOff | Left) -> Refused:
    match plan:
        case StruckOff(struck=struck):
            return Refused("plan_struck_off", checked_on=struck.checked_on)
        case Left(left=left):
            return Refused("plan_left", left_on=left.left_on)


def _unknown(command: EnterpriseCommand) -> NotFound:
    return NotFound("plan_unknown", "enterprise", enterprise=command.enterprise)
