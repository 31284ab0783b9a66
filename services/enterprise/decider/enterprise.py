"""The life of an enterprise on the drive's list: its states, each made of the facts that led to it."""

from dataclasses import dataclass, replace
from datetime import date

from contracts.enterprise import (
    EnterpriseClosed,
    EnterpriseDescribed,
    EnterpriseEvent,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    FoundingApplied,
    FoundingMeetingHeld,
    MembersJoined,
    NameAdjudicated,
    PreparatoryGroupFormed,
    SetUpApproved,
    UnionDissolved,
    VisitClockPaused,
    VisitClockResumed,
    VisitDueMoved,
    VisitHeld,
    VisitOverdue,
    VisitOverdueEscalated,
    VisitOverdueWithdrawn,
    Will,
    WillStated,
)
from eventing.decision import StreamKind
from eventing.refusal import NotFound, Refused
from services.enterprise.commands import EnterpriseCommand
from services.enterprise.decider import visit_clock
from services.enterprise.decider.entry import Counts, Entry
from services.enterprise.decider.visit_clock import Awaited, Held, Visit
from services.enterprise.ends import End, EndEvent, end_of


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not on the list."""


@dataclass(frozen=True, slots=True)
class Listed:
    """On the list, its workers not counted yet."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Counted, not asked yet."""

    entry: Entry
    survey: Counts


@dataclass(frozen=True, slots=True)
class Dissolved(Surveyed):
    """Its own union was dissolved; it may be asked again."""

    dissolution: UnionDissolved


@dataclass(frozen=True, slots=True)
class Reluctant:
    """Hesitant or refusing; `visit` is the one of the time when it was willing."""

    entry: Entry
    survey: Counts
    said: WillStated
    visit: Visit | None


@dataclass(frozen=True, slots=True)
class Willing:
    """Wants a union."""

    entry: Entry
    survey: Counts
    said: WillStated
    visit: Visit


@dataclass(frozen=True, slots=True)
class Preparing(Willing):
    """Wants a union, and has a preparatory group."""

    group: PreparatoryGroupFormed


@dataclass(frozen=True, slots=True)
class Applied:
    """It has applied; without a preparatory group that is known only in the simplified way."""

    entry: Entry
    survey: Counts
    visit: Visit
    application: FoundingApplied
    group: PreparatoryGroupFormed | None


@dataclass(frozen=True, slots=True)
class SetUp(Applied):
    """The union next up has agreed to the setting-up."""

    consent: SetUpApproved


@dataclass(frozen=True, slots=True)
class Joined(SetUp):
    """Members have joined; the latest entry holds."""

    joined: MembersJoined


@dataclass(frozen=True, slots=True)
class Met(SetUp):
    """The members' meeting has elected; in logs of before, nothing was entered of who joined."""

    meeting: FoundingMeetingHeld
    joined: MembersJoined | None


@dataclass(frozen=True, slots=True)
class Unionized:
    """Has its own union; in the simplified way nothing is known of a meeting."""

    entry: Entry
    survey: Counts
    visit: Visit
    approval: EnterpriseUnionized
    meeting: FoundingMeetingHeld | None


@dataclass(frozen=True, slots=True)
class Gone:
    """Closed, merged or in another province: only what was counted before may still be entered."""

    entry: Entry
    survey: Counts | None
    end: EndEvent

    @property
    def how(self) -> End:
        return end_of(self.end)[0]

    @property
    def ended_on(self) -> date:
        return end_of(self.end)[1]


# A state that adds a fact to another is a kind of it: whoever matches the other one's class goes on beside.
Enterprise = (
    Unknown
    | Listed
    | Surveyed
    | Dissolved
    | Reluctant
    | Willing
    | Preparing
    | Applied
    | SetUp
    | Joined
    | Met
    | Unionized
    | Gone
)


def evolve(state: Enterprise, event: EnterpriseEvent) -> Enterprise:
    match event:
        case EnterpriseSurveyed():
            return _counted(state, event)
        case EnterpriseDescribed() | EnterpriseMoved() | NameAdjudicated():
            return _entered(state, event)
        case EnterpriseClosed() | EnterpriseMerged() | EnterpriseLeft():
            return _ended(state, event)
        case _:
            return _went_on(state, event)


def _counted(state: Enterprise, event: EnterpriseSurveyed) -> Enterprise:
    match state:
        case Unknown():
            raise _cannot_follow(state, event)
        case Listed(entry):
            return Surveyed(entry, Counts().after(event))
        case Gone():
            return replace(state, survey=(state.survey or Counts()).after(event))
        case _:
            return replace(state, survey=state.survey.after(event))


def _entered(state: Enterprise, event: EnterpriseDescribed | EnterpriseMoved | NameAdjudicated) -> Enterprise:
    if isinstance(state, Unknown | Gone):
        raise _cannot_follow(state, event)
    return replace(state, entry=state.entry.after(event))


def _ended(state: Enterprise, event: EndEvent) -> Enterprise:
    match state:
        case Unknown() | Gone():
            raise _cannot_follow(state, event)
        case Listed(entry):
            return Gone(entry, None, event)
        case _:
            return Gone(state.entry, state.survey, event)


def _went_on(state: Enterprise, event: EnterpriseEvent) -> Enterprise:
    match state, event:
        case Unknown(), EnterpriseRegistered():
            return Listed(Entry.of(event))
        case Surveyed() | Reluctant(), WillStated(will=Will.WILLING, visit_due_on=date() as due_on):
            visit = Awaited(event.stated_on, due_on, event.stated_on, event.provisional)
            return Willing(state.entry, state.survey, event, visit)
        case Surveyed(), WillStated(will=Will.HESITANT | Will.REFUSING):
            return Reluctant(state.entry, state.survey, event, None)
        case Reluctant() | Willing(), WillStated(will=Will.HESITANT | Will.REFUSING):
            return Reluctant(state.entry, state.survey, event, state.visit)
        case Reluctant() | Willing() | Applied() | Unionized(), VisitHeld(held_on=held_on):
            return replace(state, visit=Held(held_on))
        case (
            Willing() | Applied(),
            VisitDueMoved() | VisitOverdue() | VisitOverdueEscalated() | VisitClockPaused() | VisitClockResumed(),
        ):
            return replace(state, visit=visit_clock.evolve(state.visit, event))
        case Reluctant() | Willing() | Applied() | Unionized(), VisitOverdueWithdrawn():
            return state  # VisitHeld before it has settled the matter; this one is for those who were told
        case Preparing(), FoundingApplied():
            return Applied(state.entry, state.survey, state.visit, event, state.group)
        case Willing(), FoundingApplied():
            return Applied(state.entry, state.survey, state.visit, event, None)
        case Willing(entry, survey, said, visit), PreparatoryGroupFormed() if not isinstance(state, Preparing):
            return Preparing(entry, survey, said, visit, event)
        case Applied(entry, survey, visit, application, group), SetUpApproved() if not isinstance(state, SetUp):
            return SetUp(entry, survey, visit, application, group, event)
        case SetUp(entry, survey, visit, application, group, consent), MembersJoined() if not isinstance(state, Met):
            return Joined(entry, survey, visit, application, group, consent, event)
        case SetUp(entry, survey, visit, application, group, consent), FoundingMeetingHeld() if not isinstance(
            state, Met
        ):
            joined = state.joined if isinstance(state, Joined) else None
            return Met(entry, survey, visit, application, group, consent, event, joined)
        case Met(), EnterpriseUnionized():
            return Unionized(state.entry, state.survey, state.visit, event, state.meeting)
        case Applied(), EnterpriseUnionized():
            return Unionized(state.entry, state.survey, state.visit, event, None)
        case Unionized(entry, survey), UnionDissolved():
            return Dissolved(entry, survey, event)
        case _:
            raise _cannot_follow(state, event)


def _cannot_follow(state: Enterprise, event: EnterpriseEvent) -> ValueError:
    return ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


ENTERPRISE: StreamKind[Enterprise] = StreamKind("enterprise", Unknown(), evolve)


def responsible(_: EnterpriseCommand, state: Enterprise) -> str | None:
    """The union that the matter belongs to."""
    return None if isinstance(state, Unknown) else state.entry.union


def unknown(command: EnterpriseCommand) -> NotFound:
    return NotFound("enterprise_unknown", "enterprise", enterprise=command.enterprise)


def gone(state: Gone) -> Refused:
    return Refused(
        "enterprise_gone", "enterprise", enterprise=state.entry.enterprise, end=state.how, ended_on=state.ended_on
    )
