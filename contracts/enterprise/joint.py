"""Unions for several enterprises: joint unions with their units, and federations made of unions."""

from typing import ClassVar

from contracts.enterprise.words import FederationKind, UnionForm, UnitLeaving
from contracts.event import Event
from contracts.vocabulary import CreditCode, Day, DocumentNumber, IndustryCode, Members, PublicName, RegionCode, UnionId


class JointUnionEvent(Event):
    """A fact about one joint union or small-and-micro federation."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "joint-{union}"

    union: UnionId


class JointUnionFormed(JointUnionEvent):
    """A county's union formed it (联合工会)."""

    form: UnionForm
    """Never `own`."""
    name: PublicName
    county: RegionCode
    formed_by: UnionId
    formed_on: Day
    document: DocumentNumber


class JointUnionDissolved(JointUnionEvent):
    """It doesn't exist from that day on."""

    dissolved_on: Day


class UnitEvent(Event):
    """A fact about an enterprise as a unit of a joint union."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "unit-{enterprise}"

    enterprise: CreditCode


class JointUnionJoined(UnitEvent):
    """It is a unit of that joint union from that day on, with so many members of its own."""

    union: UnionId
    form: UnionForm
    members: Members
    joined_on: Day


class JointUnionLeft(UnitEvent):
    """It is no unit any more from that day on."""

    union: UnionId
    reason: UnitLeaving
    left_on: Day


class FederationEvent(Event):
    """A fact about one federation of unions. It founds nothing and covers nobody."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "federation-{federation}"

    federation: UnionId


class FederationFormed(FederationEvent):
    """A city's union formed it (行业性/区域性工会联合会)."""

    kind: FederationKind
    name: PublicName
    area: RegionCode
    industry: IndustryCode | None
    formed_by: UnionId
    formed_on: Day
    document: DocumentNumber


class MembershipEvent(Event):
    """A fact about an enterprise's own union as a member of federations; it may be in several."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "member-{member}"

    federation: UnionId
    member: CreditCode


class FederationJoined(MembershipEvent):
    """The own union of that enterprise became a member."""

    joined_on: Day


class FederationLeft(MembershipEvent):
    """A member left."""

    left_on: Day
