"""One that refuses to talk comes under joint supervision (重点督导). Internal: never public, never exported."""

from typing import ClassVar

from contracts.enterprise.words import Authority, ContactWay, SupervisionOutcome
from contracts.event import Event
from contracts.vocabulary import CreditCode, Day, DocumentNumber, UnionId


class SupervisionEvent(Event):
    """A fact about one refusing enterprise; it stays with the region's unions."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "supervision-{enterprise}"
    INTERNAL: ClassVar[bool] = True

    enterprise: CreditCode


class RefusalContactRecorded(SupervisionEvent):
    """It was contacted and refused to talk."""

    union: UnionId
    way: ContactWay
    contacted_on: Day


class RefusalConfirmed(SupervisionEvent):
    """The county confirmed, after two contacts, that it refuses."""

    confirmed_by: UnionId
    confirmed_on: Day


class SupervisionLetterSent(SupervisionEvent):
    """An authority was asked by letter to act jointly (函告)."""

    authority: Authority
    document: DocumentNumber
    sent_on: Day


class SupervisionReplied(SupervisionEvent):
    """The authority replied."""

    authority: Authority
    replied_on: Day


class SupervisionEnded(SupervisionEvent):
    """Joint supervision has ended."""

    outcome: SupervisionOutcome
    ended_on: Day
