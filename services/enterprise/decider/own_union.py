"""The life of an enterprise's own union: its states, each made of the facts that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from contracts.enterprise import (
    ChairElected,
    ChairVacated,
    MembersReported,
    ReturnVisitHeld,
    ReturnVisitMissed,
    ShellFlagged,
    ShellRectified,
    TermOverrun,
    TermRenewed,
    UnionEnded,
    UnionEstablished,
    UnionEvent,
)
from eventing.decision import StreamKind
from eventing.refusal import NotFound, Refused
from services.enterprise.commands import EnterpriseCommand
from services.enterprise.decider.enterprise import Enterprise, Unionized


@dataclass(frozen=True, slots=True)
class NotEstablished:
    """None has been approved there."""


@dataclass(frozen=True, slots=True)
class Established:
    """It exists."""

    begun: UnionEstablished
    renewed: TermRenewed | None = None
    overrun: TermOverrun | None = None
    """Since its last election."""
    chair: ChairVacated | ChairElected | None = None
    """What was last known of the chair; None: the one of the founding."""
    visited: ReturnVisitHeld | None = None
    missed: ReturnVisitMissed | None = None
    shell: ShellFlagged | ShellRectified | None = None
    members: Mapping[str, MembersReported] = field(default_factory=dict)
    """By month, as reported last."""

    @property
    def term_ends_on(self) -> date | None:
        return self.renewed.term_ends_on if self.renewed else self.begun.term_ends_on


@dataclass(frozen=True, slots=True)
class Ended:
    """It exists no more."""

    ended: UnionEnded


OwnUnion = NotEstablished | Established | Ended


def evolve(state: OwnUnion, event: UnionEvent) -> OwnUnion:
    match state, event:
        case NotEstablished() | Ended(), UnionEstablished():
            return Established(event)
        case Established(), TermRenewed():
            return replace(state, renewed=event, overrun=None)
        case Established(), TermOverrun():
            return replace(state, overrun=event)
        case Established(), ChairVacated() | ChairElected():
            return replace(state, chair=event)
        case Established(), ReturnVisitHeld():
            return replace(state, visited=event)
        case Established(), ReturnVisitMissed():
            return replace(state, missed=event)
        case Established(), ShellFlagged() | ShellRectified():
            return replace(state, shell=event)
        case Established(), MembersReported():
            return replace(state, members={**state.members, event.month: event})
        case Established(), UnionEnded():
            return Ended(event)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


OWN_UNION: StreamKind[OwnUnion] = StreamKind("union", NotEstablished(), evolve)


def existing(command: EnterpriseCommand, state: OwnUnion) -> Established:
    """Raises `NotFound` where there is none, `Refused` where there is none any more."""
    match state:
        case NotEstablished():
            raise NotFound("no_own_union", "enterprise", enterprise=command.enterprise)
        case Ended(ended):
            raise Refused("union_ended", ended_on=ended.ended_on)
        case Established():
            return state


def still_has(enterprise: Enterprise, approved_on: date) -> bool:
    """Whether the enterprise has the very union that was approved on that day."""
    return isinstance(enterprise, Unionized) and enterprise.approval.approved_on == approved_on
