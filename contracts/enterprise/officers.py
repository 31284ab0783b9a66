"""Which officer is responsible (责任人) for an enterprise, and how matters go over to another."""

from typing import ClassVar

from contracts.enterprise.words import HandOverReason
from contracts.event import Event
from contracts.vocabulary import CreditCode, Day, PersonId, UnionId


class OfficerAssigned(Event):
    """That officer is responsible for the enterprise from that day on."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "charge-{enterprise}"

    enterprise: CreditCode
    officer: PersonId
    union: UnionId
    assigned_on: Day


class DeskHandedOver(Event):
    """All that the officer was responsible for goes to another one (工作交接)."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "desk-{officer}"

    officer: PersonId
    successor: PersonId
    union: UnionId
    reason: HandOverReason
    handed_over_on: Day
    enterprises: tuple[CreditCode, ...]
