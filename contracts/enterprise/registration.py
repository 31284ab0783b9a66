"""An enterprise comes on the list, is described, goes elsewhere, ends."""

from typing import ClassVar

from contracts.enterprise.words import ClosingReason, LeavingReason, NameEvidence, NameVerdict, Ownership
from contracts.event import Event
from contracts.vocabulary import CreditCode, Day, IndustryCode, PersonId, PublicName, RegionCode, TownId, UnionId


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
    industry: IndustryCode | None = None
    town: TownId | None = None
    parent: CreditCode | None = None
    """The enterprise whose branch it is; a branch with a code of its own counts where it works."""


class EnterpriseDescribed(EnterpriseEvent):
    """Its particulars were entered anew, all of them (变更)."""

    name: PublicName
    ownership: Ownership
    industry: IndustryCode | None
    town: TownId | None
    parent: CreditCode | None
    described_on: Day


class NameAdjudicated(EnterpriseEvent):
    """It was decided what it is to another enterprise of a similar name in its county (同名研判)."""

    other: CreditCode
    verdict: NameVerdict
    evidence: NameEvidence
    decided_by: PersonId
    decided_on: Day


class EnterpriseClosed(EnterpriseEvent):
    """It is no longer active from that day on (注销、吊销)."""

    reason: ClosingReason
    closed_on: Day


class EnterpriseMerged(EnterpriseEvent):
    """It has become part of another one from that day on (合并)."""

    into: CreditCode
    merged_on: Day


class EnterpriseMoved(EnterpriseEvent):
    """It counts in another county of the region from that day on (迁移)."""

    county: RegionCode
    union: UnionId
    """The union that looks after it from then on."""
    moved_on: Day


class EnterpriseLeft(EnterpriseEvent):
    """It has left for another province from that day on (迁出)."""

    province: RegionCode
    reason: LeavingReason
    left_on: Day
