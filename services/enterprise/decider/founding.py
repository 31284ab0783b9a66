"""May an enterprise found its union, and who approves it? (集中建会)"""

from collections.abc import Sequence

from contracts.creditcode import OwnerKind, owner_kind
from contracts.enterprise import (
    EnterpriseEvent,
    EnterpriseUnionized,
    FoundingApplied,
    Ownership,
    UnionForm,
    WillStated,
)
from eventing.moment import Moment
from eventing.refusal import Invalid, Refused
from services.enterprise.commands import ApplyForUnion, ApproveUnion
from services.enterprise.decider.dates import must_have_happened
from services.enterprise.decider.enterprise import (
    Applied,
    Enterprise,
    Gone,
    Listed,
    Reluctant,
    Surveyed,
    Unionized,
    Unknown,
    Willing,
    gone,
    unknown,
)
from services.enterprise.decider.entry import Entry

COMMITTEE_FROM = 25
"""Members, not workers, from which on a union has a committee of its own (docs/domain.md 1, 'Founding', [L])."""

OUTSIDE = frozenset({OwnerKind.SOLE_PROPRIETOR, OwnerKind.COOPERATIVE})
"""Codes 92… and 93…: listed, but the drive founds nothing there unless it says so (docs/domain.md 1, [D])."""


def apply(command: ApplyForUnion, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Unionized():
            raise Refused("union_exists", approved_on=state.approval.approved_on)
        case Applied() if command.applied_on == state.application.applied_on:
            return []  # asked twice: nothing new happened
        case Applied():
            raise Refused("applied_already", "applied_on", applied_on=state.application.applied_on)
        case _ if _is_outside(state.entry):
            raise Refused("outside_the_drive", "enterprise", enterprise=command.enterprise)
        case Listed() | Surveyed() | Reluctant():
            raise Refused("not_willing")
        case Willing():
            return _apply(command, state.said, moment)


def approve(command: ApproveUnion, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Listed() | Surveyed() | Reluctant() | Willing():
            raise Refused("application_needed")  # approval is never skipped, and neither is what it approves
        case Applied():
            return _approve(command, state, moment)
        case Unionized() if _approval(command, state.entry.union) == state.approval:
            return []
        case Unionized():
            raise Refused("union_exists", approved_on=state.approval.approved_on)


def _apply(command: ApplyForUnion, said: WillStated, moment: Moment) -> Sequence[EnterpriseEvent]:
    if command.applied_on < said.stated_on:
        raise Refused("applied_before_will", "applied_on", stated_on=said.stated_on)
    must_have_happened(command.applied_on, "applied_on", moment)
    return [FoundingApplied(enterprise=command.enterprise, applied_on=command.applied_on)]


def _approve(command: ApproveUnion, state: Applied, moment: Moment) -> Sequence[EnterpriseEvent]:
    if command.members >= COMMITTEE_FROM and not command.own_committee:
        raise Invalid("committee_required", "own_committee", members=command.members, committee_from=COMMITTEE_FROM)
    if command.approved_on < state.application.applied_on:
        raise Refused("approved_before_application", "approved_on", applied_on=state.application.applied_on)
    must_have_happened(command.approved_on, "approved_on", moment)
    return [_approval(command, state.entry.union)]


def _approval(command: ApproveUnion, union: str) -> EnterpriseUnionized:
    """The new union will hang below the one that looks after the enterprise: that is its union next up."""
    return EnterpriseUnionized(
        enterprise=command.enterprise,
        form=UnionForm.OWN,
        members=command.members,
        own_committee=command.own_committee,
        approved_on=command.approved_on,
        approved_by=union,
        document=command.document,
    )


def _is_outside(entry: Entry) -> bool:
    return entry.ownership is Ownership.STATE or owner_kind(entry.enterprise) in OUTSIDE
