"""The plan for one enterprise of 100 or more (一企一策): its states, each made of the facts that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from contracts.enterprise import (
    FoundingPlanned,
    PlanAwaitsCheck,
    PlanEvent,
    PlanLeft,
    PlanOpened,
    PlanReturned,
    PlanStep,
    PlanStepAgreed,
    PlanStepDone,
    PlanStruckOff,
)
from eventing.decision import StreamKind


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
