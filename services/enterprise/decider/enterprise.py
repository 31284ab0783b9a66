"""The life of an enterprise on the drive's list: its states, each made of the facts that led to it."""

from dataclasses import dataclass, replace
from datetime import date

from contracts.enterprise import (
    EnterpriseEvent,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    FoundingApplied,
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
from eventing.refusal import NotFound
from services.enterprise.commands import EnterpriseCommand
from services.enterprise.decider import visit_clock
from services.enterprise.decider.visit_clock import Awaited, Held, Visit


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
class Applied:
    """Its preparatory group has applied."""

    entry: EnterpriseRegistered
    survey: EnterpriseSurveyed
    visit: Visit
    application: FoundingApplied


@dataclass(frozen=True, slots=True)
class Unionized:
    """Has its own union."""

    entry: EnterpriseRegistered
    survey: EnterpriseSurveyed
    visit: Visit
    approval: EnterpriseUnionized


Enterprise = Unknown | Listed | Surveyed | Reluctant | Willing | Applied | Unionized


def evolve(state: Enterprise, event: EnterpriseEvent) -> Enterprise:
    match state, event:
        case Unknown(), EnterpriseRegistered():
            return Listed(event)
        case Listed(entry), EnterpriseSurveyed():
            return Surveyed(entry, event)
        case Surveyed() | Reluctant() | Willing() | Applied() | Unionized(), EnterpriseSurveyed():
            return replace(state, survey=event)
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
        case Willing(), FoundingApplied():
            return Applied(state.entry, state.survey, state.visit, event)
        case Applied(), EnterpriseUnionized():
            return Unionized(state.entry, state.survey, state.visit, event)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


ENTERPRISE: StreamKind[Enterprise] = StreamKind("enterprise", Unknown(), evolve)


def responsible(_: EnterpriseCommand, state: Enterprise) -> str | None:
    """The union that the matter belongs to."""
    return None if isinstance(state, Unknown) else state.entry.union


def unknown(command: EnterpriseCommand) -> NotFound:
    return NotFound("enterprise_unknown", "enterprise", enterprise=command.enterprise)
