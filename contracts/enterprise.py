"""Programme 1, unions in non-public enterprises (非公企业建会入会): the facts that its service publishes."""

from enum import StrEnum
from typing import ClassVar

from contracts.event import Event
from contracts.vocabulary import (
    CreditCode,
    Day,
    DocumentNumber,
    Headcount,
    Members,
    PersonId,
    PublicName,
    RegionCode,
    UnionId,
)


class Ownership(StrEnum):
    """Who owns it; the drive counts the non-public ones (非公)."""

    PRIVATE = "private"
    FOREIGN = "foreign"
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan"
    MIXED_PRIVATE_CONTROLLED = "mixed_private_controlled"
    COLLECTIVE = "collective"
    STATE = "state"


class SizeClass(StrEnum):
    """The statistics bureau's size class (统计上大中小微型企业划分)."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


class Will(StrEnum):
    """What the enterprise said when it was asked (建会意愿)."""

    WILLING = "willing"
    HESITANT = "hesitant"
    REFUSING = "refusing"


class UnionForm(StrEnum):
    """How an enterprise is covered: own union (单独), joint union (联合), unit of a small-and-micro federation."""

    OWN = "own"
    JOINT = "joint"
    SMALL_MICRO_FEDERATION = "small_micro_federation"


class EnterpriseEvent(Event):
    """A fact about one enterprise."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "enterprise-{enterprise}"

    enterprise: CreditCode


class EnterpriseRegistered(EnterpriseEvent):
    """The enterprise stands on the drive's list (摸底建档)."""

    name: PublicName
    ownership: Ownership
    county: RegionCode
    union: UnionId
    """The union that looks after it."""
    registered_on: Day


class EnterpriseSurveyed(EnterpriseEvent):
    """Its workers were counted (摸底); those with a labour contract count for the rates."""

    VERSION: ClassVar[int] = 2

    labour_contracts: Headcount
    """Workers with a labour contract (劳动合同)."""
    dispatched: Headcount
    """Dispatched workers (劳务派遣) who work there; their contracts are with an agency."""
    size_class: SizeClass | None
    surveyed_on: Day


class WillStated(EnterpriseEvent):
    """It said whether it wants a union; a willing one is visited by `visit_due_on`."""

    will: Will
    stated_on: Day
    visit_due_on: Day | None
    provisional: bool
    """The due day may move: no official working-day arrangement is known yet."""


class VisitHeld(EnterpriseEvent):
    """The deep talk was held (入企深谈)."""

    held_on: Day
    due_on: Day


class VisitOverdue(EnterpriseEvent):
    """Nobody came within 5 working days; the union next up is told."""

    due_on: Day
    told: UnionId


class VisitOverdueWithdrawn(EnterpriseEvent):
    """The visit had been held in time and was entered late."""

    held_on: Day
    due_on: Day


class FoundingApplied(EnterpriseEvent):
    """A preparatory group applied to set up a union of its own (申请建会)."""

    applied_on: Day


class EnterpriseUnionized(EnterpriseEvent):
    """The union next up approved the result: the union exists (批复成立)."""

    form: UnionForm
    members: Members
    own_committee: bool
    approved_on: Day
    approved_by: UnionId
    document: DocumentNumber


class AccompanimentEvent(Event):
    """A fact about the 60 days alongside one newly founded union (60天陪跑)."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "accompaniment-{enterprise}"

    enterprise: CreditCode


class AccompanimentStarted(AccompanimentEvent):
    """The 60 days run: from the day after approval, calendar days."""

    union: UnionId
    approved_on: Day
    ends_on: Day


class InstructorAssigned(AccompanimentEvent):
    """An instructor (优会强会指导员) walks with the union from now on."""

    instructor: PersonId
    assigned_on: Day


class AccompanimentEnded(AccompanimentEvent):
    """The 60 days are over."""

    instructor: PersonId | None
    ended_on: Day


class InstructorEvent(Event):
    """A fact about one instructor's load."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "instructor-{instructor}"

    instructor: PersonId


class InstructorEngaged(InstructorEvent):
    """The instructor walks with one more union."""

    enterprise: CreditCode


class InstructorReleased(InstructorEvent):
    """The instructor walks with one union fewer."""

    enterprise: CreditCode


EVENTS: tuple[type[Event], ...] = (
    EnterpriseRegistered,
    EnterpriseSurveyed,
    WillStated,
    VisitHeld,
    VisitOverdue,
    VisitOverdueWithdrawn,
    FoundingApplied,
    EnterpriseUnionized,
    AccompanimentStarted,
    InstructorAssigned,
    AccompanimentEnded,
    InstructorEngaged,
    InstructorReleased,
)
