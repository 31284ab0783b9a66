"""A policy of its own (一企一策) for each enterprise of 100 or more, and the county's work list (逐一销号)."""

from typing import ClassVar

from contracts.enterprise.words import PlanLeaving, PlanStep
from contracts.event import Event
from contracts.vocabulary import CreditCode, Day, Headcount, PersonId, RegionCode, UnionId


class PlanEvent(Event):
    """A fact about the plan for one enterprise."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "plan-{enterprise}"

    enterprise: CreditCode


class PlanOpened(PlanEvent):
    """It has 100 workers or more and no union of its own: it stands on the county's work list."""

    county: RegionCode
    union: UnionId
    labour_contracts: Headcount
    opened_on: Day


class PlanStepAgreed(PlanEvent):
    """Who does what by when."""

    step: PlanStep
    officer: PersonId
    due_on: Day


class PlanStepDone(PlanEvent):
    """A step was done."""

    step: PlanStep
    done_on: Day


class FoundingPlanned(PlanEvent):
    """The day for which the founding is planned."""

    planned_on: Day


class PlanAwaitsCheck(PlanEvent):
    """Its own union was approved: the city is to check that."""

    approved_on: Day


class PlanStruckOff(PlanEvent):
    """The city has checked the approved own union: struck off (销号)."""

    approved_on: Day
    checked_by: UnionId
    checked_on: Day


class PlanReturned(PlanEvent):
    """The city's check failed: it stays on the list."""

    checked_by: UnionId
    checked_on: Day


class PlanLeft(PlanEvent):
    """It left the list without a union; that doesn't count as done."""

    reason: PlanLeaving
    left_on: Day
