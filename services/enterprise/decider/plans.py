"""What becomes of the plan for an enterprise of 100 or more, and who strikes it off? (一企一策、逐一销号)"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts import unions
from contracts.enterprise import (
    FoundingPlanned,
    PlanAwaitsCheck,
    PlanEvent,
    PlanLeaving,
    PlanLeft,
    PlanOpened,
    PlanReturned,
    PlanStep,
    PlanStepAgreed,
    PlanStepDone,
    PlanStruckOff,
)
from contracts.unions import Directory, UnknownUnion
from eventing.decision import StreamKind
from eventing.moment import Moment
from eventing.refusal import NotFound, Refused
from services.enterprise.commands import (
    AgreePlanStep,
    CheckPlan,
    DoPlanStep,
    EnterpriseCommand,
    PlanFounding,
    ReviewPlan,
)
from services.enterprise.decider.dates import must_have_happened
from services.enterprise.decider.worklist import Candidate, OffList, standing


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who does what by when, what is done, and for which day the founding is planned. It outlives the plan: one that
    comes back on the list, or moves to another county, goes on where it stood."""

    steps: Mapping[PlanStep, PlanStepAgreed]
    done: Mapping[PlanStep, date]
    planned_on: date | None


@dataclass(frozen=True, slots=True)
class NotOpened:
    """It never was on the list."""


@dataclass(frozen=True, slots=True)
class Open:
    """On the list, without a union of its own."""

    opened: PlanOpened
    agreed: Agreed


@dataclass(frozen=True, slots=True)
class AwaitingCheck(Open):
    """Its own union is approved; the city is to check that."""

    awaits: PlanAwaitsCheck


@dataclass(frozen=True, slots=True)
class Returned(AwaitingCheck):
    """The city has sent it back: it stays on the list until a later check."""

    returned: PlanReturned


@dataclass(frozen=True, slots=True)
class StruckOff:
    """Done."""

    opened: PlanOpened
    agreed: Agreed
    struck: PlanStruckOff


@dataclass(frozen=True, slots=True)
class Left:
    """It left the list, which isn't done."""

    opened: PlanOpened
    agreed: Agreed
    left: PlanLeft


Plan = NotOpened | Open | AwaitingCheck | Returned | StruckOff | Left


def evolve(state: Plan, event: PlanEvent) -> Plan:
    match state, event:
        case NotOpened(), PlanOpened():
            return Open(event, Agreed({}, {}, None))
        case Open() | StruckOff() | Left(), PlanOpened():
            return Open(event, state.agreed)
        case Open(opened, agreed), PlanAwaitsCheck():
            return AwaitingCheck(opened, agreed, event)
        case AwaitingCheck(opened, agreed), PlanStruckOff():
            return StruckOff(opened, agreed, event)
        case AwaitingCheck(opened, agreed, awaits), PlanReturned():
            return Returned(opened, agreed, awaits, event)
        case Open(opened, agreed), PlanLeft():
            return Left(opened, agreed, event)
        case Open(agreed=agreed), PlanStepAgreed() | PlanStepDone() | FoundingPlanned():
            return replace(state, agreed=_agreed(agreed, event))
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


def _agreed(before: Agreed, event: PlanStepAgreed | PlanStepDone | FoundingPlanned) -> Agreed:
    match event:
        case PlanStepAgreed(step=step):
            done = {each: day for each, day in before.done.items() if each is not step}
            return replace(before, steps={**before.steps, step: event}, done=done)
        case PlanStepDone():
            return replace(before, done={**before.done, event.step: event.done_on})
        case FoundingPlanned():
            return replace(before, planned_on=event.planned_on)


PLAN: StreamKind[Plan] = StreamKind("plan", NotOpened(), evolve)


def owner(_: EnterpriseCommand, plan: Plan, candidate: Candidate | None) -> str | None:
    """The union on whose list it is."""
    if not isinstance(plan, NotOpened):
        return plan.opened.union
    return None if candidate is None else candidate.union


def checks(command: CheckPlan, plan: Plan, candidate: Candidate | None) -> str | None:
    """The union next up checks, not the one whose list it is."""
    union = owner(command, plan, candidate)
    return None if union is None else _next_up(union, command.checked_on, unions.load())


def review(command: ReviewPlan, plan: Plan, candidate: Candidate | None, _: Moment) -> Sequence[PlanEvent]:
    """Whatever happened, and in whatever order it was entered: what holds now decides."""
    if candidate is None:
        return []
    wanted = standing(command.enterprise, candidate)
    match plan:
        case NotOpened() | StruckOff() | Left():
            return _open(command, plan, candidate, wanted)
        case Open():
            return _keep(command, plan, candidate, wanted)


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


def _open(
    command: ReviewPlan, plan: NotOpened | StruckOff | Left, candidate: Candidate, wanted: OffList | date | None
) -> Sequence[PlanEvent]:
    if wanted is None or isinstance(wanted, OffList):
        return []
    if candidate.approved_on is None:
        return [_opened(command, candidate, wanted)]
    struck_off_for = plan.struck.approved_on if isinstance(plan, StruckOff) else None
    if candidate.approved_on < wanted or candidate.approved_on == struck_off_for:
        return []  # it grew with a union, or is done
    return [_opened(command, candidate, wanted), _awaits(command, candidate.approved_on)]


def _keep(command: ReviewPlan, plan: Open, candidate: Candidate, wanted: OffList | date | None) -> Sequence[PlanEvent]:
    if isinstance(wanted, OffList):
        return [PlanLeft(enterprise=command.enterprise, reason=wanted.reason, left_on=wanted.since)]
    if wanted is None:
        return []
    approved_on = candidate.approved_on
    if (plan.opened.county, plan.opened.union) != (candidate.county, candidate.union):
        left = PlanLeft(enterprise=command.enterprise, reason=PlanLeaving.MOVED, left_on=candidate.since)
        again = _opened(command, candidate, wanted)
        return [left, again] if approved_on is None else [left, again, _awaits(command, approved_on)]
    match plan:
        case AwaitingCheck() if approved_on is None:
            return [_opened(command, candidate, wanted)]
        case AwaitingCheck(awaits=awaits) if awaits.approved_on == approved_on:
            return []
        case _:
            return [] if approved_on is None else [_awaits(command, approved_on)]


def _opened(command: ReviewPlan, candidate: Candidate, since: date) -> PlanOpened:
    return PlanOpened(
        enterprise=command.enterprise,
        county=candidate.county,
        union=candidate.union,
        labour_contracts=candidate.counts[max(candidate.counts)],
        opened_on=since,
    )


def _awaits(command: ReviewPlan, approved_on: date) -> PlanAwaitsCheck:
    return PlanAwaitsCheck(enterprise=command.enterprise, approved_on=approved_on)


def _check(command: CheckPlan, plan: AwaitingCheck, not_before: date, moment: Moment) -> Sequence[PlanEvent]:
    if command.checked_on < not_before:
        raise Refused("checked_too_early", "checked_on", not_before=not_before)
    must_have_happened(command.checked_on, "checked_on", moment)
    checked_by = _next_up(plan.opened.union, command.checked_on, moment.unions)
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


def _next_up(union: str, on: date, directory: Directory) -> str:
    """Where nobody is above, it checks itself."""
    try:
        return directory.parent(union, on) or union
    except UnknownUnion:
        return union


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
