"""The life of an enterprise on the drive's list: its states, each made of the facts that led to it."""

from dataclasses import dataclass, replace
from datetime import date

from contracts.enterprise import (
    EnterpriseEvent,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    FoundingApplied,
    FoundingMeetingHeld,
    PreparatoryGroupFormed,
    SetUpApproved,
    UnionDissolved,
    VisitHeld,
    VisitOverdue,
    VisitOverdueWithdrawn,
    Will,
    WillStated,
)
from eventing.decision import StreamKind
from eventing.refusal import NotFound
from services.enterprise.commands import EnterpriseCommand


@dataclass(frozen=True, slots=True)
class Awaited:
    """The visit was promised on `stated_on` and is due by `due_on`."""

    stated_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Overdue:
    """Nobody has come, as far as is known."""

    stated_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Held:
    """The deep talk has been held."""

    held_on: date


Visit = Awaited | Overdue | Held


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not on the list."""


@dataclass(frozen=True, slots=True)
class Listed:
    """On the list, its workers not counted yet."""

    entry: EnterpriseRegistered


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Counted, not asked yet."""

    entry: EnterpriseRegistered
    survey: EnterpriseSurveyed


@dataclass(frozen=True, slots=True)
class Dissolved(Surveyed):
    """Its own union was dissolved; it may be asked again."""

    dissolution: UnionDissolved


@dataclass(frozen=True, slots=True)
class Reluctant:
    """Hesitant or refusing; `visit` is the one of the time when it was willing."""

    entry: EnterpriseRegistered
    survey: EnterpriseSurveyed
    said: WillStated
    visit: Visit | None


@dataclass(frozen=True, slots=True)
class Willing:
    """Wants a union."""

    entry: EnterpriseRegistered
    survey: EnterpriseSurveyed
    said: WillStated
    visit: Visit


@dataclass(frozen=True, slots=True)
class Preparing(Willing):
    """Wants a union, and has a preparatory group."""

    group: PreparatoryGroupFormed


@dataclass(frozen=True, slots=True)
class Applied:
    """It has applied; without a preparatory group that is known only in the simplified way."""

    entry: EnterpriseRegistered
    survey: EnterpriseSurveyed
    visit: Visit
    application: FoundingApplied
    group: PreparatoryGroupFormed | None


@dataclass(frozen=True, slots=True)
class SetUp(Applied):
    """The union next up has agreed to the setting-up."""

    consent: SetUpApproved


@dataclass(frozen=True, slots=True)
class Met(SetUp):
    """The members' meeting has elected."""

    meeting: FoundingMeetingHeld


@dataclass(frozen=True, slots=True)
class Unionized:
    """Has its own union; in the simplified way nothing is known of a meeting."""

    entry: EnterpriseRegistered
    survey: EnterpriseSurveyed
    visit: Visit
    approval: EnterpriseUnionized
    meeting: FoundingMeetingHeld | None


# A state that adds a fact to another is a kind of it: whoever matches the other one's class goes on beside.
Enterprise = (
    Unknown | Listed | Surveyed | Dissolved | Reluctant | Willing | Preparing | Applied | SetUp | Met | Unionized
)


def evolve(state: Enterprise, event: EnterpriseEvent) -> Enterprise:
    match state, event:
        case Unknown(), EnterpriseRegistered():
            return Listed(event)
        case Listed(entry), EnterpriseSurveyed():
            return Surveyed(entry, event)
        case Surveyed() | Reluctant() | Willing() | Applied() | Unionized(), EnterpriseSurveyed():
            return replace(state, survey=event)
        case Surveyed() | Reluctant(), WillStated(will=Will.WILLING, visit_due_on=date() as due_on):
            return Willing(state.entry, state.survey, event, Awaited(event.stated_on, due_on))
        case Surveyed(), WillStated(will=Will.HESITANT | Will.REFUSING):
            return Reluctant(state.entry, state.survey, event, None)
        case Reluctant() | Willing(), WillStated(will=Will.HESITANT | Will.REFUSING):
            return Reluctant(state.entry, state.survey, event, state.visit)
        case Reluctant() | Willing() | Applied() | Unionized(), VisitHeld(held_on=held_on):
            return replace(state, visit=Held(held_on))
        case Willing(visit=Awaited(since)) | Applied(visit=Awaited(since)), VisitOverdue(due_on=due_on):
            return replace(state, visit=Overdue(since, due_on))
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
        case SetUp(entry, survey, visit, application, group, consent), FoundingMeetingHeld() if not isinstance(
            state, Met
        ):
            return Met(entry, survey, visit, application, group, consent, event)
        case Met(), EnterpriseUnionized():
            return Unionized(state.entry, state.survey, state.visit, event, state.meeting)
        case Applied(), EnterpriseUnionized():
            return Unionized(state.entry, state.survey, state.visit, event, None)
        case Unionized(entry, survey), UnionDissolved():
            return Dissolved(entry, survey, event)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


ENTERPRISE: StreamKind[Enterprise] = StreamKind("enterprise", Unknown(), evolve)


def responsible(_: EnterpriseCommand, state: Enterprise) -> str | None:
    """The union that the matter belongs to."""
    return None if isinstance(state, Unknown) else state.entry.union


def unknown(command: EnterpriseCommand) -> NotFound:
    return NotFound("enterprise_unknown", "enterprise", enterprise=command.enterprise)
