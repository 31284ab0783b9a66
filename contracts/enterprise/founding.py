"""The way to a union of one's own, and its end."""

from typing import Literal

from contracts.enterprise.registration import EnterpriseEvent
from contracts.enterprise.words import DissolutionReason, UnionForm, WomenBody
from contracts.vocabulary import Day, DocumentNumber, Members, UnionId

TermYears = Literal[3, 5]


class PreparatoryGroupFormed(EnterpriseEvent):
    """A preparatory group was formed (筹备组)."""

    formed_on: Day


class FoundingApplied(EnterpriseEvent):
    """A preparatory group applied to set up a union of its own (申请建会)."""

    applied_on: Day
    simplified: bool = True
    """One form, one visit: approval to set up and of the result are one (简化程序)."""
    approval_due_on: Day | None = None
    """By when it is to be answered; None in the full way, for which no rule says so."""


class SetUpApproved(EnterpriseEvent):
    """The union next up agreed to the setting-up (同意筹建)."""

    approved_on: Day
    document: DocumentNumber


class MembersJoined(EnterpriseEvent):
    """So many workers had joined the union that is being founded (入会), before the meeting; the last three are among
    all."""

    joined_on: Day
    members: Members
    women: Members
    migrant: Members
    new_forms: Members
    """In new forms of employment (新就业形态劳动者)."""


class FoundingMeetingHeld(EnterpriseEvent):
    """The members' meeting elected (选举), a chair among others whose post was declared and allows it [L]."""

    held_on: Day
    members: Members
    committee: Members
    """Members of the committee; 0: none of its own."""
    audit: Members
    women: WomenBody | None
    term_years: TermYears


class EnterpriseUnionized(EnterpriseEvent):
    """The union next up approved the result: the union exists (批复成立)."""

    form: UnionForm
    members: Members
    own_committee: bool
    approved_on: Day
    approved_by: UnionId
    document: DocumentNumber
    term_ends_on: Day | None = None


class UnionDissolved(EnterpriseEvent):
    """Its own union doesn't exist from that day on (撤销)."""

    reason: DissolutionReason
    dissolved_on: Day
