"""The full way from the will to the result: preparatory group, approval to set up, members who join, meeting."""

from collections.abc import Sequence

from contracts.enterprise import (
    EnterpriseEvent,
    FoundingMeetingHeld,
    MembersJoined,
    PreparatoryGroupFormed,
    SetUpApproved,
)
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise.commands import ApproveSetUp, FormPreparatoryGroup, HoldFoundingMeeting, JoinMembers
from services.enterprise.decider.eligibility import must_be_eligible
from services.enterprise.decider.enterprise import (
    Applied,
    Enterprise,
    Gone,
    Joined,
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
from services.enterprise.decider.founding import is_outside, must_have_a_committee
from services.enterprise.decider.members import must_be_among_all


def form_group(command: FormPreparatoryGroup, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    group = PreparatoryGroupFormed(enterprise=command.enterprise, formed_on=command.formed_on)
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Unionized():
            raise Refused("union_exists", approved_on=state.approval.approved_on)
        case Preparing(group=known) | Applied(group=PreparatoryGroupFormed() as known) if known == group:
            return []
        case Preparing(group=known) | Applied(group=PreparatoryGroupFormed() as known):
            raise Refused("group_formed_already", "formed_on", formed_on=known.formed_on)
        case Applied():
            raise Refused("simplified_applied", applied_on=state.application.applied_on)
        case _ if is_outside(state.entry):
            raise Refused("outside_the_drive", "enterprise", enterprise=command.enterprise)
        case Listed() | Surveyed() | Reluctant():
            raise Refused("not_willing")
        case Willing():
            if group.formed_on < state.said.stated_on:
                raise Refused("group_before_will", "formed_on", stated_on=state.said.stated_on)
            must_have_happened(group.formed_on, "formed_on", moment)
            return [group]


def approve_set_up(command: ApproveSetUp, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    consent = SetUpApproved(enterprise=command.enterprise, approved_on=command.approved_on, document=command.document)
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Unionized():
            raise Refused("union_exists", approved_on=state.approval.approved_on)
        case Listed() | Surveyed() | Reluctant() | Willing():
            raise Refused("application_needed")
        case SetUp(consent=known) if known == consent:
            return []
        case SetUp(consent=known):
            raise Refused("set_up_already", "approved_on", approved_on=known.approved_on)
        case Applied(application=application) if application.simplified:
            raise Refused("simplified_applied", applied_on=application.applied_on)
        case Applied(application=application):
            if consent.approved_on < application.applied_on:
                raise Refused("approved_before_application", "approved_on", applied_on=application.applied_on)
            must_have_happened(consent.approved_on, "approved_on", moment)
            return [consent]


def join(command: JoinMembers, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Unionized():
            raise Refused("union_exists", approved_on=state.approval.approved_on)
        case Listed() | Surveyed() | Reluctant() | Willing():
            raise Refused("application_needed")
        case Joined(joined=known) | Met(joined=known) if known == MembersJoined(**command.model_dump()):
            return []
        case Met(meeting=meeting):
            raise Refused("meeting_held_already", "joined_on", held_on=meeting.held_on)
        case SetUp():
            return _join(command, state, moment)
        case Applied(application=application) if application.simplified:
            raise Refused("simplified_applied", applied_on=application.applied_on)
        case Applied():
            raise Refused("set_up_needed")


def hold(command: HoldFoundingMeeting, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Unionized():
            raise Refused("union_exists", approved_on=state.approval.approved_on)
        case Listed() | Surveyed() | Reluctant() | Willing():
            raise Refused("application_needed")
        case Met(meeting=known) if known == _meeting(command):
            return []
        case Met(meeting=known):
            raise Refused("meeting_held_already", "held_on", held_on=known.held_on)
        case Joined():
            return _hold(command, state.joined, moment)
        case SetUp():
            raise Refused("members_needed")
        case Applied(application=application) if application.simplified:
            raise Refused("simplified_applied", applied_on=application.applied_on)
        case Applied():
            raise Refused("set_up_needed")


def _join(command: JoinMembers, state: SetUp, moment: Moment) -> Sequence[EnterpriseEvent]:
    must_be_among_all(command)
    if command.joined_on < state.consent.approved_on:
        raise Refused("joined_before_set_up", "joined_on", approved_on=state.consent.approved_on)
    if isinstance(state, Joined) and command.joined_on < state.joined.joined_on:
        raise Refused("joined_later_already", "joined_on", joined_on=state.joined.joined_on)
    must_have_happened(command.joined_on, "joined_on", moment)
    return [MembersJoined(**command.model_dump())]


def _hold(command: HoldFoundingMeeting, joined: MembersJoined, moment: Moment) -> Sequence[EnterpriseEvent]:
    must_be_eligible(command.chair_post, "chair_post")
    must_have_a_committee(command.members, command.committee > 0, "committee")
    if command.held_on < joined.joined_on:
        raise Refused("meeting_before_members", "held_on", joined_on=joined.joined_on)
    if command.members != joined.members:
        raise Refused("members_contradict_joined", "members", members=joined.members, joined_on=joined.joined_on)
    must_have_happened(command.held_on, "held_on", moment)
    return [_meeting(command)]


def _meeting(command: HoldFoundingMeeting) -> FoundingMeetingHeld:
    """The chair's post stays outside: an event about one holder of a role would be about a person."""
    return FoundingMeetingHeld(
        enterprise=command.enterprise,
        held_on=command.held_on,
        members=command.members,
        committee=command.committee,
        audit=command.audit,
        women=command.women,
        term_years=command.term_years,
    )
