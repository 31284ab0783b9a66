"""May an enterprise found its union, and who approves it? (集中建会)"""

from collections.abc import Sequence

from contracts.creditcode import OwnerKind, owner_kind
from contracts.enterprise import (
    EnterpriseEvent,
    EnterpriseUnionized,
    FoundingApplied,
    FoundingMeetingHeld,
    Ownership,
    UnionForm,
)
from eventing.dates import must_have_happened, years_after
from eventing.moment import Moment
from eventing.refusal import Invalid, Refused
from services.enterprise import rules
from services.enterprise.commands import ApplyForUnion, ApproveUnion
from services.enterprise.decider.enterprise import (
    Applied,
    Enterprise,
    Gone,
    Listed,
    Met,
    Preparing,
    Reluctant,
    SetUp,
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
        case Applied(application=known) if (command.applied_on, command.simplified) == (
            known.applied_on,
            known.simplified,
        ):
            return []  # asked twice: nothing new happened
        case Applied():
            raise Refused("applied_already", "applied_on", applied_on=state.application.applied_on)
        case _ if is_outside(state.entry):
            raise Refused("outside_the_drive", "enterprise", enterprise=command.enterprise)
        case Listed() | Surveyed() | Reluctant():
            raise Refused("not_willing")
        case Willing():
            return _apply(command, state, moment)


def approve(command: ApproveUnion, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Listed() | Surveyed() | Reluctant() | Willing():
            raise Refused("application_needed")  # approval is never skipped, and neither is what it approves
        case Met():
            _must_be_the_result_of(state.meeting, command)
            return _approve(command, state, state.meeting, moment)
        case SetUp():
            raise Refused("meeting_needed")
        case Applied(application=application) if not application.simplified:
            raise Refused("set_up_needed")
        case Applied():
            return _approve(command, state, None, moment)
        case Unionized(approval=approval) if _approval(command, approval.approved_by, state.meeting) == approval:
            return []
        case Unionized():
            raise Refused("union_exists", approved_on=state.approval.approved_on)


def must_have_a_committee(members: int, has_one: bool, field: str) -> None:
    """Raises `Invalid`."""
    if members >= COMMITTEE_FROM and not has_one:
        raise Invalid("committee_required", field, members=members, committee_from=COMMITTEE_FROM)


def is_outside(entry: Entry) -> bool:
    """Whether the drive founds no union there."""
    return entry.ownership is Ownership.STATE or owner_kind(entry.enterprise) in OUTSIDE


def _apply(command: ApplyForUnion, state: Willing, moment: Moment) -> Sequence[EnterpriseEvent]:
    if command.applied_on < state.said.stated_on:
        raise Refused("applied_before_will", "applied_on", stated_on=state.said.stated_on)
    if isinstance(state, Preparing) and command.applied_on < state.group.formed_on:
        raise Refused("applied_before_group", "applied_on", formed_on=state.group.formed_on)
    must_have_happened(command.applied_on, "applied_on", moment)
    held = rules.on(command.applied_on)
    if command.simplified and not held.simplified:
        raise Refused("simplified_not_allowed", "simplified", applied_on=command.applied_on)
    if not command.simplified and not isinstance(state, Preparing):
        raise Refused("preparatory_group_needed", "simplified")
    due = moment.calendar.due(command.applied_on, held.simplified_within).on if command.simplified else None
    return [
        FoundingApplied(
            enterprise=command.enterprise,
            applied_on=command.applied_on,
            simplified=command.simplified,
            approval_due_on=due,
        )
    ]


def _must_be_the_result_of(meeting: FoundingMeetingHeld, command: ApproveUnion) -> None:
    if command.members != meeting.members:
        raise Refused("members_contradict_meeting", "members", members=meeting.members, held_on=meeting.held_on)
    if command.own_committee != (meeting.committee > 0):
        raise Refused(
            "committee_contradicts_meeting", "own_committee", seats=meeting.committee, held_on=meeting.held_on
        )
    if command.term_years not in (None, meeting.term_years):
        raise Refused("term_contradicts_meeting", "term_years", years=meeting.term_years, held_on=meeting.held_on)
    if command.approved_on < meeting.held_on:
        raise Refused("approved_before_meeting", "approved_on", held_on=meeting.held_on)


def _approve(
    command: ApproveUnion, state: Applied, meeting: FoundingMeetingHeld | None, moment: Moment
) -> Sequence[EnterpriseEvent]:
    must_have_a_committee(command.members, command.own_committee, "own_committee")
    if command.approved_on < state.application.applied_on:
        raise Refused("approved_before_application", "approved_on", applied_on=state.application.applied_on)
    must_have_happened(command.approved_on, "approved_on", moment)
    return [_approval(command, state.entry.union, meeting)]


def _approval(command: ApproveUnion, union: str, meeting: FoundingMeetingHeld | None) -> EnterpriseUnionized:
    """The new union will hang below the one that looks after the enterprise: that is its union next up."""
    elected_on, years = (meeting.held_on, meeting.term_years) if meeting else (command.approved_on, command.term_years)
    return EnterpriseUnionized(
        enterprise=command.enterprise,
        form=UnionForm.OWN,
        members=command.members,
        own_committee=command.own_committee,
        approved_on=command.approved_on,
        approved_by=union,
        document=command.document,
        term_ends_on=years_after(elected_on, years) if years else None,
    )
